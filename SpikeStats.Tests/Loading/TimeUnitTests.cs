using SpikeStats.Loading;

namespace SpikeStats.Tests.Loading;

public sealed class TimeUnitTests
{
    [Theory]
    [InlineData("s", 1)]
    [InlineData("ms", 1e3)]
    [InlineData("us", 1e6)]
    [InlineData("µs", 1e6)]
    [InlineData("samples:30000", 30000)]
    [InlineData("samples:32556.5", 32556.5)]
    public void Parse_KnownUnit_SaysHowManyMakeASecond(string text, double perSecond) => Assert.Equal(perSecond, TimeUnit.Parse(text).PerSecond);

    [Theory]
    [InlineData("")]
    [InlineData("sec")]
    [InlineData("samples")]
    [InlineData("samples:")]
    [InlineData("samples:0")]
    [InlineData("samples:-1")]
    [InlineData("samples:NaN")]
    [InlineData("samples:1,5")]
    public void Parse_AnythingElse_Throws(string text) => Assert.Throws<FormatException>(() => TimeUnit.Parse(text));

    [Fact]
    public void Default_IsTheSecond()
    {
        Assert.Equal(TimeUnit.Seconds, default);
        Assert.Equal(TimeUnit.Seconds, TimeUnit.Samples(1));
        Assert.Equal(1.5, default(TimeUnit).ToSeconds(1.5));
    }

    [Fact]
    public void ToSeconds_DecimalMilliseconds_IsTheNearestDouble() => Assert.Equal(0.009, TimeUnit.Milliseconds.ToSeconds(9));

    [Theory]
    [InlineData("s")]
    [InlineData("ms")]
    [InlineData("us")]
    [InlineData("samples:30000")]
    public void ToString_AnyUnit_ParsesBack(string text) => Assert.Equal(text, TimeUnit.Parse(text).ToString());
}
