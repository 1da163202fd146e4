using SpikeStats.Statistics;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Statistics;

public sealed class FiringRateTests
{
    [Fact]
    public void Of_TrainWithGap_DividesByObservedTimeOnly()
    {
        SpikeTrain train = SpikeTrain.FromSorted(new double[] { 0.5, 1.5, 10.5 }, TimeIntervals.FromSorted(new TimeInterval(0, 2), new TimeInterval(10, 11)));
        FiringRate rate = FiringRate.Of(train);
        Assert.Equal(1, rate.Rate);
        Assert.Equal(3, rate.Duration);

        // Garwood's limits for three counts, from tables: 0.6187 and 8.7673.
        StatisticalAssert.Close(0.6187 / 3, rate.Lower, absolute: 5e-5);
        StatisticalAssert.Close(8.7673 / 3, rate.Upper, absolute: 5e-5);
    }

    [Fact]
    public void Of_NoSpikes_HasZeroRateAndFiniteUpperLimit()
    {
        FiringRate rate = FiringRate.Of(TestTrains.On(2));
        Assert.Equal(0, rate.Rate);
        Assert.Equal(0, rate.Lower);
        StatisticalAssert.Close(-Math.Log(0.025) / 2, rate.Upper, relative: 1e-10);
    }

    [Fact]
    public void Of_NothingObserved_IsNaN()
    {
        FiringRate rate = FiringRate.Of(SpikeTrain.FromSorted(Array.Empty<double>(), TimeIntervals.Empty));
        Assert.True(double.IsNaN(rate.Rate) && double.IsNaN(rate.Lower) && double.IsNaN(rate.Upper));
    }

    // Coverage of an exact discrete interval is at least 95 %; 0.999 bounds the excess. Binomial error at k = 4: false-alarm rate 3e-5.
    [Fact]
    public void Of_ManyPoissonTrains_CoversTheRate()
    {
        const int repetitions = 2000;
        int covered = 0;
        for (int i = 0; i < repetitions; i++)
        {
            FiringRate rate = FiringRate.Of(TestTrains.Poisson((ulong)i + 100, 8, 2));
            if (rate.Lower <= 8 && 8 <= rate.Upper) covered++;
        }

        Assert.InRange((double)covered / repetitions, 0.95 - (4 * Math.Sqrt(0.95 * 0.05 / repetitions)), 0.999);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Of_LevelOutsideZeroToOne_Throws(double level) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FiringRate.Of(TestTrains.On(1), level));
}
