namespace SpikeStats.Models.Bases;

/// <summary>A basis as Chebyshev series on stretches of lag (panels): integrals, masses and upper bounds of its functions.</summary>
/// <remarks>
/// A panel lies between two breakpoints and is halved until the last coefficients of all functions are below rounding. With f = c₀/2 + Σ c_m T_m the
/// antiderivative has the coefficients (c_(m-1) - c_(m+1)) / 2m, and |f| ≤ |c₀|/2 + Σ |c_m|.
/// <para><b>Source:</b> Clenshaw and Curtis, Numer Math 2:197 (1960).</para>
/// </remarks>
internal sealed class LagPanels
{
    private const int Points = 16;
    private const int MaxHalvings = 40;

    // Relative to the largest value of the basis: a few roundings of sixteen terms.
    private const double Tolerance = 4e-15;

    // Above the error of the series and of evaluating a function.
    private const double BoundMargin = 1 + 1e-12;

    private static readonly double[] nodes = [.. Enumerable.Range(0, Points).Select(k => Math.Cos(Math.PI * (k + 0.5) / Points))];

    private readonly int columns;
    private readonly List<double> edges = [0];

    // Panel by panel and function by function: Points + 1 coefficients of the antiderivative from the start of the panel.
    private readonly List<double> series = [];
    private readonly List<double> bounds = [];
    private readonly double[] before;

    private LagPanels(ContinuousBasis basis)
    {
        columns = basis.ColumnCount;
        double[] breakpoints = basis.Breakpoints();
        double scale = 0;
        for (int i = 1; i < breakpoints.Length; i++) scale = Math.Max(scale, Sample(basis, breakpoints[i - 1], breakpoints[i]).Max(Math.Abs));
        for (int i = 1; i < breakpoints.Length; i++)
        {
            if (breakpoints[i] > breakpoints[i - 1]) Add(basis, breakpoints[i - 1], breakpoints[i], scale, MaxHalvings);
        }

        before = new double[(Count + 1) * columns];
        for (int panel = 0; panel < Count; panel++)
        {
            for (int b = 0; b < columns; b++)
                before[((panel + 1) * columns) + b] = before[(panel * columns) + b] + Clenshaw(panel, b, 1);
        }
    }

    /// <summary>The number of panels.</summary>
    public int Count => edges.Count - 1;

    public static LagPanels Of(ContinuousBasis basis) => new(basis);

    /// <summary>The lag at which a panel starts, in seconds; that of <see cref="Count"/> is the end of the last.</summary>
    public double Edge(int panel) => edges[panel];

    /// <summary>The panel that holds a lag of [0, support).</summary>
    public int IndexOf(double lag)
    {
        int place = edges.BinarySearch(lag);
        return Math.Clamp(place >= 0 ? place : ~place - 1, 0, Count - 1);
    }

    /// <summary>An upper bound of |f| on a panel.</summary>
    public double Bound(int panel, int function) => bounds[(panel * columns) + function];

    /// <summary>∫ f over a panel, in seconds.</summary>
    public double Mass(int panel, int function) => before[((panel + 1) * columns) + function] - before[(panel * columns) + function];

    /// <summary>∫ f from 0 to a lag within the support.</summary>
    public void IntegrateTo(double lag, Span<double> values)
    {
        int panel = IndexOf(lag);
        double x = Math.Clamp(((2 * lag) - edges[panel] - edges[panel + 1]) / (edges[panel + 1] - edges[panel]), -1, 1);
        for (int b = 0; b < columns; b++)
            values[b] = before[(panel * columns) + b] + (Bound(panel, b) == 0 ? 0 : Clenshaw(panel, b, x));
    }

    private static double[] Sample(ContinuousBasis basis, double start, double end)
    {
        double[] samples = new double[Points * basis.ColumnCount];
        for (int k = 0; k < Points; k++)
        {
            double lag = (0.5 * (start + end)) + (0.5 * (end - start) * nodes[k]);
            basis.EvaluateAt(lag, samples.AsSpan(k * basis.ColumnCount, basis.ColumnCount));
        }

        return samples;
    }

    private void Add(ContinuousBasis basis, double start, double end, double scale, int halvingsLeft)
    {
        double[] samples = Sample(basis, start, end), coefficients = new double[columns * Points];
        bool isSmooth = true;
        for (int b = 0; b < columns; b++)
        {
            Span<double> own = coefficients.AsSpan(b * Points, Points);
            for (int m = 0; m < Points; m++)
            {
                for (int k = 0; k < Points; k++) own[m] += 2.0 / Points * samples[(k * columns) + b] * Math.Cos(m * Math.PI * (k + 0.5) / Points);
            }

            isSmooth &= Math.Abs(own[^1]) + Math.Abs(own[^2]) <= Tolerance * scale;
        }

        double middle = 0.5 * (start + end);
        if (!isSmooth && halvingsLeft > 0 && middle > start && middle < end)
        {
            Add(basis, start, middle, scale, halvingsLeft - 1);
            Add(basis, middle, end, scale, halvingsLeft - 1);
            return;
        }

        edges.Add(end);
        for (int b = 0; b < columns; b++) AddSeries(coefficients.AsSpan(b * Points, Points), 0.5 * (end - start));
    }

    private void AddSeries(ReadOnlySpan<double> coefficients, double halfWidth)
    {
        double bound = 0.5 * Math.Abs(coefficients[0]);
        foreach (double coefficient in coefficients[1..]) bound += Math.Abs(coefficient);
        bounds.Add(BoundMargin * bound);
        int first = series.Count;
        series.Add(0);
        double atStart = 0;
        for (int m = 1; m <= Points; m++)
        {
            double value = halfWidth * (coefficients[m - 1] - (m + 1 < Points ? coefficients[m + 1] : 0)) / (2 * m);
            series.Add(value);
            atStart += (m & 1) == 0 ? value : -value;
        }

        series[first] = -atStart;
    }

    private double Clenshaw(int panel, int function, double x)
    {
        int first = ((panel * columns) + function) * (Points + 1);
        double next = 0, afterNext = 0;
        for (int m = Points; m >= 1; m--) (next, afterNext) = (series[first + m] + (2 * x * next) - afterNext, next);
        return series[first] + (x * next) - afterNext;
    }
}
