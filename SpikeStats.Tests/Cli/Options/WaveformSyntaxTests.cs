using SpikeStats.Cli.Options;
using SpikeStats.Models.Drives;

namespace SpikeStats.Tests.Cli.Options;

public sealed class WaveformSyntaxTests
{
    [Theory]
    [InlineData("500pA", 0, 500e-12)]
    [InlineData("-0.1nA", 3, -1e-10)]
    [InlineData("step:0..500pA@100ms", 0.05, 0)]
    [InlineData("step:0..500pA@100ms", 0.1, 500e-12)]
    [InlineData("step:-1e-1nA..2e+2pA@0.1s", 0.2, 200e-12)]
    [InlineData("pulse:500pA@100ms..120ms", 0.11, 500e-12)]
    [InlineData("pulse:500pA@100ms..120ms", 0.121, 0)]
    [InlineData("ramp:0..400pA@100ms..200ms", 0.15, 200e-12)]
    [InlineData("sine:300pA~100pA@5Hz", 0.05, 400e-12)]
    [InlineData("100pA, pulse:500pA@100ms..120ms", 0.11, 600e-12)]
    public void Drive_AtAnInstant_HasItsLevel(string text, double time, double level) => Assert.Equal(level, WaveformSyntax.Current.Parse(text).At(time), 1e-18);

    [Theory]
    [InlineData("10V/s", 10)]
    [InlineData("10mV/ms", 10)]
    public void VoltageSlope_IsInVoltsPerSecond(string text, double level) => Assert.Equal(level, WaveformSyntax.VoltageSlope.Parse(text).At(0));

    [Theory]
    [InlineData("10uA/cm2", 0.1)]
    [InlineData("10µA/cm2", 0.1)]
    [InlineData("0.1A/m2", 0.1)]
    public void CurrentDensity_IsInAmperesPerSquareMetre(string text, double level) => Assert.Equal(level, WaveformSyntax.CurrentDensity.Parse(text).At(0));

    [Fact]
    public void Pulse_KnowsWhereItJumps() => Assert.Equal([0.1, 0.12], WaveformSyntax.Current.Parse("pulse:500pA@100ms..120ms").BreaksWithin(0, 1).Select(time => Math.Round(time, 12)));

    [Theory]
    [InlineData("500", "is no current")]
    [InlineData("500mV", "is no current")]
    [InlineData("setp:0..500pA@100ms", "Did you mean 'step'?")]
    [InlineData("step:500pA@100ms", "Write 500pA, step:0..500pA@100ms (from, to, when)")]
    [InlineData("pulse:500pA@120ms..100ms", "does not end after it begins")]
    [InlineData("sine:300pA@5Hz", "is no drive")]
    [InlineData("step:0..500pA@100", "without a u")]
    [InlineData("", "is no drive")]
    public void Nonsense_IsNamed_WithTheRemedy(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => WaveformSyntax.Current.Parse(text)).Message, StringComparison.Ordinal);
}
