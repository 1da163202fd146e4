using SpikeStats.Units;

namespace SpikeStats.Tests.Units;

public sealed class DurationTests
{
    [Theory]
    [InlineData("20ms", 0.02)]
    [InlineData("0.5s", 0.5)]
    [InlineData("250us", 0.00025)]
    [InlineData("250µs", 0.00025)]
    [InlineData("2min", 120)]
    [InlineData("1h", 3600)]
    [InlineData(" -250 ms ", -0.25)]
    [InlineData("1e-3s", 0.001)]
    [InlineData("0", 0)]
    public void Parse_NumberWithUnit_GivesSeconds(string text, double seconds) => Assert.Equal(seconds, Duration.Parse(text));

    [Theory]
    [InlineData("", "'' is not a duration")]
    [InlineData("20", "without a unit; write for example 20ms or 20s")]
    [InlineData("ms", "'ms' is not a duration")]
    [InlineData("0,5s", "'0,5s' is not a duration")]
    [InlineData("1,000ms", "'1,000ms' is not a duration")]
    [InlineData("NaNs", "'NaNs' is not a duration")]
    [InlineData("1e999s", "'1e999s' is not a duration")]
    [InlineData("1e308h", "'1e308h' is not a duration")]
    [InlineData("5 Hz", "'Hz' is not a unit of time")]
    public void Parse_AnythingElse_SaysWhatIsWrong(string text, string objection)
    {
        Assert.False(Duration.TryParse(text, out double seconds));
        Assert.Equal(0, seconds);
        Assert.Contains(objection, Assert.Throws<FormatException>(() => Duration.Parse(text)).Message, StringComparison.Ordinal);
    }
}
