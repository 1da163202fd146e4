using System.Globalization;

namespace SpikeStats.Statistics;

/// <summary>Equal half-open bins side by side on an axis: bin k is [Start + k·BinWidth, Start + (k + 1)·BinWidth).</summary>
public sealed class HistogramBins
{
    /// <summary>Slack of the division by the bin width, in bins; the same as that of <see cref="BinGrid"/>.</summary>
    internal const double Slack = 1e-9;

    /// <summary>Lays bins side by side.</summary>
    /// <param name="start">Left edge of the first bin, in the unit of the axis; finite.</param>
    /// <param name="binWidth">Width of a bin, in the unit of the axis; positive.</param>
    /// <param name="count">Number of bins; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bound is not finite, the width is not positive, or there is no bin.</exception>
    public HistogramBins(double start, double binWidth, int count)
    {
        if (!double.IsFinite(start)) throw new ArgumentOutOfRangeException(nameof(start), start, "The left edge must be finite.");
        RequirePositive(binWidth);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Start = start;
        BinWidth = binWidth;
        Count = count;
    }

    /// <summary>Left edge of the first bin, in the unit of the axis.</summary>
    public double Start { get; }

    /// <summary>Right edge of the last bin, in the unit of the axis, which belongs to no bin.</summary>
    public double End => EdgeAt(Count);

    /// <summary>Width of a bin, in the unit of the axis.</summary>
    public double BinWidth { get; }

    /// <summary>The number of bins.</summary>
    public int Count { get; }

    /// <summary>Cuts a range into bins.</summary>
    /// <param name="start">Left edge of the first bin, in the unit of the axis.</param>
    /// <param name="end">Right edge of the last bin, in the same unit as <paramref name="start"/>; a whole number of bins after it to within 10^-6 of a bin.</param>
    /// <param name="binWidth">Width of a bin, in the same unit; positive.</param>
    /// <returns>The bins.</returns>
    /// <exception cref="ArgumentException">The range is empty or no whole number of bins.</exception>
    public static HistogramBins Over(double start, double end, double binWidth)
    {
        RequirePositive(binWidth);
        return new HistogramBins(start, binWidth, WholeBins(end - start, binWidth, nameof(end)));
    }

    /// <summary>The left edge of a bin.</summary>
    /// <param name="bin">The bin, from 0; <see cref="Count"/> gives the right edge of the last bin.</param>
    /// <returns>Start + bin · BinWidth.</returns>
    public double EdgeAt(int bin) => Start + (bin * BinWidth);

    /// <summary>All edges.</summary>
    /// <returns>Count + 1 ascending values.</returns>
    public double[] Edges()
    {
        double[] edges = new double[Count + 1];
        for (int bin = 0; bin < edges.Length; bin++) edges[bin] = EdgeAt(bin);
        return edges;
    }

    /// <summary>The middle of every bin.</summary>
    /// <returns>Count ascending values.</returns>
    public double[] Centres()
    {
        double[] centres = new double[Count];
        for (int bin = 0; bin < centres.Length; bin++) centres[bin] = Start + ((bin + 0.5) * BinWidth);
        return centres;
    }

    /// <summary>The bin of a value.</summary>
    /// <remarks>A value within <paramref name="rounding"/> plus 10^-9 of a bin below an edge counts as lying on it, so that 30 ticks of a 30 kHz clock are 1 ms.</remarks>
    /// <param name="value">The value, in the unit of the axis.</param>
    /// <param name="rounding">Error that rounding may have left in the value, in the unit of the axis; see <see cref="RoundingOf(SpikeTrain)"/>.</param>
    /// <returns>The bin, or -1 if the value lies in none (NaN included).</returns>
    public int BinOf(double value, double rounding = 0)
    {
        double bin = Math.Floor(((value - Start + rounding) / BinWidth) + Slack);
        return bin >= 0 && bin < Count ? (int)bin : -1;
    }

    /// <summary>The error that rounding may leave in the difference of two spike times: 10^-15 of the largest, which is 4 to 9 units in its last place.</summary>
    /// <param name="train">The train.</param>
    /// <returns>Seconds; 0 for an empty train.</returns>
    public static double RoundingOf(SpikeTrain train)
    {
        ArgumentNullException.ThrowIfNull(train);
        return train.Count == 0 ? 0 : 1e-15 * Math.Max(Math.Abs(train.Times[0]), Math.Abs(train.Times[^1]));
    }

    internal static int WholeBins(double length, double binWidth, string parameter)
    {
        double quotient = length / binWidth, whole = Math.Round(quotient);
        if (whole >= 1 && whole <= int.MaxValue / 4 && Math.Abs(quotient - whole) <= 1e-6) return (int)whole;
        throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture, $"A length of {length} must be a whole number of bins of {binWidth}, at least one; it is {quotient}."), parameter);
    }

    private static void RequirePositive(double binWidth)
    {
        if (!(binWidth > 0) || !double.IsFinite(binWidth))
            throw new ArgumentOutOfRangeException(nameof(binWidth), binWidth, "The bin width must be positive.");
    }
}
