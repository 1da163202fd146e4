using System.Numerics;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;

namespace SpikeStats.Tests.Models.Theory;

public sealed class EffectiveTimeConstantTests
{
    private static readonly WhiteNoiseInput input = new(0.8, Math.Sqrt(0.1));
    private static readonly LeakyTransfer leaky = new(new LeakyIntegrateAndFire { Threshold = 1, Reset = 0, RefractoryPeriod = 0 });

    [Theory]
    [InlineData(1e-4)]
    [InlineData(5e-3)]
    [InlineData(0.1)]
    public void Fit_FirstOrderResponse_IsItsTimeConstant(double timeConstant)
    {
        FittedTimeConstant found = EffectiveTimeConstant.Fit(new Filter(frequency => 7 / new Complex(1, 2 * Math.PI * frequency * timeConstant)), input);
        Assert.Equal(1, found.TimeConstant / timeConstant, 1e-6);
        Assert.InRange(found.Misfit, 0, 1e-6);
    }

    [Fact]
    public void Fit_StaticOrRisingResponse_IsZero()
    {
        FittedTimeConstant flat = EffectiveTimeConstant.Fit(new Filter(_ => 3), input), rising = EffectiveTimeConstant.Fit(new Filter(frequency => new Complex(1, 0.01 * frequency)), input);
        Assert.Equal(new FittedTimeConstant(0, 0), flat);
        Assert.Equal(0, rising.TimeConstant);
        Assert.True(rising.Misfit > 0.5);
    }

    // The least distance on a grid of time constants, by the plain sum over 4000 frequencies.
    [Fact]
    public void Fit_LeakyNeuron_IsTheBestOfABruteForceSearch()
    {
        FittedTimeConstant found = EffectiveTimeConstant.Fit(leaky, input);
        const int Cells = 4000;
        double gain = leaky.Susceptibility(input, 0).Real;
        Complex[] response = [.. Enumerable.Range(0, Cells).Select(k => leaky.Susceptibility(input, (k + 0.5) * 1000 / Cells) / gain)];
        double size = response.Sum(value => value.Magnitude * value.Magnitude);
        Assert.Equal(Distance(found.TimeConstant), found.Misfit, 1e-4);
        foreach (double factor in (double[])[0.8, 0.98, 1.02, 1.2]) Assert.True(Distance(factor * found.TimeConstant) > Distance(found.TimeConstant));

        double Distance(double timeConstant)
        {
            double sum = 0;
            for (int k = 0; k < Cells; k++) sum += Math.Pow((response[k] - (1 / new Complex(1, 2 * Math.PI * (k + 0.5) * 1000 / Cells * timeConstant))).Magnitude, 2);
            return Math.Sqrt(sum / size);
        }
    }

    [Fact]
    public void Fit_NeuronDrivenByItsMean_HasALargeMisfit()
    {
        FittedTimeConstant noisy = EffectiveTimeConstant.Fit(leaky, input), driven = EffectiveTimeConstant.Fit(leaky, new WhiteNoiseInput(1.2, Math.Sqrt(0.004)));
        Assert.True(noisy.Misfit < driven.Misfit);
        Assert.True(driven.TimeConstant < 0.1 * noisy.TimeConstant);
    }

    // ν/(2πif τ Δ) is the response at high frequency, and the static gain over it the time constant.
    [Theory]
    [InlineData(15e-3, 6e-3)]
    [InlineData(25e-3, 4e-3)]
    public void OfSpikeOnset_HasTheGainAtRestAndAtHighFrequency(double mean, double sigma)
    {
        ExponentialIntegrateAndFire neuron = new() { Sharpness = 3.5e-3, Threshold = 60e-3 };
        ThresholdTransfer transfer = new(neuron, 2000);
        WhiteNoiseInput at = new(mean, sigma);
        double found = EffectiveTimeConstant.OfSpikeOnset(neuron, at), gain = transfer.Susceptibility(at, 0).Real;
        Complex high = 2 * Math.PI * 2000 * Complex.ImaginaryOne * transfer.Susceptibility(at, 2000);
        Assert.Equal(1, high.Real * found / gain, 0.03);

        // Ostojic and Brunel: for strong noise the whole response is nearly of that form.
        FittedTimeConstant fitted = EffectiveTimeConstant.Fit(new ThresholdTransfer(neuron), new WhiteNoiseInput(mean, 2 * sigma));
        Assert.InRange(fitted.TimeConstant / EffectiveTimeConstant.OfSpikeOnset(neuron, new WhiteNoiseInput(mean, 2 * sigma)), 0.8, 1.25);
        Assert.InRange(fitted.Misfit, 0, 0.2);
    }

    [Fact]
    public void Fit_SilentNeuronOrBadBand_SaysWhatIsWrong()
    {
        Assert.Contains("silent", Assert.Throws<ArgumentException>(() => EffectiveTimeConstant.Fit(leaky, new WhiteNoiseInput(-1, 0.01))).Message, StringComparison.Ordinal);
        Assert.Contains("silent", Assert.Throws<ArgumentException>(() => EffectiveTimeConstant.OfSpikeOnset(new ExponentialIntegrateAndFire(), new WhiteNoiseInput(-1, 1e-3))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => EffectiveTimeConstant.Fit(leaky, input, 0));
    }

    private sealed class Filter(Func<double, Complex> response) : IRateTransfer
    {
        public double Rate(WhiteNoiseInput input) => 10;

        public double CoefficientOfVariation(WhiteNoiseInput input) => 1;

        public Complex Susceptibility(WhiteNoiseInput input, double frequency) => response(frequency);

        public double PowerSpectrum(WhiteNoiseInput input, double frequency) => 10;
    }
}
