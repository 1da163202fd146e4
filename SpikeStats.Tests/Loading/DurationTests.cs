using SpikeStats.Loading;

namespace SpikeStats.Tests.Loading;

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
    [InlineData("")]
    [InlineData("20")]
    [InlineData("ms")]
    [InlineData("0,5s")]
    [InlineData("1,000ms")]
    [InlineData("NaNs")]
    [InlineData("1e999s")]
    [InlineData("5 Hz")]
    public void Parse_AnythingElse_Throws(string text) => Assert.Throws<FormatException>(() => Duration.Parse(text));
}
