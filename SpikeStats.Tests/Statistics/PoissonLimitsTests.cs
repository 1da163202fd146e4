using System.Text.Json;
using SpikeStats.Statistics;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Statistics;

public sealed class PoissonLimitsTests
{
    private static readonly JsonElement reference = ReferenceFile.Read("statistics");

    [Fact]
    public void MeanInterval_ReferenceCounts_EqualsChiSquaredQuantiles()
    {
        foreach (JsonProperty entry in reference.GetProperty("poissonInterval95").EnumerateObject())
        {
            (double lower, double upper) = PoissonLimits.MeanInterval(long.Parse(entry.Name, System.Globalization.CultureInfo.InvariantCulture), 0.95);
            StatisticalAssert.Close(entry.Value[0].GetDouble(), lower, relative: 1e-9);
            StatisticalAssert.Close(entry.Value[1].GetDouble(), upper, relative: 1e-9);
        }
    }

    // The defining property, summed term by term: at the limits, the tail beyond the observed count has probability 2.5 %.
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(60)]
    public void MeanInterval_AnyCount_LeavesTailsOfTwoAndAHalfPercent(int count)
    {
        (double lower, double upper) = PoissonLimits.MeanInterval(count, 0.95);
        StatisticalAssert.Close(0.025, 1 - Cumulative(count - 1, lower), absolute: 1e-9);
        StatisticalAssert.Close(0.025, Cumulative(count, upper), absolute: 1e-9);
    }

    [Fact]
    public void Quantile_ReferenceMeans_EqualsScipy()
    {
        foreach (JsonElement entry in reference.GetProperty("poissonQuantiles").EnumerateArray())
            Assert.Equal(entry[2].GetDouble(), PoissonLimits.Quantile(entry[1].GetDouble(), entry[0].GetDouble()));
    }

    [Fact]
    public void Quantile_ManyMeans_IsSmallestCountThatReachesTheProbability()
    {
        for (double mean = 0.05; mean < 200; mean *= 1.37)
        {
            foreach (double probability in (double[])[0.005, 0.025, 0.3, 0.975, 0.9999])
            {
                double k = PoissonLimits.Quantile(probability, mean);
                Assert.True(Cumulative((int)k, mean) >= probability - 1e-12);
                Assert.True(k == 0 || Cumulative((int)k - 1, mean) < probability);
            }
        }
    }

    private static double Cumulative(int count, double mean)
    {
        double term = Math.Exp(-mean), sum = 0;
        for (int k = 0; k <= count; term *= mean / ++k) sum += term;
        return sum;
    }
}
