using FsCheck.Fluent;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests;

public sealed class TimeIntervalsTests
{
    [Fact]
    public void FromSorted_TouchingIntervals_KeepsTheBoundaryAndDropsEmptyOnes()
    {
        TimeIntervals kept = TimeIntervals.FromSorted(new(0, 1), new(1, 1), new(1, 2));
        Assert.Equal([new(0, 1), new TimeInterval(1, 2)], kept);
        Assert.Equal(2, kept.Duration);
        Assert.Equal(1, kept.IndexOf(1));
    }

    [Fact]
    public void FromSorted_OverlapOrWrongOrder_Throws()
    {
        Assert.Throws<ArgumentException>(() => TimeIntervals.FromSorted(new(0, 2), new(1, 3)));
        Assert.Throws<ArgumentException>(() => TimeIntervals.FromSorted(new(2, 3), new(0, 1)));
    }

    [Fact]
    public void Empty_HasNoTime()
    {
        Assert.Equal(0, TimeIntervals.Empty.Duration);
        Assert.Equal(default, TimeIntervals.Empty.Span);
        Assert.Equal(-1, TimeIntervals.Empty.IndexOf(0));
        Assert.Equal(TimeIntervals.Empty, TimeIntervals.Of(3, 3));
        Assert.Equal(TimeIntervals.Empty, TimeIntervals.Union());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void IndexOf_NoInstant_IsMinusOne(double time)
    {
        TimeIntervals intervals = TimeIntervals.FromSorted(new(0, 1), new(2, 3), new(4, 5));
        Assert.Equal(-1, intervals.IndexOf(time));
        Assert.False(intervals.Contains(time));
    }

    [Fact]
    public void IndexOf_AnyInstant_AgreesWithLookingAtEveryInterval()
    {
        var cases = from intervals in Generated.Intervals from time in Generated.Eighths(-12, 40) select (intervals, time);
        PropertyAssert.Holds(cases, pair =>
        {
            foreach (double time in new[] { pair.time, Math.BitDecrement(pair.time), pair.time + 0.01 })
                Assert.Equal(Array.FindIndex([.. pair.intervals], interval => interval.Contains(time)), pair.intervals.IndexOf(time));
        });
    }

    [Fact]
    public void Intersect_AnyTwo_HoldsWhatBothHoldWhateverTheOrder()
    {
        var cases = from one in Generated.Intervals from other in Generated.Intervals select (one, other);
        PropertyAssert.Holds(cases, pair =>
        {
            TimeIntervals shared = pair.one.Intersect(pair.other);
            Assert.Equal(shared, pair.other.Intersect(pair.one));
            Assert.Equal(shared, shared.Intersect(pair.one));
            Assert.Equal(pair.one, pair.one.Intersect(pair.one));
            for (double t = -12; t < 40; t += 0.125) Assert.Equal(pair.one.Contains(t) && pair.other.Contains(t), shared.Contains(t));
        });
    }

    [Fact]
    public void Union_AnyOrder_CoversTheSameInstantsWithoutTouching()
    {
        var cases = from one in Generated.Intervals from other in Generated.Intervals select (one, other);
        PropertyAssert.Holds(cases, pair =>
        {
            TimeIntervals fused = TimeIntervals.Union([.. pair.one, .. pair.other]);
            Assert.Equal(fused, TimeIntervals.Union([.. pair.other.Reverse(), .. pair.one]));
            for (double t = -12; t < 40; t += 0.125) Assert.Equal(pair.one.Contains(t) || pair.other.Contains(t), fused.Contains(t));
            for (int i = 1; i < fused.Count; i++) Assert.True(fused[i].Start > fused[i - 1].End);
        });
    }

    [Fact]
    public void Shift_ThereAndBack_IsTheIdentity()
    {
        var cases = from intervals in Generated.Intervals from offset in Generated.Eighths(-1000, 1000) select (intervals, offset);
        PropertyAssert.Holds(cases, pair => Assert.Equal(pair.intervals, pair.intervals.Shift(pair.offset).Shift(-pair.offset)));
    }

    [Theory]
    [InlineData(1e20)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Shift_BeyondThePrecisionOfADouble_IsRefused(double offset)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TimeIntervals.FromSorted(new(0, 1), new(2, 3)).Shift(offset));
    }

    [Fact]
    public void Equality_SameBounds_IsByValue()
    {
        TimeIntervals one = TimeIntervals.FromSorted(new(0, 1), new(2, 3)), same = TimeIntervals.FromSorted(new(0, 1), new(2, 3));
        Assert.True(one == same);
        Assert.False(one != same);
        Assert.True(one.Equals((object)same));
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.True(one != TimeIntervals.Of(0, 3));
        Assert.False(one == null);
        Assert.True((TimeIntervals?)null == null);
    }

    [Fact]
    public void ToString_ManyIntervals_IsShort()
    {
        Assert.Equal("[0 s, 0.5 s) ∪ [1 s, 2 s)", TimeIntervals.FromSorted(new(0, 0.5), new(1, 2)).ToString());
        Assert.Equal("5 intervals within [0 s, 9 s)", TimeIntervals.FromSorted(new(0, 1), new(2, 3), new(4, 5), new(6, 7), new(8, 9)).ToString());
    }
}
