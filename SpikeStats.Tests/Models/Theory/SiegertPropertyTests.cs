using FsCheck;
using FsCheck.Fluent;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Theory;

public sealed class SiegertPropertyTests
{
    private static readonly LeakyIntegrateAndFire neuron = new();

    // Means and noise over 600 orders of magnitude, and such as neurons have.
    private static Gen<(double Mean, double Sigma)> Extreme { get; } =
        from sign in Gen.Elements(-1.0, 1.0)
        from size in Gen.Choose(-300, 300)
        from spread in Gen.Choose(-300, 300)
        from digits in Gen.Choose(1000, 9999)
        from isUsual in Gen.Elements(true, false)
        select isUsual ? (sign * digits * 1e-5, Math.Pow(10, spread / 100.0) * 1e-3) : (sign * digits * Math.Pow(10, size - 4), Math.Pow(10, spread));

    private static Gen<(double Mean, double Sigma)> Usual { get; } =
        from mean in Gen.Choose(-5000, 45_000)
        from sigma in Gen.Choose(300, 20_000)
        select (1e-6 * mean, 1e-6 * sigma);

    [Fact]
    public void Evaluate_ExtremeInputs_IsDefinedAndBelowTheInverseOfTheRefractoryPeriod() => PropertyAssert.Holds(
        Extreme,
        given =>
        {
            SiegertRate found = Siegert.Evaluate(neuron, new WhiteNoiseInput(given.Mean, given.Sigma));

            // But for rounding.
            Assert.InRange(found.Rate, 0, (1 + 1e-15) / neuron.RefractoryPeriod);
            Assert.False(double.IsNaN(found.LogRate) || double.IsNaN(found.SlopeInMean) || double.IsNaN(found.SlopeInSigma));
            Assert.True(found.SlopeInMean >= 0 && found.SlopeInSigma >= 0);
            Assert.Equal(found.Rate, Siegert.Rate(neuron, new WhiteNoiseInput(given.Mean, given.Sigma)));
        },
        count: 3000);

    [Fact]
    public void Rate_RisesWithTheMean() => PropertyAssert.Holds(
        Extreme,
        given =>
        {
            double here = Siegert.Evaluate(neuron, new WhiteNoiseInput(given.Mean, given.Sigma)).LogRate;
            double above = Siegert.Evaluate(neuron, new WhiteNoiseInput(given.Mean + Math.Max(1e-6, 1e-4 * Math.Abs(given.Mean)), given.Sigma)).LogRate;
            Assert.True(above >= here - (1e-13 * Math.Abs(here)));
        },
        count: 2000);

    [Fact]
    public void Slopes_AreThoseOfFiniteDifferences() => PropertyAssert.Holds(Usual, given =>
    {
        SiegertRate found = Siegert.Evaluate(neuron, new WhiteNoiseInput(given.Mean, given.Sigma));
        if (found.Rate < 1e-250) return;
        const double Step = 1e-7;
        double Log(double mean, double sigma) => Siegert.Evaluate(neuron, new WhiteNoiseInput(mean, sigma)).LogRate;
        double inMean = (Log(given.Mean + Step, given.Sigma) - Log(given.Mean - Step, given.Sigma)) / (2 * Step);
        double inSigma = (Log(given.Mean, given.Sigma + Step) - Log(given.Mean, given.Sigma - Step)) / (2 * Step);
        StatisticalAssert.Close(found.SlopeInMean / found.Rate, inMean, absolute: 1e-5, relative: 1e-6);
        StatisticalAssert.Close(found.SlopeInSigma / found.Rate, inSigma, absolute: 1e-5, relative: 1e-6);
    });

    [Fact]
    public void Rate_InOtherUnits_IsTheSame() => PropertyAssert.Holds(Usual, given =>
    {
        // Powers of two change no digit.
        const double Volts = 1024, Seconds = 512;
        LeakyIntegrateAndFire other = new()
        {
            TimeConstant = neuron.TimeConstant * Seconds,
            RefractoryPeriod = neuron.RefractoryPeriod * Seconds,
            Threshold = neuron.Threshold * Volts,
            Reset = neuron.Reset * Volts,
        };
        Assert.Equal(Siegert.Rate(neuron, new WhiteNoiseInput(given.Mean, given.Sigma)), Seconds * Siegert.Rate(other, new WhiteNoiseInput(given.Mean * Volts, given.Sigma * Volts)));
    });

    [Fact]
    public void Rates_OfAGrid_AgreeWithQuadratureToThirteenDigits()
    {
        double[][] rows = [.. ReferenceFile.Read("siegert-grid").GetProperty("rows").EnumerateArray().Select(row => row.Doubles())];
        LeakyIntegrateAndFire inMillivolts = new() { TimeConstant = 20, RefractoryPeriod = 2, Threshold = 20, Reset = 10 };

        double[] rates = Siegert.Rates(inMillivolts, [.. rows.Select(row => row[0])], [.. rows.Select(row => row[1])]);

        for (int i = 0; i < rows.Length; i++) StatisticalAssert.Close(rows[i][2], rates[i], relative: 1e-13, absolute: 1e-300);
    }

    [Theory]
    [InlineData(1e-2)]
    [InlineData(1e-1)]
    [InlineData(1)]
    public void Integral_OnEitherSideOfAShortWay_IsTheSame(double factor)
    {
        // The change from the sum to the difference, in all three regions: a narrow reset against the sum over two halves, which is taken differently.
        foreach (double mean in (double[])[-0.03, -0.01, 0.005, 0.0199, 0.02, 0.03, 0.08])
        {
            foreach (double sigma in (double[])[1e-3, 5e-3, 2e-2])
            {
                for (double width = 1e-5; width < 1e-2; width *= 1.3)
                {
                    LeakyIntegrateAndFire whole = Between(0.02 - (width * factor), 0.02), lower = Between(0.02 - (width * factor), 0.02 - (0.5 * width * factor)), upper = Between(0.02 - (0.5 * width * factor), 0.02);
                    WhiteNoiseInput input = new(mean, sigma);
                    double first = Math.Exp(-Siegert.Evaluate(lower, input).LogRate), second = Math.Exp(-Siegert.Evaluate(upper, input).LogRate);
                    StatisticalAssert.Close(first + second, Math.Exp(-Siegert.Evaluate(whole, input).LogRate), relative: 3e-13);
                }
            }
        }

        static LeakyIntegrateAndFire Between(double reset, double threshold) => new() { Reset = reset, Threshold = threshold, RefractoryPeriod = 0 };
    }

    [Theory]
    [InlineData(double.NaN, 0.005)]
    [InlineData(double.PositiveInfinity, 0.005)]
    [InlineData(0.015, double.NaN)]
    [InlineData(0.015, -1e-9)]
    public void Input_OutOfRange_IsRefused(double mean, double sigma)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new WhiteNoiseInput(mean, sigma));
        Assert.Contains("Input 1", Assert.Throws<ArgumentException>(() => Siegert.Rates(neuron, [0.01, mean], [0.005, sigma])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reset_NotBelowThreshold_IsRefused()
    {
        LeakyIntegrateAndFire wrong = new() { Reset = 0.02 };
        Assert.Contains("reset", Assert.Throws<ArgumentException>(() => Siegert.Rate(wrong, new WhiteNoiseInput(0.015, 0.005))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SiegertInverse.Mean(wrong, 10, 0.005));
        Assert.Throws<ArgumentException>(() => DeterministicRate.At(wrong, 0.03));
        Assert.Empty(Siegert.Rates(neuron, [], []));
    }

    [Fact]
    public void Noise_GoingToZero_GivesTheDeterministicRateAndItsFirstCorrection()
    {
        const double Mean = 0.025, Sigma = 1e-5;
        double distance = Mean - neuron.Threshold, whole = Mean - neuron.Reset;
        double correction = 0.25 * neuron.TimeConstant * Sigma * Sigma * ((1 / (whole * whole)) - (1 / (distance * distance)));
        StatisticalAssert.Close((1 / DeterministicRate.At(neuron, Mean)) + correction, 1 / Siegert.Rate(neuron, new WhiteNoiseInput(Mean, Sigma)), relative: 1e-10);
        Assert.Equal(DeterministicRate.At(neuron, Mean), Siegert.Rate(neuron, new WhiteNoiseInput(Mean, 0)));
        Assert.Equal(0, Siegert.Rate(neuron, new WhiteNoiseInput(neuron.Threshold, 0)));
    }
}
