namespace SpikeStats.Models.Bases;

/// <summary>A basis whose functions are defined at every lag, not only on bins, so that models in continuous time can use it.</summary>
/// <remarks>
/// The functions are zero before lag 0 and from <see cref="Support"/> on. On bins, <see cref="Basis.Sample"/> has conventions of its own: a window of R bins
/// begins with the first lag and ends with the last, so that a sampled function is the continuous one at x = i/(R - 1), shifted by up to a bin.
/// </remarks>
public abstract class ContinuousBasis : Basis
{
    private readonly Lazy<LagPanels> panels;

    private protected ContinuousBasis() => panels = new Lazy<LagPanels>(() => LagPanels.Of(this));

    /// <summary>The number of functions: the columns of the sampled basis.</summary>
    public abstract int ColumnCount { get; }

    /// <summary>The lag from which on all functions are zero, in seconds.</summary>
    public abstract double Support { get; }

    /// <summary>Whether no function is negative anywhere, so that weights that are not negative give a kernel that is not negative.</summary>
    public virtual bool IsNonNegative => true;

    /// <summary>Lags at which a function may have a kink or a jump, in seconds, ascending, from 0 to <see cref="Support"/>.</summary>
    internal abstract double[] Breakpoints();

    /// <summary>The integrals over stretches of lag on which all functions are smooth.</summary>
    internal LagPanels Panels => panels.Value;

    /// <summary>The functions at one lag.</summary>
    /// <param name="lag">Lag, in seconds.</param>
    /// <param name="values">Receives <see cref="ColumnCount"/> values, dimensionless; zeros outside [0, <see cref="Support"/>).</param>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    public void EvaluateAt(double lag, Span<double> values)
    {
        RequireColumns(values.Length);
        if (lag >= 0 && lag < Support) EvaluateInside(lag, values);
        else values.Clear();
    }

    /// <summary>The integrals of the functions from lag 0 to a lag.</summary>
    /// <remarks>
    /// Windows by their closed form. Other functions by their Chebyshev series of degree 15 between kinks, which is exact up to rounding for splines.
    /// <b>Accuracy:</b> 10^-13 of the largest integral, tested against closed forms and adaptive quadrature.
    /// </remarks>
    /// <param name="lag">Upper end, in seconds; beyond <see cref="Support"/> the integrals stay as they are.</param>
    /// <param name="values">Receives <see cref="ColumnCount"/> integrals, in seconds.</param>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    public void IntegrateTo(double lag, Span<double> values)
    {
        RequireColumns(values.Length);
        IntegrateInside(Math.Clamp(lag, 0, Support), values);
    }

    /// <summary>The integrals of the functions over all lags.</summary>
    /// <returns>Seconds; <see cref="ColumnCount"/> values.</returns>
    public double[] Integrals()
    {
        double[] integrals = new double[ColumnCount];
        IntegrateTo(Support, integrals);
        return integrals;
    }

    private protected abstract void EvaluateInside(double lag, Span<double> values);

    private protected virtual void IntegrateInside(double lag, Span<double> values) => Panels.IntegrateTo(lag, values);

    private void RequireColumns(int length)
    {
        if (length != ColumnCount) throw new ArgumentException($"{ColumnCount} basis functions need as many places, not {length}.", nameof(length));
    }
}
