using SpikeStats.Cli.Reporting;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Tests.Cli.Reporting;

public sealed class HtmlTextTests
{
    [Theory]
    [InlineData(double.NaN, "–")]
    [InlineData(double.NegativeInfinity, "−∞")]
    [InlineData(0, "0")]
    [InlineData(-0.01234, "−0.0123")]
    [InlineData(12345.6, "12346")]
    [InlineData(0.00001234, "1.2e−5")]
    [InlineData(99.96, "100")]
    public void Number_Value_IsShort(double value, string text) => Assert.Equal(text, HtmlText.Number(value));

    [Theory]
    [InlineData(1, "1")]
    [InlineData(9999, "9999")]
    [InlineData(10000, "10\u202f000")]
    [InlineData(1234567, "1\u202f234\u202f567")]
    public void Count_Thousands_AreParted(long count, string text) => Assert.Equal(text, HtmlText.Count(count));

    [Theory]
    [InlineData(0.0004, "&lt;\u00a00.001")]
    [InlineData(0.25, "0.250")]
    [InlineData(double.NaN, "–")]
    public void Probability_Small_IsABound(double p, string markup) => Assert.Equal(markup, HtmlText.Probability(p));

    [Fact]
    public void Escape_MarkupAndControls_AreHarmless() => Assert.Equal("&lt;a href=&quot;x&quot;&gt; &amp;\ufffd", XmlText.Escape("<a href=\"x\">\n&\u0002"));
}
