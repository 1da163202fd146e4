using SpikeStats.Statistics;

namespace SpikeStats.Tests.Statistics;

public sealed class RefractoryViolationsTests
{
    [Fact]
    public void Of_IntervalsAroundThePeriod_CountsOnlyShorterOnes()
    {
        // 45 ticks of 30 kHz are exactly the period of 1.5 ms, which is no violation; 44 are one.
        double[] times = [.. new int[] { 30_000_000, 30_000_045, 30_000_089, 30_000_134, 30_000_200 }.Select(tick => tick / 30000.0)];
        RefractoryViolations violations = RefractoryViolations.Of(TestTrains.On(2000, times));
        Assert.Equal(1, violations.Count);
        Assert.Equal(0.25, violations.Fraction);
        Assert.Equal(0.0015, violations.RefractoryPeriod);
    }

    [Fact]
    public void Of_ShortIntervalAcrossGap_IsNoViolation()
    {
        TimeIntervals observed = TimeIntervals.FromSorted(new TimeInterval(0, 1), new TimeInterval(1, 2));
        RefractoryViolations violations = RefractoryViolations.Of(SpikeTrain.FromSorted(new double[] { 0.5, 0.9999, 1.0001 }, observed));
        Assert.Equal(0, violations.Count);
        Assert.Equal(0, violations.Fraction);
    }

    [Fact]
    public void Of_NoIntervals_HasNoFraction()
    {
        RefractoryViolations violations = RefractoryViolations.Of(TestTrains.On(1, 0.5));
        Assert.Equal(0, violations.Count);
        Assert.True(double.IsNaN(violations.Fraction));
        Assert.Throws<ArgumentOutOfRangeException>(() => RefractoryViolations.Of(TestTrains.On(1), 0));
    }
}
