using System.Globalization;

namespace SpikeStats.Models.Bases;

/// <summary>Boxcars: one function per window of lags, 1 inside and 0 outside.</summary>
/// <remarks>
/// Window i holds the lags l ≥ firstLag with e_i ≤ l·binWidth &lt; e_(i+1); an edge that means a whole number of bins is taken as that
/// number although its quotient is not (0.251 / 0.001 = 251). Rows run from the first lag to the last lag of the last window; a lag that
/// no window holds is a row of zeros.
/// </remarks>
public sealed class WindowBasis : Basis
{
    private readonly double[] edges;

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
    }

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
}
