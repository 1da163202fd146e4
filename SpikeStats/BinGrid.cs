using System.Globalization;

namespace SpikeStats;

/// <summary>The observed time cut into bins of equal width, interval by interval, and numbered through.</summary>
/// <remarks>
/// Each observed interval starts its own run of bins (a <see cref="BinSegment"/>); a last fraction of a bin is left out.
/// History never reaches from one segment into the next.
/// </remarks>
public sealed class BinGrid
{
    private readonly BinSegment[] segments;

    /// <summary>Cuts observed time into bins.</summary>
    /// <param name="observed">The observed intervals.</param>
    /// <param name="binWidth">Width of a bin, in seconds; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is not positive, or there would be more than 2^31 bins.</exception>
    public BinGrid(TimeIntervals observed, double binWidth)
    {
        ArgumentNullException.ThrowIfNull(observed);
        if (!(binWidth > 0) || !double.IsFinite(binWidth))
            throw new ArgumentOutOfRangeException(nameof(binWidth), binWidth, "The bin width must be positive.");
        if (observed.Duration / binWidth > int.MaxValue)
        {
            throw new ArgumentOutOfRangeException(
                nameof(binWidth), binWidth, string.Create(CultureInfo.InvariantCulture, $"{observed.Duration} s hold more bins than 2^31; use a wider bin."));
        }

        BinWidth = binWidth;
        Observed = observed;
        List<BinSegment> cut = new(observed.Count);
        int first = 0;
        foreach (TimeInterval interval in observed)
        {
            int count = (int)new BinSegment(interval.Start, first, 0).BinOf(interval.End, binWidth);
            if (count == 0) continue;
            cut.Add(new BinSegment(interval.Start, first, count));
            first += count;
        }

        segments = [.. cut];
        BinCount = first;
    }

    /// <summary>Width of a bin, in seconds.</summary>
    public double BinWidth { get; }

    /// <summary>The observed intervals that were cut.</summary>
    public TimeIntervals Observed { get; }

    /// <summary>The number of bins of all segments.</summary>
    public int BinCount { get; }

    /// <summary>The runs of bins, one per observed interval that holds at least one whole bin.</summary>
    public ReadOnlySpan<BinSegment> Segments => segments;

    /// <summary>The bin of an instant in the whole grid.</summary>
    /// <remarks>
    /// An instant within 10^-9 of a bin of an edge belongs to the bin that begins there (<see cref="BinSegment.BinOf"/>). Only before the end of
    /// a segment, where no bin begins, it stays in the last bin, so that no spike of an observed interval is lost or handed to the next one.
    /// </remarks>
    /// <param name="time">The instant, in seconds.</param>
    /// <returns>The bin, or -1 if the instant lies in none; -1 for NaN. Cost O(log segments).</returns>
    public int BinOf(double time)
    {
        int begun = LastBegunBy(time);
        if (begun >= 0)
        {
            BinSegment segment = segments[begun];
            long bin = segment.BinOf(time, BinWidth);
            if (bin == segment.BinCount && time < segment.Start + (bin * BinWidth)) bin--;
            if (bin < segment.BinCount) return segment.FirstBin + (int)bin;
        }

        int next = begun + 1;
        bool onNextEdge = next < segments.Length && segments[next].BinOf(time, BinWidth) == 0;
        return onNextEdge ? segments[next].FirstBin : -1;
    }

    /// <summary>The segment of a bin.</summary>
    /// <param name="bin">Position of the bin in the whole grid.</param>
    /// <returns>The segment that holds it.</returns>
    public BinSegment SegmentOf(int bin)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bin);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(bin, BinCount);
        int low = 0, high = segments.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) >>> 1;
            if (segments[middle].FirstBin <= bin) low = middle;
            else high = middle - 1;
        }

        return segments[low];
    }

    /// <summary>The left edge of a bin.</summary>
    /// <param name="bin">Position of the bin in the whole grid.</param>
    /// <returns>Seconds.</returns>
    public double StartOf(int bin)
    {
        BinSegment segment = SegmentOf(bin);
        return segment.Start + ((bin - segment.FirstBin) * BinWidth);
    }

    private int LastBegunBy(double time)
    {
        int low = -1, high = segments.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) >> 1;
            if (segments[middle].Start <= time) low = middle;
            else high = middle - 1;
        }

        return low;
    }
}
