using System.Globalization;

namespace SpikeStats.Models.Bases;

/// <summary>B-splines on clamped, evenly spaced knots.</summary>
/// <remarks>
/// Order m is degree m - 1; the knots are 0 and 1, each m times, with n - m evenly spaced ones between. The functions are not negative
/// and add up to 1 at every x of [0, 1], the end x = 1 included, where the last function is 1. Drop a function, or centre them, when the
/// model has an intercept.
/// <para><b>Accuracy:</b> 10^-12 against an independent evaluation. <b>Cost:</b> O(m²) a lag. <b>Source:</b> de Boor, "A practical guide to
/// splines", 1978, chapter X (recurrence of the non-zero functions).</para>
/// </remarks>
public sealed class BSplineBasis : UnitIntervalBasis
{
    internal const int CubicOrder = 4;

    /// <summary>Creates the basis.</summary>
    /// <param name="functionCount">Number of functions n; at least <paramref name="order"/>.</param>
    /// <param name="window">Length of the window, in seconds; positive.</param>
    /// <param name="order">Order m; 4 is cubic, 1 piecewise constant.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public BSplineBasis(int functionCount, double window, int order = CubicOrder)
        : base(functionCount, window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(functionCount, order);
        Order = order;
    }

    /// <summary>The order m; the degree is one less.</summary>
    public int Order { get; }

    /// <inheritdoc/>
    public override string Description => string.Create(CultureInfo.InvariantCulture, $"bspline:n={FunctionCount},order={Order},window={Window}s");

    private int IntervalCount => FunctionCount - Order + 1;

    private protected override void EvaluateWithin(double x, Span<double> values)
    {
        values.Clear();
        // x = 1 belongs to the last interval, although intervals are half open elsewhere.
        int interval = Math.Min((int)(x * IntervalCount), IntervalCount - 1);
        int span = interval + Order - 1;
        Span<double> nonZero = values.Slice(interval, Order);
        nonZero[0] = 1;
        for (int degree = 1; degree < Order; degree++)
        {
            double carried = 0;
            for (int i = 0; i < degree; i++)
            {
                double right = Knot(span + i + 1), left = Knot(span + i + 1 - degree);
                double share = nonZero[i] / (right - left);
                nonZero[i] = carried + ((right - x) * share);
                carried = (x - left) * share;
            }

            nonZero[degree] = carried;
        }
    }

    private protected override IEnumerable<double> Kinks() => Enumerable.Range(1, IntervalCount).Select(i => i / (double)IntervalCount);

    internal double Knot(int index) => Math.Clamp((index - Order + 1) / (double)IntervalCount, 0, 1);
}
