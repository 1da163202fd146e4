using SpikeStats.Fitting.ModelSelection;

namespace SpikeStats.Tests.Fitting.ModelSelection;

public sealed class HeldOutFoldTests
{
    private const int Lag = 3;
    private static readonly BinGrid grid = new(TimeIntervals.FromSorted(new TimeInterval(0, 20), new TimeInterval(30, 37), new TimeInterval(50, 52)), 1);

    [Fact]
    public void OfBlocks_EveryBinWithHistory_IsScoredOnce()
    {
        HeldOutFold[] folds = HeldOutFold.OfBlocks(grid, Lag, 4);
        int[] scored = new int[grid.BinCount];
        foreach ((TimeInterval own, TimeInterval withHistory) in folds.SelectMany(fold => fold.Runs))
        {
            foreach (int bin in Bins(own)) scored[bin]++;
            Assert.Equal(own.Start - Lag, withHistory.Start);
            Assert.Equal(own.End, withHistory.End);
        }

        foreach (BinSegment segment in grid.Segments)
        {
            for (int i = 0; i < segment.BinCount; i++) Assert.Equal(i < Lag ? 0 : 1, scored[segment.FirstBin + i]);
        }
    }

    // The bins that a fit uses: those of a training interval but its first three. Neither they nor their history are held out, and no held-out bin sees them.
    [Fact]
    public void Training_NearHeldOutBins_SharesNothingWithThem()
    {
        List<Trial> trials = [new("1", new TimeInterval(4, 9), 4), new("2", new TimeInterval(9, 13), 9), new("3", new TimeInterval(31, 34), 31)];
        foreach (HeldOutFold fold in (HeldOutFold[])[.. HeldOutFold.OfBlocks(grid, Lag, 5), .. HeldOutFold.OfTrials(grid, Lag, 2, trials)])
        {
            HashSet<int> heldOut = [.. fold.Runs.SelectMany(run => Bins(run.Scored))], seen = [.. fold.Runs.SelectMany(run => Bins(run.WithHistory))];
            foreach (TimeInterval interval in fold.Training)
            {
                int[] bins = [.. Bins(interval)];
                Assert.Empty(bins.Intersect(heldOut));
                Assert.Empty(bins.Skip(Lag).Intersect(seen));
            }
        }
    }

    [Fact]
    public void OfTrials_DealtInTurn_HoldsOutWholeTrials()
    {
        List<Trial> trials = [new("1", new TimeInterval(4, 9), 4), new("2", new TimeInterval(9, 13), 9), new("3", new TimeInterval(31, 36), 31)];
        HeldOutFold[] folds = HeldOutFold.OfTrials(grid, Lag, 2, trials);
        Assert.Equal([new TimeInterval(4, 9), new TimeInterval(33, 36)], folds[0].Runs.Select(run => run.Scored));
        Assert.Equal([new TimeInterval(9, 13)], folds[1].Runs.Select(run => run.Scored));
        Assert.Equal([new TimeInterval(0, 6), new TimeInterval(13, 20), new TimeInterval(30, 37), new TimeInterval(50, 52)], folds[1].Training);
    }

    private static IEnumerable<int> Bins(TimeInterval interval)
    {
        for (double time = interval.Start + 0.5; time < interval.End; time++) yield return grid.BinOf(time);
    }
}
