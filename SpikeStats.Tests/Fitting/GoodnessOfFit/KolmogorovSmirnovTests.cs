using System.Text.Json;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.GoodnessOfFit;

public sealed class KolmogorovSmirnovTests
{
    // The expansion that scipy uses for n > 140 outside the tail has this remainder, times 1/n².
    private const double ExpansionRemainder = 0.06;

    [Fact]
    public void Test_TwentyValues_MatchesScipy()
    {
        JsonElement reference = ReferenceFile.Read("goodness-of-fit").At("ks_exact_n20");
        KolmogorovSmirnovResult result = KolmogorovSmirnov.Test(reference.At("u_sorted").Doubles());
        Assert.Equal(20, result.Count);
        StatisticalAssert.Close(reference.Number("D"), result.Statistic, 1e-15);
        StatisticalAssert.Close(reference.Number("p_exact"), result.PValue, 1e-12);
        StatisticalAssert.Close(1.36 / Math.Sqrt(20), result.BandHalfWidth, 1e-15);
    }

    [Fact]
    public void Survival_ReferenceGrid_MatchesScipyAndExactRecursion()
    {
        foreach (JsonElement row in ReferenceFile.Read("kolmogorov-smirnov").At("rows").EnumerateArray())
        {
            int n = row[0].GetInt32();
            double d = row[1].GetDouble(), scipy = row[2].GetDouble();
            double p = KolmogorovDistribution.Survival(n, d);
            StatisticalAssert.Close(scipy, p, 1e-9 + (n > 140 ? ExpansionRemainder / n / n : 0), 1e-6);
            if (n * d * d >= 3) StatisticalAssert.Close(scipy, p, relative: 1e-7);
            if (row[3].ValueKind != JsonValueKind.Null) StatisticalAssert.Close(row[3].GetDouble(), p, 1e-10, 1e-8);
        }
    }

    // The exact recursion and the expansion, either side of the switch: two independent algorithms.
    [Theory]
    [InlineData(0.4)]
    [InlineData(0.6)]
    [InlineData(0.8)]
    [InlineData(1)]
    [InlineData(1.3)]
    [InlineData(1.7)]
    public void Cumulative_AtTheSwitch_AgreesBetweenMethods(double z)
    {
        foreach (int n in new[] { 1001, 7499 })
        {
            double d = z / Math.Sqrt(n);
            StatisticalAssert.Close(DurbinRecursion.Cumulative(n, d), PelzGoodExpansion.Cumulative(n, d), ExpansionRemainder / n / n);
        }
    }

    // The exact recursion and the exact one-sided tail, where twice the tail is all but exact.
    [Theory]
    [InlineData(10)]
    [InlineData(99)]
    [InlineData(1000)]
    public void Survival_AtTheTail_AgreesBetweenMethods(int n)
    {
        double d = Math.Sqrt(3.0 / n);
        StatisticalAssert.Close(1 - DurbinRecursion.Cumulative(n, d), 2 * KolmogorovDistribution.OneSidedTail(n, d), 1e-10);
    }

    // Closed forms: n = 1 gives 2 (1 - d) from 1/2 on and 2 - 2 d below; for d ≤ 1/n it is 1 - n! (2 d - 1/n)^n.
    [Fact]
    public void Survival_SmallCases_MatchesClosedForms()
    {
        foreach (double d in new[] { 0.5001, 0.6, 0.75, 0.999 }) StatisticalAssert.Close(2 * (1 - d), KolmogorovDistribution.Survival(1, d), 1e-14);
        StatisticalAssert.Close(1 - (6 * Math.Pow((2 * 0.25) - (1.0 / 3), 3)), KolmogorovDistribution.Survival(3, 0.25), 1e-14);
        StatisticalAssert.Close(1 - (24 * Math.Pow((2 * 0.2) - 0.25, 4)), KolmogorovDistribution.Survival(4, 0.2), 1e-14);
        // Far out only one value can be responsible: 2 (1 - d)^n.
        StatisticalAssert.Close(2 * Math.Pow(0.2, 6), KolmogorovDistribution.Survival(6, 0.8 + 1e-12), relative: 1e-9, absolute: 2 * 6 * 0.04 * 0.0001);
    }

    [Fact]
    public void Survival_Extremes_AreOneAndZero()
    {
        Assert.Equal(1, KolmogorovDistribution.Survival(10, 0.05));
        Assert.Equal(1, KolmogorovDistribution.Survival(10, -1));
        Assert.Equal(0, KolmogorovDistribution.Survival(10, 1));
        Assert.Equal(0, KolmogorovDistribution.Survival(100_000, 0.5));
        Assert.Equal(1, KolmogorovDistribution.Survival(1_000_000, 1e-5));
        Assert.Throws<ArgumentOutOfRangeException>(() => KolmogorovDistribution.Survival(0, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => KolmogorovDistribution.Survival(10, double.NaN));
    }

    [Fact]
    public void Survival_GrowingStatistic_NeverGrows()
    {
        foreach (int n in new[] { 1, 2, 7, 40, 300, 8000 })
        {
            double previous = 1;
            for (double z = 0.2; z < 4; z += 0.01)
            {
                double p = KolmogorovDistribution.Survival(n, z / Math.Sqrt(n));
                Assert.InRange(p, 0, previous + 1e-10);
                previous = p;
            }
        }
    }

    // P-values of 2000 samples of 25 uniform values are uniform: false-alarm rate 1e-4.
    [Fact]
    public void PValue_UniformSamples_IsUniform()
    {
        RandomStream stream = new(31);
        double[] pValues = new double[2000];
        for (int n = 0; n < pValues.Length; n++)
        {
            double[] sample = [.. Enumerable.Range(0, 25).Select(_ => stream.NextDouble()).Order()];
            pValues[n] = KolmogorovSmirnov.Test(sample).PValue;
        }

        Array.Sort(pValues);
        Assert.InRange(KolmogorovSmirnov.Test(pValues).PValue, 1e-4, 1);
    }

    [Fact]
    public void Statistic_AnySample_MatchesBruteForce()
    {
        RandomStream stream = new(8);
        double[] sample = [.. Enumerable.Range(0, 50).Select(_ => stream.NextDouble()).Order()];
        double largest = 0;
        foreach (double at in sample)
        {
            largest = Math.Max(largest, Math.Abs((sample.Count(value => value <= at) / 50.0) - at));
            largest = Math.Max(largest, Math.Abs((sample.Count(value => value < at) / 50.0) - at));
        }

        StatisticalAssert.Close(largest, KolmogorovSmirnov.Statistic(sample), 1e-15);
        Assert.Equal(1, KolmogorovSmirnov.Statistic([0, 0, 0]));
        Assert.Equal(0.5, KolmogorovSmirnov.Statistic([0.5]));
    }

    [Fact]
    public void Test_NoValue_IsNotANumber()
    {
        KolmogorovSmirnovResult result = KolmogorovSmirnov.Test([]);
        Assert.Equal((0, double.NaN, double.NaN), (result.Count, result.Statistic, result.PValue));
    }

    [Fact]
    public void Statistic_ImpossibleValues_Throws()
    {
        Assert.Throws<ArgumentException>(() => KolmogorovSmirnov.Statistic([]));
        Assert.Throws<ArgumentException>(() => KolmogorovSmirnov.Statistic([0.2, 0.1]));
        Assert.Throws<ArgumentException>(() => KolmogorovSmirnov.Statistic([0.2, 1.1]));
        Assert.Throws<ArgumentException>(() => KolmogorovSmirnov.Statistic([-0.1, 0.1]));
        Assert.Throws<ArgumentException>(() => KolmogorovSmirnov.Statistic([double.NaN]));
    }
}
