using SpikeStats.Models.Ensembles;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Ensembles;

/// <summary>How the error of every scheme falls with the step.</summary>
public sealed class EnsembleConvergenceTests
{
    private static readonly LeakyIntegrateAndFire neuron = new();
    private static readonly WhiteNoiseInput input = new(15e-3, 5e-3);

    // Steps of a time constant and of half of it, seed 1. The order is uncertain by 0.05: half an order is some ten standard errors.
    [Fact]
    public void Bridge_ErrorOfTheRate_IsOfSecondOrder()
    {
        double coarse = Error(SteppingScheme.Bridge, 20e-3, 4000, 200), fine = Error(SteppingScheme.Bridge, 10e-3, 4000, 200);
        Assert.True(Math.Abs(coarse) < 0.3, $"{coarse} of the rate");
        Assert.InRange(Math.Log2(Math.Abs(coarse / fine)), 1.5, 2.5);
    }

    // Steps of 0.4 and 0.1 ms, seed 1; uncertain by 0.02.
    [Theory]
    [InlineData(SteppingScheme.Grid)]
    [InlineData(SteppingScheme.Euler)]
    public void ThresholdAtSteps_ErrorOfTheRate_IsOfOrderOneHalf(SteppingScheme scheme)
    {
        double coarse = Error(scheme, 0.4e-3, 2000, 20), fine = Error(scheme, 0.1e-3, 2000, 20);
        Assert.True(fine < -0.03, $"{fine} of the rate");
        Assert.InRange(Math.Log2(coarse / fine) / 2, 0.4, 0.6);
    }

    // Without noise the splitting is the only error: intervals of an exponential neuron at 1, 0.5 and 0.25 ms against the quadrature of τ/(F + μ).
    [Fact]
    public void SplittingOfTheExponentialNeuron_ErrorOfTheInterval_IsOfSecondOrder()
    {
        ExponentialIntegrateAndFire exponential = new();
        const double Mean = 25e-3;
        double expected = exponential.RefractoryPeriod + Quadrature(exponential, Mean);
        double[] errors = [.. ((double[])[1e-3, 0.5e-3, 0.25e-3]).Select(step => MeanInterval(exponential, Mean, step) - expected)];
        Assert.True(Math.Abs(errors[^1]) < 2e-5, $"{errors[^1]} s");
        Assert.InRange(Math.Log2(Math.Abs(errors[0] / errors[1])), 1.7, 2.3);
        Assert.InRange(Math.Log2(Math.Abs(errors[1] / errors[2])), 1.7, 2.3);
    }

    // And of the quadratic neuron nothing is split: exact whatever the step.
    [Theory]
    [InlineData(10e-3, 0.1e-3)]
    [InlineData(10e-3, 3e-3)]
    [InlineData(40e-3, 7e-3)]
    public void QuadraticNeuron_WithoutNoise_HasTheIntervalOfTheClosedForm(double mean, double step)
    {
        QuadraticIntegrateAndFire quadratic = new();

        // τ dw/dt = w²/V_s + b about the middle of 10 mV, b = μ - 5 mV.
        double b = mean - 5e-3, edge = Math.Sqrt(b * quadratic.Scale), speed = Math.Sqrt(b / quadratic.Scale);
        double passage = quadratic.TimeConstant / speed * (Math.Atan(190e-3 / edge) - Math.Atan(-60e-3 / edge));
        StatisticalAssert.Close(passage + quadratic.RefractoryPeriod, MeanInterval(quadratic, mean, step), relative: 1e-10);
    }

    // A step a hundred times as long changes the rate by no more than the noise of the simulation: 4 standard errors.
    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    public void Splitting_RateUnderNoise_AgreesWithThresholdIntegrationForShortAndLongSteps(double mean)
    {
        WhiteNoiseInput noise = new(mean * 1e-3, 6e-3);
        ExponentialIntegrateAndFire exponential = new();
        double expected = new ThresholdTransfer(exponential).Rate(noise);
        foreach (double step in (double[])[0.1e-3, 0.4e-3])
        {
            EnsembleRate found = EnsembleRate.Of(new IntegrateAndFireEnsemble(exponential, noise, new EnsembleOptions { Count = 100, TimeStep = step, WarmUp = 0.2 }), 10, seed: 1);
            StatisticalAssert.WithinStandardErrors(found.Rate, expected, found.StandardError);
        }
    }

    [Fact]
    public void QuadraticNeuron_RateUnderNoise_AgreesWithThresholdIntegration()
    {
        QuadraticIntegrateAndFire quadratic = new();
        WhiteNoiseInput noise = new(3e-3, 8e-3);
        EnsembleRate found = EnsembleRate.Of(new IntegrateAndFireEnsemble(quadratic, noise, new EnsembleOptions { Count = 100, TimeStep = 0.2e-3, WarmUp = 0.2 }), 10, seed: 1);
        StatisticalAssert.WithinStandardErrors(found.Rate, new ThresholdTransfer(quadratic).Rate(noise), found.StandardError);
    }

    private static double Error(SteppingScheme scheme, double step, int count, double duration)
    {
        EnsembleOptions options = new() { Count = count, Scheme = scheme, TimeStep = step, WarmUp = 0.4 };
        return (EnsembleRate.Of(new IntegrateAndFireEnsemble(neuron, input, options), duration, seed: 1).Rate / Siegert.Rate(neuron, input)) - 1;
    }

    private static double MeanInterval(IntegrateAndFireNeuron neuron, double mean, double step)
    {
        ReadOnlySpan<double> times = new IntegrateAndFireEnsemble(neuron, new WhiteNoiseInput(mean, 0), new EnsembleOptions { TimeStep = step }).Simulate(2, 1)[0].Times;
        return (times[^1] - times[0]) / (times.Length - 1);
    }

    private static double Quadrature(IntegrateAndFireNeuron neuron, double mean)
    {
        const int Panels = 200_000;
        double width = (neuron.Threshold - neuron.Reset) / Panels, sum = 0;
        for (int i = 0; i < Panels; i++) sum += width * neuron.TimeConstant / (neuron.Drift(neuron.Reset + ((i + 0.5) * width)) + mean);
        return sum;
    }
}
