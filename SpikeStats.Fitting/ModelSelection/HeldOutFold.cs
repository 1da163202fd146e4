namespace SpikeStats.Fitting.ModelSelection;

/// <summary>One fold of a cross-validation: runs of bins to fit on and runs to score, with guard bands of the longest lag between them.</summary>
/// <remarks>
/// A bin is fitted only if neither it nor its history is held out and no held-out bin looks back on it; a held-out bin sees its own history. The first
/// bins of an observed interval, which have none, are in no fold.
/// </remarks>
/// <param name="Training">Intervals to fit on; the fit drops their first <c>lag</c> bins.</param>
/// <param name="Runs">Runs of held-out bins: the interval to score, and the same with the history before it.</param>
/// <param name="HeldOut">All held-out time: the runs, and what they lack at the start of an observed interval.</param>
internal sealed record HeldOutFold(TimeIntervals Training, IReadOnlyList<(TimeInterval Scored, TimeInterval WithHistory)> Runs, TimeIntervals HeldOut)
{
    /// <summary>Cuts all bins into contiguous blocks of equal length.</summary>
    public static HeldOutFold[] OfBlocks(BinGrid grid, int lag, int count)
    {
        int[] foldOfBin = new int[grid.BinCount];
        for (int bin = 0; bin < foldOfBin.Length; bin++) foldOfBin[bin] = (int)((long)bin * count / foldOfBin.Length);
        return Cut(grid, lag, count, foldOfBin);
    }

    /// <summary>Deals trials to the folds in turn; bins outside trials are always fitted.</summary>
    public static HeldOutFold[] OfTrials(BinGrid grid, int lag, int count, IReadOnlyList<Trial> trials)
    {
        int[] foldOfBin = new int[grid.BinCount];
        Array.Fill(foldOfBin, -1);
        for (int trial = 0; trial < trials.Count; trial++)
        {
            foreach (BinSegment segment in grid.Segments)
            {
                int first = BinAt(trials[trial].Interval.Start, segment, grid.BinWidth), end = BinAt(trials[trial].Interval.End, segment, grid.BinWidth);
                foldOfBin.AsSpan(segment.FirstBin + first, end - first).Fill(trial % count);
            }
        }

        return Cut(grid, lag, count, foldOfBin);
    }

    private static int BinAt(double time, BinSegment segment, double binWidth) =>
        (int)Math.Clamp(Math.Round((time - segment.Start) / binWidth), 0, segment.BinCount);

    private static HeldOutFold[] Cut(BinGrid grid, int lag, int count, int[] foldOfBin) => [.. Enumerable.Range(0, count).Select(fold =>
    {
        List<TimeInterval> training = [], heldOut = [];
        List<(TimeInterval, TimeInterval)> runs = [];
        foreach (BinSegment segment in grid.Segments)
        {
            // The computed edge of the last bin may lie an ulp beyond the interval that it was cut from.
            double last = grid.Observed[grid.Observed.IndexOf(segment.Start)].End;
            TimeInterval Interval(int first, int end) => new(segment.Start + (first * grid.BinWidth), Math.Min(segment.Start + (end * grid.BinWidth), last));
            for (int first = 0, end; first < segment.BinCount; first = end)
            {
                bool isHeldOut = foldOfBin[segment.FirstBin + first] == fold;
                end = first + 1;
                while (end < segment.BinCount && (foldOfBin[segment.FirstBin + end] == fold) == isHeldOut) end++;
                if (isHeldOut) heldOut.Add(Interval(first, end));
                if (isHeldOut && end > Math.Max(first, lag)) runs.Add((Interval(Math.Max(first, lag), end), Interval(Math.Max(first, lag) - lag, end)));
                int lastFitted = end < segment.BinCount ? end - lag : end;
                if (!isHeldOut && lastFitted > first) training.Add(Interval(first, lastFitted));
            }
        }

        return new HeldOutFold(TimeIntervals.FromSorted([.. training]), runs, TimeIntervals.FromSorted([.. heldOut]));
    })];
}
