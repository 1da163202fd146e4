using FsCheck.Fluent;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests;

public sealed class SpikeTrainTests
{
    private static readonly TimeIntervals twoTrials = TimeIntervals.FromSorted(new(0, 1), new(2, 3));

    [Theory]
    [InlineData(new[] { 0.1, double.NaN }, "spike 2: the spike time is not a finite number")]
    [InlineData(new[] { 0.1, double.PositiveInfinity }, "spike 2: the spike time is not a finite number")]
    [InlineData(new[] { 0.2, 0.1 }, "spike 2: 0.1 s lies before the spike that precedes it (0.2 s)")]
    [InlineData(new[] { 0.1, 1.0 }, "spike 2: 1 s lies outside the observed intervals [0 s, 1 s) ∪ [2 s, 3 s)")]
    [InlineData(new[] { 1.5 }, "spike 1: 1.5 s lies outside")]
    [InlineData(new[] { -0.1 }, "spike 1: -0.1 s lies outside")]
    [InlineData(new[] { 3.0 }, "spike 1: 3 s lies outside")]
    public void FromSorted_BadTimes_NamesSpikeUnitAndRemedy(double[] times, string problem)
    {
        InvalidRecordingException error = Assert.Throws<InvalidRecordingException>(() => SpikeTrain.FromSorted(times, twoTrials, "u7"));
        Assert.StartsWith("unit u7: " + problem, error.Message, StringComparison.Ordinal);
        Assert.Contains("Remedy: ", error.Message, StringComparison.Ordinal);
        Assert.Equal("u7", error.Unit);
    }

    [Fact]
    public void FromSorted_RepeatedTimesAndEdges_AreTaken()
    {
        SpikeTrain train = SpikeTrain.FromSorted(new[] { 0, 0.5, 0.5, 2, Math.BitDecrement(3) }, twoTrials);
        Assert.Equal(5, train.Count);
        Assert.Equal([0, 0.5, 0.5], train.TimesIn(0).ToArray());
        Assert.Equal([2, Math.BitDecrement(3)], train.TimesIn(1).ToArray());
    }

    [Fact]
    public void FromSorted_NoSpikes_IsATrainOfItsObservedTime()
    {
        SpikeTrain train = SpikeTrain.FromSorted(default, twoTrials, "quiet");
        Assert.Equal(0, train.Count);
        Assert.Equal("SpikeTrain quiet: 0 spikes in 2 s (0 Hz)", train.ToString());
        Assert.Equal("SpikeTrain : 0 spikes in 0 s (NaN Hz)", SpikeTrain.FromSorted(default, TimeIntervals.Empty).ToString());
    }

    [Fact]
    public void TimesIn_AnyInterval_AgreesWithLookingAtEverySpike()
    {
        var cases = from train in Generated.Train from start in Generated.Eighths(-12, 30) from length in Generated.Eighths(0, 9) select (train, start, length);
        PropertyAssert.Holds(cases, sample =>
        {
            TimeInterval interval = new(sample.start, sample.start + sample.length);
            Assert.Equal([.. sample.train.Times.ToArray().Where(interval.Contains)], sample.train.TimesIn(interval).ToArray());
        });
    }

    [Fact]
    public void Restrict_AnyIntervals_KeepsTheSpikesAndTheTimeInThem()
    {
        var cases = from train in Generated.Train from intervals in Generated.Intervals select (train, intervals);
        PropertyAssert.Holds(cases, pair =>
        {
            SpikeTrain kept = pair.train.Restrict(pair.intervals);
            Assert.Equal([.. pair.train.Times.ToArray().Where(pair.intervals.Contains)], kept.Times.ToArray());
            Assert.Equal(pair.train.Observed.Intersect(pair.intervals), kept.Observed);
            Assert.Equal(pair.train.Unit, kept.Unit);
            SpikeTrain.FromSorted(kept.Times.ToArray(), kept.Observed);
        });
    }

    [Fact]
    public void Restrict_TwiceOrByTheIntersection_IsTheSame()
    {
        var cases = from train in Generated.Train from one in Generated.Intervals from other in Generated.Intervals select (train, one, other);
        PropertyAssert.Holds(cases, sample =>
        {
            SpikeTrain twice = sample.train.Restrict(sample.one).Restrict(sample.other);
            SpikeTrain once = sample.train.Restrict(sample.one.Intersect(sample.other));
            Assert.Equal(once.Times.ToArray(), twice.Times.ToArray());
            Assert.Equal(once.Observed, twice.Observed);
        });
    }

    // The offsets include ones that are no multiple of the times' last place, where the sum of the last spike and the offset rounds to the end.
    [Fact]
    public void Shift_AnyOffset_LeavesEverySpikeInItsOwnInterval()
    {
        var cases = from train in Generated.Train from whole in Generated.Eighths(-10, 10) from scale in Gen.Choose(0, 9) select (train, offset: whole * Math.Pow(10, scale) / 7);
        PropertyAssert.Holds(cases, pair =>
        {
            SpikeTrain moved = pair.train.Shift(pair.offset);
            Assert.Equal(pair.train.Count, moved.Count);
            for (int i = 0; i < pair.train.Observed.Count; i++) Assert.Equal(pair.train.TimesIn(i).Length, moved.TimesIn(i).Length);
            SpikeTrain.FromSorted(moved.Times.ToArray(), moved.Observed);
        });
    }

    [Fact]
    public void Shift_LastSpikeRoundsOntoTheEnd_StaysJustInside()
    {
        SpikeTrain moved = SpikeTrain.FromSorted(new[] { Math.BitDecrement(1.0) }, TimeIntervals.Of(0, 1)).Shift(1e6);
        Assert.Equal(new TimeInterval(1e6, 1e6 + 1), moved.Observed[0]);
        Assert.Equal(Math.BitDecrement(1e6 + 1), moved.Times[0]);
    }
}
