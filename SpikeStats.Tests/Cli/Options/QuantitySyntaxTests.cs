using SpikeStats.Cli.Options;

namespace SpikeStats.Tests.Cli.Options;

public sealed class QuantitySyntaxTests
{
    [Theory]
    [InlineData("15mV", 0.015)]
    [InlineData("-70 mV", -0.07)]
    [InlineData("0.02V", 0.02)]
    [InlineData("250uV", 250e-6)]
    [InlineData("250µV", 250e-6)]
    [InlineData("250μV", 250e-6)]
    [InlineData("1e-3V", 1e-3)]
    [InlineData("0", 0)]
    public void Voltage_Parse_IsTheNearestDoubleInVolts(string text, double volts) => Assert.Equal(volts, VoltageSyntax.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("15")]
    [InlineData("mV")]
    [InlineData("15mv")]
    [InlineData("15ms")]
    [InlineData("NaNmV")]
    [InlineData("InfinityV")]
    [InlineData("15,5mV")]
    public void Voltage_ParseNonsense_NamesTheUnits(string text) =>
        Assert.Contains("(mV, uV, V), for example 15mV", Assert.Throws<FormatException>(() => VoltageSyntax.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Voltage_OutOfRange_IsRefused()
    {
        Assert.Contains("must not be negative", Assert.Throws<FormatException>(() => VoltageSyntax.NotNegative("-5mV")).Message, StringComparison.Ordinal);
        Assert.Contains("must be positive", Assert.Throws<FormatException>(() => VoltageSyntax.Positive("0")).Message, StringComparison.Ordinal);
        Assert.Equal([0, 0.005], VoltageSyntax.NotNegatives("0, 5mV"));
        Assert.Throws<FormatException>(() => VoltageSyntax.NotNegatives("1mV,"));
    }

    [Fact]
    public void Duration_NotNegative_TakesZero()
    {
        Assert.Equal(0, DurationSyntax.NotNegative("0"));
        Assert.Equal(0.002, DurationSyntax.NotNegative("2ms"));
        Assert.Throws<FormatException>(() => DurationSyntax.NotNegative("-2ms"));
    }

    [Fact]
    public void Rate_NotNegatives_TakesZero() => Assert.Equal([0, 1000], RateSyntax.NotNegatives("0,1kHz"));
}
