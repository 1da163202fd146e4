using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Tests.Plotting.Rendering;

public sealed class TextMetricsTests
{
    // Adobe's metrics of Helvetica: 0 has 556 thousandths, W 944, i 222. A tenth is added for other fonts.
    [Theory]
    [InlineData("0", 0.556)]
    [InlineData("Wi", 1.166)]
    [InlineData("", 0)]
    public void Width_KnownGlyphs_IsThatOfHelvetica(string text, double advance) =>
        Assert.Equal(advance * 1.1 * 8, TextMetrics.Width(text, 8), 9);

    [Theory]
    [InlineData("one two three four five", 40)]
    [InlineData("a wordthatisfartoolongforanyline b", 30)]
    [InlineData("wwwwwwwwwwwwwww", 20)]
    [InlineData("🧠🧠🧠🧠🧠🧠🧠🧠", 25)]
    public void Wrap_AnyText_KeepsItsCharactersInLinesThatFit(string text, double width)
    {
        string[] lines = TextMetrics.Wrap(text, 8, width);
        Assert.All(lines, line => Assert.InRange(TextMetrics.Width(line, 8), 0.1, width));
        Assert.Equal(text.Replace(" ", "", StringComparison.Ordinal), string.Concat(lines).Replace(" ", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Wrap_EmptyText_GivesNoLine() => Assert.Empty(TextMetrics.Wrap("  ", 8, 100));

    [Fact]
    public void Shorten_LongText_EndsInAnEllipsisAndFits()
    {
        string shortened = TextMetrics.Shorten("a name that is much too long", 7, 60);
        Assert.EndsWith("…", shortened, StringComparison.Ordinal);
        Assert.InRange(TextMetrics.Width(shortened, 7), 40, 60);
        Assert.Equal("short", TextMetrics.Shorten("short", 7, 60));
    }

    [Theory]
    [InlineData(-1234567, "−1.235 × 10⁶")]
    [InlineData(36000, "36000")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e-10, "1 × 10⁻¹⁰")]
    public void Short_Number_HasFourDigits(double value, string text) => Assert.Equal(text, NumberText.Short(value));

    [Theory]
    [InlineData(-0.001, 1, "0.0")]
    [InlineData(-0.25, 2, "−0.25")]
    public void Fixed_Number_HasATrueMinusAndNoNegativeZero(double value, int decimals, string text) =>
        Assert.Equal(text, NumberText.Fixed(value, decimals));
}
