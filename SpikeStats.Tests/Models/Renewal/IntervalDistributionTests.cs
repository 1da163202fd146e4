using System.Text.Json;
using MathNet.Numerics.Integration;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Models.Renewal;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Renewal;

public sealed class IntervalDistributionTests
{
    // The series on one side of a = 10^6, the asymptotic expansion on the other; far beyond, √(π τ / 2 λ), where the series would not end in a lifetime.
    [Fact]
    public void RecoveringHazard_MeanOfSlowRecovery_IsContinuousAndQuick()
    {
        StatisticalAssert.Close(new RecoveringHazard(1, 1e6).Mean, new RecoveringHazard(1, 1e6 * (1 + 1e-12)).Mean, relative: 2e-12);
        StatisticalAssert.Close(Math.Sqrt(Math.PI / 2 * 1e30), new RecoveringHazard(1, 1e30).Mean, relative: 1e-12);
    }

    private static readonly JsonElement reference = ReferenceFile.Read("renewal");

    /// <summary>Every distribution, regular and irregular.</summary>
    private static readonly IntervalDistribution[] distributions =
    [
        new Exponential(12), new Gamma(4.5, 90), new Gamma(0.4, 8), new Gamma(1, 20), new Gamma(300, 3000), new InverseGaussian(0.05, 0.2), new InverseGaussian(0.1, 0.01),
        new Lognormal(-3, 0.6), new Weibull(1.7, 0.06), new Weibull(0.6, 0.06), new Weibull(1, 0.1), new LogLogistic(2.8, 0.04), new LogLogistic(0.8, 0.04),
        new RecoveringHazard(50, 0.01), new RecoveringHazard(80, 0.02, 0.003), new RecoveringHazard(30, 1e-4),
    ];

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, distributions.Length)];

    [Fact]
    public void LogDensityAndLogSurvivor_MatchSciPy()
    {
        foreach (JsonElement expected in reference.GetProperty("distributions").EnumerateArray())
        {
            IntervalDistribution distribution = Create(expected);
            foreach (double[] row in expected.GetProperty("rows").EnumerateArray().Select(row => row.Doubles()))
            {
                StatisticalAssert.Close(row[1], distribution.LogDensity(row[0]), absolute: 1e-11, relative: 1e-11);
                StatisticalAssert.Close(row[2], distribution.LogSurvivor(row[0]), absolute: 1e-15, relative: 1e-10);
            }
        }
    }

    [Fact]
    public void Moments_MatchSciPy()
    {
        foreach (JsonElement expected in reference.GetProperty("distributions").EnumerateArray())
        {
            IntervalDistribution distribution = Create(expected);
            StatisticalAssert.Close(expected.Number("mean"), distribution.Mean, relative: 1e-12);
            StatisticalAssert.Close(expected.Number("variance"), distribution.Variance, relative: 1e-10);
            StatisticalAssert.Close(expected.Number("residual"), distribution.MeanResidualLife(expected.Number("residualAt")), relative: 1e-7);
        }
    }

    [Fact]
    public void RecoveringHazard_AllRowsOfTheRateModels_AreMet()
    {
        foreach (JsonElement row in ReferenceFile.Read("rate-models").GetProperty("recovery_hazard").EnumerateArray())
        {
            RecoveringHazard distribution = new(row.Number("lambda_Hz"), row.Number("tau_s"));
            StatisticalAssert.Close(row.Number("mean_ISI_closed_form"), distribution.Mean, relative: 1e-11);
            StatisticalAssert.Close(row.Number("CV"), distribution.CoefficientOfVariation, relative: 1e-9);
        }
    }

    // The closed form of the mean and the quadrature of the CV, to the digits of the reference.
    [Fact]
    public void RecoveringHazard_Moments_MatchTheReference()
    {
        foreach (JsonElement expected in reference.GetProperty("recoveringHazard").EnumerateArray())
        {
            RecoveringHazard distribution = new(expected.Number("peakRate"), expected.Number("recoveryTime"));
            StatisticalAssert.Close(expected.Number("mean"), distribution.Mean, absolute: 5e-11);
            StatisticalAssert.Close(expected.Number("cv"), distribution.CoefficientOfVariation, absolute: 5e-8);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Density_IntegratedUpToATime_IsWhatTheSurvivorLacks(int index)
    {
        IntervalDistribution distribution = distributions[index];
        double scale = double.IsFinite(distribution.Mean) ? distribution.Mean : 0.04;
        foreach (double factor in (double[])[0.3, 0.9, 1.1, 3])
        {
            double from = 0.1 * scale, to = factor * scale;
            double expected = GaussKronrodRule.Integrate(distribution.Density, from, to, out _, out _, 1e-10, 8);
            StatisticalAssert.Close(expected, distribution.Survivor(from) - distribution.Survivor(to), absolute: 1e-8);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Hazard_IsTheSlopeOfTheLogSurvivor(int index)
    {
        IntervalDistribution distribution = distributions[index];
        double scale = double.IsFinite(distribution.Mean) ? distribution.Mean : 0.04;
        foreach (double factor in (double[])[0.5, 1, 2, 20])
        {
            double time = factor * scale, step = 1e-4 * time;
            double slope = (distribution.LogSurvivor(time - step) - distribution.LogSurvivor(time + step)) / (2 * step);
            StatisticalAssert.Close(slope, distribution.Hazard(time), absolute: 1e-7 / scale, relative: 1e-5);
        }
    }

    // The silence of a train in equilibrium ends with the density S / mean.
    [Theory]
    [MemberData(nameof(Cases))]
    public void EquilibriumSurvivor_HasTheSlopeOfTheSurvivorOverTheMean(int index)
    {
        IntervalDistribution distribution = distributions[index];
        if (!double.IsFinite(distribution.Mean))
        {
            Assert.True(double.IsNaN(distribution.LogEquilibriumSurvivor(1)));
            return;
        }

        Assert.Equal(0, distribution.LogEquilibriumSurvivor(0));
        foreach (double factor in (double[])[0.5, 0.9, 1.5, 3])
        {
            double time = factor * distribution.Mean, step = 1e-3 * time;
            double ended = GaussKronrodRule.Integrate(distribution.Survivor, time - step, time + step, out _, out _, 1e-10, 5) / distribution.Mean;
            double expected = Math.Exp(distribution.LogEquilibriumSurvivor(time - step)) - Math.Exp(distribution.LogEquilibriumSurvivor(time + step));
            StatisticalAssert.Close(ended, expected, absolute: 1e-10);
        }
    }

    // One Kolmogorov-Smirnov test per distribution at 1e-4: false-alarm rate 1.6e-3 for all.
    [Theory]
    [MemberData(nameof(Cases))]
    public void Sample_FollowsTheDistribution(int index)
    {
        RandomStream stream = new(seed: 40, unit: (uint)index);
        double[] uniforms = [.. Enumerable.Range(0, 4000).Select(_ => distributions[index].Survivor(distributions[index].Sample(stream))).Order()];
        Assert.True(KolmogorovSmirnov.Test(uniforms).PValue > 1e-4);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Edges_NegativeZeroAndInfiniteTimes_AreDefined(int index)
    {
        IntervalDistribution distribution = distributions[index];
        Assert.Equal((double.NegativeInfinity, 0, 0), (distribution.LogDensity(-1), distribution.LogSurvivor(-1), distribution.Hazard(-1)));
        Assert.Equal(0, distribution.LogSurvivor(0));
        Assert.False(double.IsNaN(distribution.LogDensity(0)));
        Assert.Equal(double.NegativeInfinity, distribution.LogSurvivor(double.PositiveInfinity));
    }

    [Fact]
    public void Parameters_Impossible_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Exponential(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Gamma(-1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new InverseGaussian(1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lognormal(double.PositiveInfinity, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Weibull(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LogLogistic(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RecoveringHazard(1, 1, -0.001));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Gamma(1, 2) with { Rate = 0 });
    }

    private static IntervalDistribution Create(JsonElement expected)
    {
        double[] p = expected.GetProperty("parameters").Doubles();
        return expected.GetProperty("name").GetString() switch
        {
            "exponential" => new Exponential(p[0]),
            "gamma" => new Gamma(p[0], p[1]),
            "inverse-gaussian" => new InverseGaussian(p[0], p[1]),
            "lognormal" => new Lognormal(p[0], p[1]),
            "weibull" => new Weibull(p[0], p[1]),
            _ => new LogLogistic(p[0], p[1]),
        };
    }
}
