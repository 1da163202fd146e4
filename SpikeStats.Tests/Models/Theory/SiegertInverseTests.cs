using FsCheck;
using FsCheck.Fluent;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Theory;

public sealed class SiegertInverseTests
{
    private static readonly LeakyIntegrateAndFire neuron = new();

    [Fact]
    public void Mean_OfARate_GivesTheRateBack() => PropertyAssert.Holds(
        from logRate in Gen.Choose(-60_000, 2690)
        from logSigma in Gen.Choose(-700, -50)
        from isQuiet in Gen.Elements(false, false, true)
        select (Rate: Math.Pow(10, logRate / 1000.0), Sigma: isQuiet ? 0 : Math.Pow(10, logSigma / 100.0)),
        given =>
        {
            double mean = SiegertInverse.Mean(neuron, given.Rate, given.Sigma);

            // A mean in doubles gives the rate only as exactly as the rate is steep.
            SiegertRate found = Siegert.Evaluate(neuron, new WhiteNoiseInput(mean, given.Sigma));
            double tolerance = 1e-12 + (found.Rate > 0 ? 4e-16 * (Math.Abs(mean) + neuron.Threshold) * found.SlopeInMean / found.Rate : 1);
            StatisticalAssert.Close(given.Rate, found.Rate, relative: tolerance);
        });

    [Fact]
    public void Sigma_OfARate_GivesTheRateBack() => PropertyAssert.Holds(
        from logRate in Gen.Choose(-20_000, 2690)
        from mean in Gen.Choose(-50, 50)
        select (Rate: Math.Pow(10, logRate / 1000.0), Mean: mean * 1e-3),
        given =>
        {
            if (given.Rate <= DeterministicRate.At(neuron, given.Mean))
            {
                Assert.Contains("without any", Assert.Throws<ArgumentOutOfRangeException>(() => SiegertInverse.Sigma(neuron, given.Rate, given.Mean)).Message, StringComparison.Ordinal);
                return;
            }

            double sigma = SiegertInverse.Sigma(neuron, given.Rate, given.Mean);

            if (given.Mean == neuron.Threshold && sigma == 0) return;
            StatisticalAssert.Close(given.Rate, Siegert.Rate(neuron, new WhiteNoiseInput(given.Mean, sigma)), relative: 1e-11);
        });

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(500)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Inverse_OfARateThatNoInputGives_SaysWhichRatesThereAre(double rate)
    {
        Assert.Contains("below 1/t_ref = 500 Hz", Assert.Throws<ArgumentOutOfRangeException>(() => SiegertInverse.Mean(neuron, rate, 5e-3)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => SiegertInverse.Sigma(neuron, rate, 5e-3));
        Assert.Throws<ArgumentOutOfRangeException>(() => DeterministicRate.Mean(neuron, rate));
    }

    [Fact]
    public void Mean_RisesWithTheRate()
    {
        double before = double.NegativeInfinity;
        for (double rate = 1e-200; rate < 500; rate *= rate < 1e-3 ? 1e10 : 1.07)
        {
            double mean = SiegertInverse.Mean(neuron, rate, 4e-3);
            Assert.True(mean > before);
            before = mean;
        }
    }
}
