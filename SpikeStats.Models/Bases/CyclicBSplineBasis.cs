using System.Globalization;

namespace SpikeStats.Models.Bases;

/// <summary>B-splines on a circle: evenly spaced knots, and what leaves at one end of the window enters at the other.</summary>
/// <remarks>
/// Function i is the cardinal spline of order m on the knots (i - m + 1)/n to (i + 1)/n, wrapped onto [0, 1). The functions add up to 1 everywhere and have
/// the same value at 0 and 1, with all derivatives below the order. For filters that repeat, such as those of an oscillation.
/// <para><b>Accuracy:</b> 10^-12 against an independent evaluation. <b>Cost:</b> O(m²) a lag. <b>Source:</b> de Boor, "A practical guide to splines",
/// 1978, chapter X.</para>
/// </remarks>
public sealed class CyclicBSplineBasis : UnitIntervalBasis
{
    /// <summary>Creates the basis.</summary>
    /// <param name="functionCount">Number of functions n; at least <paramref name="order"/>.</param>
    /// <param name="window">Length of the window, in seconds: one turn; positive.</param>
    /// <param name="order">Order m; 4 is cubic, 1 piecewise constant.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public CyclicBSplineBasis(int functionCount, double window, int order = BSplineBasis.CubicOrder)
        : base(functionCount, window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(functionCount, order);
        Order = order;
    }

    /// <summary>The order m; the degree is one less.</summary>
    public int Order { get; }

    /// <inheritdoc/>
    public override string Description => string.Create(CultureInfo.InvariantCulture, $"cyclic-bspline:n={FunctionCount},order={Order},window={Window}s");

    private protected override void EvaluateWithin(double x, Span<double> values)
    {
        // In units of the knots' spacing the recurrence of the non-zero functions has integer knots.
        double position = x == 1 ? 0 : x * FunctionCount;
        int cell = (int)position;
        double within = position - cell;
        Span<double> nonZero = stackalloc double[Order];
        nonZero[0] = 1;
        for (int degree = 1; degree < Order; degree++)
        {
            double carried = 0;
            for (int i = 0; i < degree; i++)
            {
                double share = nonZero[i] / degree;
                nonZero[i] = carried + ((i + 1 - within) * share);
                carried = (within + degree - i - 1) * share;
            }

            nonZero[degree] = carried;
        }

        values.Clear();
        for (int i = 0; i < Order; i++) values[(cell + i) % FunctionCount] = nonZero[i];
    }

    private protected override IEnumerable<double> Kinks() => Enumerable.Range(1, FunctionCount).Select(i => i / (double)FunctionCount);
}
