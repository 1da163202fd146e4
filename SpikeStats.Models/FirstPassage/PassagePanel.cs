namespace SpikeStats.Models.FirstPassage;

/// <summary>Chebyshev polynomials for a logarithm and its derivatives between two times, split where they do not suffice.</summary>
internal sealed class PassagePanel
{
    private const int Nodes = 16;
    private const double Tolerance = 1e-10, RelativeTolerance = 1e-12;
    private const int MaxDepth = 12;

    // Halving shrinks the last coefficients of a smooth function far more than this; what does not shrink is rounding.
    private const int SmoothDepth = 2;
    private const double Shrinkage = 0.3;
    private static readonly double[,] cosines = Cosines();

    private readonly double from, to;
    private readonly double[]? coefficients;
    private readonly PassagePanel? lower, upper;

    /// <summary>Tabulates a function.</summary>
    /// <param name="function">The function of time.</param>
    /// <param name="from">Start, in time constants; positive.</param>
    /// <param name="to">End.</param>
    /// <param name="depth">How often the interval has been halved.</param>
    /// <param name="above">The last coefficients before the last halving.</param>
    public PassagePanel(PassageFunction function, double from, double to, int depth = 0, double above = double.PositiveInfinity)
    {
        (this.from, this.to) = (from, to);
        double[] table = new double[PassageLogarithm.Size * Nodes];
        double largest = 0;
        PassagePath? path = null;
        for (int k = 0; k < Nodes; k++)
        {
            PassageLogarithm value = function((0.5 * (from + to)) + (0.5 * (to - from) * cosines[1, k]), ref path);
            largest = Math.Max(largest, Math.Abs(value[0]));
            for (int q = 0; q < PassageLogarithm.Size; q++)
            {
                for (int j = 0; j < Nodes; j++) table[(q * Nodes) + j] += 2.0 / Nodes * value[q] * cosines[j, k];
            }
        }

        for (int q = 0; q < PassageLogarithm.Size; q++) table[q * Nodes] *= 0.5;
        double rest = Math.Abs(table[Nodes - 1]) + Math.Abs(table[Nodes - 2]);
        if (rest <= Math.Max(Tolerance, RelativeTolerance * largest) || depth == MaxDepth || (depth >= SmoothDepth && rest > Shrinkage * above))
        {
            coefficients = table;
            return;
        }

        double middle = 0.5 * (from + to);
        lower = new PassagePanel(function, from, middle, depth + 1, rest);
        upper = new PassagePanel(function, middle, to, depth + 1, rest);
    }

    /// <summary>Interpolates one of the quantities of <see cref="PassageLogarithm"/>.</summary>
    public double At(double time, int quantity)
    {
        if (coefficients is null) return (time < lower!.to ? lower : upper!).At(time, quantity);
        double x = ((time - from) - (to - time)) / (to - from), last = 0, sum = 0;
        for (int j = Nodes - 1; j > 0; j--) (sum, last) = ((2 * x * sum) - last + coefficients[(quantity * Nodes) + j], sum);
        return (x * sum) - last + coefficients[quantity * Nodes];
    }

    private static double[,] Cosines()
    {
        double[,] table = new double[Nodes, Nodes];
        for (int j = 0; j < Nodes; j++)
        {
            for (int k = 0; k < Nodes; k++) table[j, k] = Math.Cos(Math.PI * j * (k + 0.5) / Nodes);
        }

        return table;
    }
}
