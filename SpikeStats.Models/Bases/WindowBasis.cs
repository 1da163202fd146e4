using System.Globalization;

namespace SpikeStats.Models.Bases;

/// <summary>Boxcars: one function per window of lags, 1 inside and 0 outside.</summary>
/// <remarks>
/// Window i holds the lags l ≥ firstLag with e_i ≤ l·binWidth &lt; e_(i+1); an edge that means a whole number of bins is taken as that
/// number although its quotient is not (0.251 / 0.001 = 251). Rows run from the first lag to the last lag of the last window; a lag that
/// no window holds is a row of zeros. In continuous time window i holds e_i ≤ lag &lt; e_(i+1), where a lag within 10^-7 of the narrowest window before
/// an edge belongs to the window that begins there: differences of spike times on a clock are rounded.
/// </remarks>
public sealed class WindowBasis : ContinuousBasis
{
    // Rounding of the difference of two spike times after a week is 10^-10 s, the narrowest windows are milliseconds.
    private const double EdgeSlack = 1e-7;

    private readonly double[] edges;
    private readonly double slack;

    /// <summary>Creates the basis.</summary>
    /// <param name="edges">Edges of the windows, in seconds, ascending, not negative; one more than there are windows.</param>
    /// <exception cref="ArgumentException">There are fewer than two edges, or they do not ascend.</exception>
    public WindowBasis(params ReadOnlySpan<double> edges)
    {
        if (edges.Length < 2) throw new ArgumentException("Windows need at least two edges.", nameof(edges));
        for (int i = 0; i < edges.Length; i++)
        {
            if (!(edges[i] >= 0) || !double.IsFinite(edges[i]) || (i > 0 && edges[i] <= edges[i - 1]))
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Edge {i + 1} ({edges[i]} s) must be finite, not negative and after the one before it."), nameof(edges));
        }

        this.edges = edges.ToArray();
        slack = EdgeSlack * Enumerable.Range(1, this.edges.Length - 1).Min(i => this.edges[i] - this.edges[i - 1]);
    }

    /// <inheritdoc/>
    public override int ColumnCount => edges.Length - 1;

    /// <summary>The end of the last window, in seconds.</summary>
    public override double Support => edges[^1];

    /// <summary>The edges of the windows, in seconds, ascending.</summary>
    public ReadOnlySpan<double> Edges => edges;

    /// <inheritdoc/>
    public override string Description => "windows:" + string.Join(",", edges.Select(edge => string.Create(CultureInfo.InvariantCulture, $"{edge}s")));

    /// <summary>Samples the windows.</summary>
    /// <param name="binWidth">Width of a bin, in seconds; positive.</param>
    /// <param name="firstLag">Lag of the first row, in bins; earlier lags are cut off the windows.</param>
    /// <returns>One row per lag, one column per window.</returns>
    /// <exception cref="ArgumentException">A window holds no lag.</exception>
    public override LagMatrix Sample(double binWidth, int firstLag)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstLag);
        int columns = edges.Length - 1;
        int[] lags = Array.ConvertAll(edges, edge => Math.Max(firstLag, LagGrid.FirstLagFrom(edge, binWidth)));
        for (int i = 0; i < columns; i++)
        {
            if (lags[i] == lags[i + 1])
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Window {i + 1}, [{edges[i]} s, {edges[i + 1]} s), holds no lag from {firstLag} on at bins of {binWidth} s; widen it or use narrower bins."), nameof(binWidth));
        }

        double[] values = new double[(long)(lags[^1] - firstLag) * columns];
        for (int i = 0; i < columns; i++)
        {
            for (int lag = lags[i]; lag < lags[i + 1]; lag++) values[((lag - firstLag) * columns) + i] = 1;
        }

        return new LagMatrix(firstLag, columns, values);
    }

    internal override double[] Breakpoints() => edges[0] > 0 ? [0, .. edges] : [.. edges];

    private protected override void EvaluateInside(double lag, Span<double> values)
    {
        values.Clear();
        int place = Array.BinarySearch(edges, lag + slack);
        int window = place >= 0 ? place : ~place - 1;
        if (window >= 0 && window < values.Length) values[window] = 1;
    }

    private protected override void IntegrateInside(double lag, Span<double> values)
    {
        for (int i = 0; i < values.Length; i++) values[i] = Math.Clamp(lag, edges[i], edges[i + 1]) - edges[i];
    }
}
