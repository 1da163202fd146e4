using SpikeStats.Statistics;

namespace SpikeStats.Tests.Statistics;

public sealed class HistogramBinsTests
{
    // Integer arithmetic is the second route: tick n of a 30 kHz clock lies in bin n / 30 of 1 ms, wherever on the clock the origin is.
    [Theory]
    [InlineData(0)]
    [InlineData(9_000_001)]
    [InlineData(2_147_000_011)]
    public void BinOf_DifferencesOfClockTicks_EqualsIntegerDivision(long origin)
    {
        HistogramBins bins = new(0, 0.001, 100);
        double start = origin / 30000.0;
        double rounding = 1e-15 * (start + 0.1);
        for (int tick = 0; tick < 3000; tick++) Assert.Equal(tick / 30, bins.BinOf(((origin + tick) / 30000.0) - start, rounding));
    }

    [Fact]
    public void BinOf_OutsideOrNaN_IsMinusOne()
    {
        HistogramBins bins = new(-1, 0.5, 4);
        Assert.Equal(0, bins.BinOf(-1));
        Assert.Equal(3, bins.BinOf(0.999));
        Assert.Equal(-1, bins.BinOf(1));
        Assert.Equal(-1, bins.BinOf(-1.001));
        Assert.Equal(-1, bins.BinOf(double.NaN));
    }

    [Fact]
    public void Edges_AndCentres_AreEquallySpaced()
    {
        HistogramBins bins = HistogramBins.Over(-0.05, 0.05, 0.001);
        Assert.Equal(100, bins.Count);
        Assert.Equal(101, bins.Edges().Length);
        Assert.Equal(-0.05, bins.Edges()[0]);
        Assert.Equal(0, bins.EdgeAt(50), 15);
        Assert.Equal(-0.0495, bins.Centres()[0], 12);
    }

    [Theory]
    [InlineData(0, 0.0105, 0.001)]
    [InlineData(0, 0, 0.001)]
    [InlineData(1, 0, 0.001)]
    public void Over_NoWholeNumberOfBins_Throws(double start, double end, double binWidth) =>
        Assert.Throws<ArgumentException>(() => HistogramBins.Over(start, end, binWidth));

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    public void Constructor_WidthNotPositive_Throws(double binWidth) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new HistogramBins(0, binWidth, 3));
}
