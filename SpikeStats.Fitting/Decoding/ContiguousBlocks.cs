namespace SpikeStats.Fitting.Decoding;

/// <summary>Observed time cut into contiguous blocks of equal duration, for held-out scores.</summary>
internal static class ContiguousBlocks
{
    /// <summary>Each block, and the time outside of it.</summary>
    public static IEnumerable<(TimeIntervals Held, TimeIntervals Training)> Folds(TimeIntervals observed, int blockCount)
    {
        TimeIntervals[] blocks = Cut(observed, blockCount);
        return blocks.Select(block => (block, TimeIntervals.FromSorted([.. blocks.Where(other => !ReferenceEquals(other, block)).SelectMany(other => other)])));
    }

    public static TimeIntervals[] Cut(TimeIntervals observed, int blockCount)
    {
        List<TimeInterval>[] blocks = [.. Enumerable.Range(0, blockCount).Select(_ => new List<TimeInterval>())];
        double length = observed.Duration / blockCount, before = 0;
        foreach (TimeInterval interval in observed)
        {
            double start = interval.Start;
            for (int block = 0; block < blockCount; block++)
            {
                double end = block == blockCount - 1 ? interval.End : Math.Min(interval.End, interval.Start + (((block + 1) * length) - before));
                if (end <= start) continue;
                blocks[block].Add(new TimeInterval(start, end));
                start = end;
            }

            before += interval.Duration;
        }

        return Array.ConvertAll(blocks, block => TimeIntervals.FromSorted([.. block]));
    }
}
