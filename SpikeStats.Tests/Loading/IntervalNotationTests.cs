using SpikeStats.Loading;

namespace SpikeStats.Tests.Loading;

public sealed class IntervalNotationTests
{
    [Fact]
    public void Parse_SeveralIntervals_AreInSeconds() => Assert.Equal(
        TimeIntervals.FromSorted(new TimeInterval(-0.25, 42), new TimeInterval(50, 88)), IntervalNotation.Parse("-250ms..42s, 50s..88s"));

    [Fact]
    public void Parse_TouchingIntervals_StaySeparate() => Assert.Equal(2, IntervalNotation.Parse("0..1s,1s..2s").Count);

    [Theory]
    [InlineData("")]
    [InlineData("0..42")]
    [InlineData("42s")]
    [InlineData("5s..5s")]
    [InlineData("5s..4s")]
    [InlineData("0s..2s,1s..3s")]
    [InlineData("2s..3s,0s..1s")]
    [InlineData("0s..1s,")]
    public void Parse_AnythingElse_Throws(string text) => Assert.Throws<FormatException>(() => IntervalNotation.Parse(text));

    [Fact]
    public void Format_AnyIntervals_ParsesBackExactly()
    {
        TimeIntervals intervals = TimeIntervals.FromSorted(new TimeInterval(1.0 / 3, 0.7), new TimeInterval(1e-7, 2).Shift(1), new TimeInterval(5e6, 7e12));
        Assert.Equal(intervals, IntervalNotation.Parse(IntervalNotation.Format(intervals)));
    }
}
