using FsCheck.Fluent;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests;

public sealed class TimeIntervalTests
{
    [Fact]
    public void Contains_Edges_StartBelongsAndEndDoesNot()
    {
        TimeInterval interval = new(1, 2);
        Assert.True(interval.Contains(1));
        Assert.True(interval.Contains(Math.BitDecrement(2)));
        Assert.False(interval.Contains(2));
        Assert.False(interval.Contains(Math.BitDecrement(1)));
        Assert.False(interval.Contains(double.NaN));
    }

    [Fact]
    public void Default_IsEmptyAndHoldsNothing()
    {
        TimeInterval interval = default;
        Assert.True(interval.IsEmpty);
        Assert.False(interval.Contains(0));
        Assert.Equal(new TimeInterval(0, 0), interval);
    }

    [Theory]
    [InlineData(double.NaN, 1, "start")]
    [InlineData(double.NegativeInfinity, 1, "start")]
    [InlineData(0, double.NaN, "end")]
    [InlineData(0, double.PositiveInfinity, "end")]
    [InlineData(1, 0.999, "end")]
    public void Constructor_BadBounds_NamesTheBound(double start, double end, string parameter)
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => new TimeInterval(start, end));
        Assert.Equal(parameter, error.ParamName);
    }

    [Fact]
    public void Intersect_AnyTwo_HoldsWhatBothHold()
    {
        var starts = Generated.Eighths(-3, 3);
        var lengths = Generated.Eighths(0, 3);
        var cases =
            from one in starts
            from oneLength in lengths
            from other in starts
            from otherLength in lengths
            select (One: new TimeInterval(one, one + oneLength), Other: new TimeInterval(other, other + otherLength));
        PropertyAssert.Holds(cases, pair =>
        {
            TimeInterval shared = pair.One.Intersect(pair.Other);
            for (double t = -4; t < 8; t += 0.0625) Assert.Equal(pair.One.Contains(t) && pair.Other.Contains(t), shared.Contains(t));
        });
    }

    [Fact]
    public void ToString_Fractions_UsesTheInvariantCulture() => Assert.Equal("[-0.5 s, 1.25 s)", new TimeInterval(-0.5, 1.25).ToString());
}
