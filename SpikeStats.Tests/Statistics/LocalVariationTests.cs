using System.Text.Json;
using SpikeStats.Statistics;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Statistics;

public sealed class LocalVariationTests
{
    [Fact]
    public void Measures_ThreeIntervals_EqualHandCalculation()
    {
        // Intervals 1, 3, 1: both ratios |J - I|/(I + J) are 1/2.
        InterspikeIntervals intervals = InterspikeIntervals.Of(TestTrains.On(10, 1, 2, 5, 6));
        Assert.Equal(1, LocalVariation.Cv2(intervals), 15);
        Assert.Equal(0.75, LocalVariation.Lv(intervals), 15);
        Assert.Equal(0.75 * (1 + (4 * 0.1 / 4)), LocalVariation.LvR(intervals, 0.1), 15);
    }

    [Fact]
    public void Measures_ReferenceTrain_EqualNumpy()
    {
        JsonElement reference = ReferenceFile.Read("statistics");
        InterspikeIntervals intervals = InterspikeIntervals.Of(TestTrains.Reference(1, 20, 30));
        StatisticalAssert.Close(reference.Number("cv2"), LocalVariation.Cv2(intervals), relative: 1e-10);
        StatisticalAssert.Close(reference.Number("lv"), LocalVariation.Lv(intervals), relative: 1e-10);
        StatisticalAssert.Close(reference.Number("lvr5ms"), LocalVariation.LvR(intervals), relative: 1e-10);
    }

    [Fact]
    public void Measures_PairAcrossGap_IsNotUsed()
    {
        TimeIntervals observed = TimeIntervals.FromSorted(new TimeInterval(0, 10), new TimeInterval(10, 20));
        InterspikeIntervals intervals = InterspikeIntervals.Of(SpikeTrain.FromSorted(new double[] { 1, 2, 5, 11, 12, 13 }, observed));
        Assert.Equal((1 + 0) / 2.0, LocalVariation.Cv2(intervals), 15);
    }

    [Fact]
    public void Measures_NoPairOrOnlyZeroIntervals_AreNaN()
    {
        foreach (SpikeTrain train in (SpikeTrain[])[TestTrains.On(1), TestTrains.On(1, 0.1, 0.2), TestTrains.On(1, 0.5, 0.5, 0.5)])
        {
            InterspikeIntervals intervals = InterspikeIntervals.Of(train);
            Assert.True(double.IsNaN(LocalVariation.Cv2(intervals)));
            Assert.True(double.IsNaN(LocalVariation.Lv(intervals)));
            Assert.True(double.IsNaN(LocalVariation.LvR(intervals)));
        }
    }

    [Fact]
    public void LvR_NoRefractoriness_EqualsLv()
    {
        InterspikeIntervals intervals = InterspikeIntervals.Of(TestTrains.Poisson(3, 12, 50));
        Assert.Equal(LocalVariation.Lv(intervals), LocalVariation.LvR(intervals, 0), 12);
    }

    // For exponential intervals I/(I + J) is uniform: CV2 = 2⟨|2U - 1|⟩ = 1 with variance 1/3 per pair, LV = 3⟨(2U - 1)²⟩ = 1 with
    // variance 4/5. Neighbouring pairs share an interval, which adds covariance; twice the variance bounds it. k = 4.
    [Fact]
    public void Measures_PoissonTrain_AreOne()
    {
        InterspikeIntervals intervals = InterspikeIntervals.Of(TestTrains.Poisson(5, 20, 2000));
        StatisticalAssert.WithinStandardErrors(LocalVariation.Cv2(intervals), 1, Math.Sqrt(2.0 / 3 / intervals.Count));
        StatisticalAssert.WithinStandardErrors(LocalVariation.Lv(intervals), 1, Math.Sqrt(1.6 / intervals.Count));
    }

    // For gamma intervals of shape k, LV = 3/(2k + 1) (Shinomoto et al. 2003): I/(I + J) is Beta(k, k).
    [Fact]
    public void Lv_GammaRenewalTrain_EqualsClosedForm()
    {
        InterspikeIntervals intervals = InterspikeIntervals.Of(TestTrains.Renewal(6, 20, 3, TimeIntervals.Of(0, 2000)));
        StatisticalAssert.WithinStandardErrors(LocalVariation.Lv(intervals), 3.0 / 7, Math.Sqrt(1.6 / intervals.Count));
    }
}
