using SpikeStats.Models.ScalarFunctions;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.ScalarFunctions;

public sealed class NormalTailTests
{
    // Values of R 4.2.2: pnorm(x, log.p = TRUE); Mills' ratio by its continued fraction.
    [Theory]
    [InlineData(-5, -15.06499839)]
    [InlineData(-10, -53.23128515)]
    [InlineData(-40, -804.60844201)]
    [InlineData(-100, -5005.52420869)]
    public void LogProbability_FarBelow_IsRs(double x, double expected) => StatisticalAssert.Close(expected, NormalTail.LogProbability(x), absolute: 1e-8);

    [Fact]
    public void NormalTail_OnBothSidesOfTheSwitch_IsTheContinuedFraction()
    {
        for (double x = -30; x <= -4; x += 0.37)
        {
            double t = -x, fraction = t;
            for (int k = 400; k >= 1; k--) fraction = t + (k / fraction);
            (double slope, double curvature) = NormalTail.Derivatives(x);
            StatisticalAssert.Close(fraction, slope, relative: 1e-13);
            StatisticalAssert.Close(fraction * (fraction - t), curvature, relative: 1e-10);
        }
    }

    [Theory]
    [InlineData(-3.0)]
    [InlineData(-0.2)]
    [InlineData(0.0)]
    [InlineData(1.7)]
    [InlineData(9.0)]
    public void Tails_AreThoseOfTheNormalDistribution(double x)
    {
        double probability = MathNet.Numerics.Distributions.Normal.CDF(0, 1, x), density = MathNet.Numerics.Distributions.Normal.PDF(0, 1, x);
        StatisticalAssert.Close(Math.Log(probability), NormalTail.LogProbability(x), absolute: 1e-15, relative: 1e-13);
        StatisticalAssert.Close(density / probability, NormalTail.Derivatives(x).Slope, relative: 1e-13);
        StatisticalAssert.Close(probability / density, NormalTail.MillsRatio(-x), relative: 1e-13);
    }
}
