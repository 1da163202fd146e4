using FsCheck.Fluent;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests;

public sealed class SpikeCountsTests
{
    [Fact]
    public void FromRecording_TwoSpikesInABin_StandTwice()
    {
        Recording recording = Recording.FromFlat(
            new UnitTable(["a", "b"]), [0.0001, 0.0009, 0.0021, 0.0035], [0, 4, 4], TimeIntervals.FromSorted(new(0, 0.0025), new(0.003, 0.005)));
        SpikeCounts counts = SpikeCounts.FromRecording(recording, new BinGrid(recording.Observed, 0.001));
        Assert.Equal([0, 0, 2], counts.BinsOf(0).ToArray());
        Assert.Equal([2, 0, 1, 0], counts.CountsOf(0));
        Assert.Equal([0, 0, 0, 0], counts.CountsOf(1));
        Assert.Equal(2, counts.UnitCount);
    }

    // Every interval is a whole number of bins here, so no spike may be lost, whatever its distance from an edge.
    [Fact]
    public void FromRecording_WholeBins_CountsEverySpikeInItsOwnInterval()
    {
        var cases = from train in Generated.Train from width in Gen.Elements(0.125, 0.025, 0.005) select (train, width);
        PropertyAssert.Holds(cases, pair =>
        {
            BinGrid grid = new(pair.train.Observed, pair.width);
            SpikeCounts counts = SpikeCounts.FromRecording(Recording.FromTrains([pair.train]), grid);
            Assert.Equal(pair.train.Count, counts.BinsOf(0).Length);
            Assert.Equal(counts.BinsOf(0).ToArray().Order(), counts.BinsOf(0).ToArray());
            for (int i = 0; i < grid.Segments.Length; i++)
            {
                BinSegment segment = grid.Segments[i];
                Assert.Equal(pair.train.TimesIn(i).Length, counts.CountsOf(0).AsSpan(segment.FirstBin, segment.BinCount).ToArray().Sum());
            }
        });
    }

    [Fact]
    public void FromRecording_CoarserGrid_AddsNeighbouringBins()
    {
        PropertyAssert.Holds(Generated.Train, train =>
        {
            Recording recording = Recording.FromTrains([train]);
            int[] fine = SpikeCounts.FromRecording(recording, new BinGrid(train.Observed, 0.03125)).CountsOf(0);
            int[] coarse = SpikeCounts.FromRecording(recording, new BinGrid(train.Observed, 0.125)).CountsOf(0);
            Assert.Equal(coarse, fine.Chunk(4).Select(bins => bins.Sum()));
        });
    }
}
