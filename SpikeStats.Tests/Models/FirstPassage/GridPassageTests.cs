using SpikeStats.Models.Ensembles;
using SpikeStats.Models.FirstPassage;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.RandomStreams;
using SpikeStats.Statistics;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.FirstPassage;

/// <summary>Intervals from a grid against the inverted transform of the leaky neuron, threshold integration, and simulated exponential neurons.</summary>
public sealed class GridPassageTests
{
    [Theory]
    [InlineData(15e-3, 5e-3)]
    [InlineData(25e-3, 2e-3)]
    [InlineData(20e-3, 5e-3)]
    [InlineData(10e-3, 5e-3)]
    public void LeakyNeuron_HasTheLawOfTheInvertedTransform(double mean, double sigma)
    {
        WhiteNoiseInput input = new(mean, sigma);
        LeakyPassage exact = new(new LeakyIntegrateAndFire(), input);
        GridPassage grid = new(new LeakyIntegrateAndFire(), input);
        int compared = 0;
        for (double time = 3e-3; time < 0.7; time *= 1.07)
        {
            Assert.Equal(exact.Survivor(time), grid.Survivor(time), 1e-4);
            double share = exact.Hazard(time) / exact.Hazard(0.4);
            if (share < 1e-6 || exact.LogSurvivor(time) < -20) continue;
            Assert.Equal(exact.LogDensity(time), grid.LogDensity(time), share < 1e-3 ? 0.03 : 2e-3);
            compared++;
        }

        Assert.True(compared > 20);
        StatisticalAssert.Close(exact.Mean, grid.Mean, relative: 1e-9);
        StatisticalAssert.Close(exact.Variance, grid.Variance, relative: 1e-8);
    }

    [Theory]
    [InlineData(10e-3, 10e-3)]
    [InlineData(25e-3, 5e-3)]
    public void ExponentialNeuron_HasTheMeanAndVariationOfThresholdIntegration(double mean, double sigma)
    {
        ExponentialIntegrateAndFire neuron = new();
        WhiteNoiseInput input = new(mean, sigma);
        GridPassage grid = new(neuron, input);
        ThresholdTransfer transfer = new(neuron, 3200);
        StatisticalAssert.Close(1 / transfer.Rate(input), grid.Mean, relative: 1e-5);
        StatisticalAssert.Close(transfer.CoefficientOfVariation(input), grid.CoefficientOfVariation, relative: 1e-4);

        // The same by the survivor: ∫ S and 2 ∫ t S.
        double first = 0, second = 0;
        const double Step = 5e-5;
        for (double time = 0.5 * Step; grid.LogSurvivor(time) > -25; time += Step)
        {
            first += grid.Survivor(time) * Step;
            second += 2 * time * grid.Survivor(time) * Step;
        }

        StatisticalAssert.Close(grid.Mean, first, relative: 1e-3);
        StatisticalAssert.Close(grid.Variance, second - (first * first), relative: 3e-3);
    }

    // One test at the level 1e-3 with a fixed seed.
    [Fact]
    public void ExponentialNeuron_Simulated_HasTheIntervals()
    {
        ExponentialIntegrateAndFire neuron = new();
        WhiteNoiseInput input = new(20e-3, 6e-3);
        GridPassage grid = new(neuron, input);
        Recording recording = new IntegrateAndFireEnsemble(neuron, input, new EnsembleOptions { Count = 40, TimeStep = 2e-5, Scheme = SteppingScheme.Grid }).Simulate(10, seed: 12);
        double[] quantiles = [.. recording.Trains.SelectMany(train => InterspikeIntervals.Of(train).ToArray().Take(60)).Select(interval => 1 - grid.Survivor(interval)).Order()];
        Assert.Equal(40 * 60, quantiles.Length);
        double distance = quantiles.Select((value, i) => Math.Max(Math.Abs(value - (i / (double)quantiles.Length)), Math.Abs(value - ((i + 1.0) / quantiles.Length)))).Max();
        Assert.InRange(distance, 0, 1.95 / Math.Sqrt(quantiles.Length));
    }

    [Fact]
    public void Samples_FollowTheLaw()
    {
        GridPassage grid = new(new QuadraticIntegrateAndFire(), new WhiteNoiseInput(8e-3, 8e-3));
        RandomStream stream = new(seed: 4);
        double[] samples = [.. Enumerable.Range(0, 4000).Select(_ => grid.Sample(stream))];
        StatisticalAssert.WithinStandardErrors(samples.Average(), grid.Mean, Math.Sqrt(grid.Variance / samples.Length), 4);
        Assert.All(samples, sample => Assert.True(sample > grid.Neuron.RefractoryPeriod));
    }

    [Fact]
    public void NoNoise_IsRefused() =>
        Assert.Contains("give σ > 0", Assert.Throws<ArgumentException>(() => new GridPassage(new ExponentialIntegrateAndFire(), new WhiteNoiseInput(30e-3, 0))).Message, StringComparison.Ordinal);
}
