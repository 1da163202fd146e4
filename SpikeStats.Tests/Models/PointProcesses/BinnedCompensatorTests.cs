using SpikeStats.Models.PointProcesses;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.PointProcesses;

public sealed class BinnedCompensatorTests
{
    [Fact]
    public void Accumulate_FewBins_MatchesSumsByHand()
    {
        CompensatorSegment segment = BinnedCompensator.Accumulate(
            new TimeInterval(0, 4), [0.1, 0.2, 0.3, 0.4], [1, 2, 3, 4], [1, 1, 3], out int coincident);
        Assert.Equal(1, coincident);
        StatisticalAssert.Close([0.3, 1], segment.AtEvents.Span, 1e-15);
        StatisticalAssert.Close(1, segment.AtEnd, 1e-15);
        Assert.Equal([3.0, 10], segment.HazardAtEvents.ToArray());
        Assert.Equal([2.0, 4], segment.EventHazard.ToArray());
        Assert.Equal(10, segment.HazardAtEnd);
    }

    [Fact]
    public void Accumulate_ManyBins_MatchesARunningSum()
    {
        RandomStream stream = new(4);
        double[] expected = [.. Enumerable.Range(0, 5000).Select(_ => stream.NextDouble())];
        int[] bins = [.. Enumerable.Range(0, 5000).Where(_ => stream.NextDouble() < 0.05)];
        CompensatorSegment segment = BinnedCompensator.Accumulate(new TimeInterval(0, 5), expected, expected, bins, out _);
        for (int i = 0; i < bins.Length; i++) StatisticalAssert.Close(expected.Take(bins[i] + 1).Sum(), segment.AtEvents.Span[i], relative: 1e-13);
        StatisticalAssert.Close(expected.Sum(), segment.AtEnd, relative: 1e-13);
        Assert.Equal(segment.AtEvents.ToArray(), segment.HazardAtEvents.ToArray());
    }

    [Fact]
    public void Accumulate_NoSpike_HasTheEndOnly()
    {
        CompensatorSegment segment = BinnedCompensator.Accumulate(new TimeInterval(0, 2), [1, 2], [3, 4], [], out int coincident);
        Assert.Equal((0, 0, 3.0, 7.0), (coincident, segment.AtEvents.Length, segment.AtEnd, segment.HazardAtEnd));
    }

    [Fact]
    public void Accumulate_BinsThatDoNotFit_Throws()
    {
        Assert.Throws<ArgumentException>(() => BinnedCompensator.Accumulate(new TimeInterval(0, 2), [1, 2], [3, 4, 5], [], out _));
        Assert.Throws<ArgumentException>(() => BinnedCompensator.Accumulate(new TimeInterval(0, 2), [1, 2], [3, 4], [2], out _));
        Assert.Throws<ArgumentException>(() => BinnedCompensator.Accumulate(new TimeInterval(0, 2), [1, 2], [3, 4], [1, 0], out _));
        Assert.Throws<ArgumentException>(() => BinnedCompensator.Accumulate(new TimeInterval(0, 2), [1, 2], [3, 4], [-1], out _));
    }
}
