using System.Globalization;

namespace SpikeStats.Models.Bases;

/// <summary>M-splines: B-splines that are scaled to have the integral 1 over [0, 1].</summary>
/// <remarks>
/// M_i = m / (k_{i+m} - k_i) B_i for the splines and knots of <see cref="BSplineBasis"/> of order m; not negative.
/// <para><b>Accuracy:</b> 10^-12 against an independent evaluation. <b>Source:</b> Ramsay, Statistical Science 3:425 (1988).</para>
/// </remarks>
public sealed class MSplineBasis : UnitIntervalBasis
{
    private readonly BSplineBasis splines;

    /// <summary>Creates the basis.</summary>
    /// <param name="functionCount">Number of functions n; at least <paramref name="order"/>.</param>
    /// <param name="window">Length of the window, in seconds; positive.</param>
    /// <param name="order">Order m; 4 is cubic, 1 piecewise constant.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public MSplineBasis(int functionCount, double window, int order = BSplineBasis.CubicOrder)
        : base(functionCount, window) => splines = new BSplineBasis(functionCount, window, order);

    /// <summary>The order m; the degree is one less.</summary>
    public int Order => splines.Order;

    /// <inheritdoc/>
    public override string Description => string.Create(CultureInfo.InvariantCulture, $"mspline:n={FunctionCount},order={Order},window={Window}s");

    private protected override void EvaluateWithin(double x, Span<double> values)
    {
        splines.Evaluate(x, values);
        for (int i = 0; i < values.Length; i++) values[i] *= Order / (splines.Knot(i + Order) - splines.Knot(i));
    }

    private protected override IEnumerable<double> Kinks() => Enumerable.Range(Order, FunctionCount - Order + 1).Select(splines.Knot);
}
