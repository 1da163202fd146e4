using System.Text.Json;
using MathNet.Numerics.Integration;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Theory;

public sealed class StationaryDensityTests
{
    public static TheoryData<string> Sets() => [.. Reference.EnumerateObject().Select(set => set.Name)];

    private static JsonElement Reference { get; } = ReferenceFile.Read("stationary-density").GetProperty("sets");

    [Theory]
    [MemberData(nameof(Sets))]
    public void At_IsTheReferenceAndIntegratesToTheShareOfNeuronsThatAreNotRefractory(string name)
    {
        JsonElement set = Reference.GetProperty(name);
        double[] given = set.GetProperty("params").Doubles();
        LeakyIntegrateAndFire neuron = new() { Threshold = given[2], Reset = given[3], TimeConstant = given[4], RefractoryPeriod = given[5] };
        WhiteNoiseInput input = new(given[0], given[1]);
        foreach (JsonElement row in set.GetProperty("rows").EnumerateArray())
            StatisticalAssert.Close(row[1].GetDouble(), StationaryDensity.At(neuron, input, row[0].GetDouble()), relative: 1e-11);

        double Density(double voltage) => StationaryDensity.At(neuron, input, voltage);
        double lowest = Math.Min(input.Mean, neuron.Reset) - (8 * input.Sigma);
        double mass = GaussKronrodRule.Integrate(Density, lowest, neuron.Reset, out _, out _, 1e-12, 12) + GaussKronrodRule.Integrate(Density, neuron.Reset, neuron.Threshold, out _, out _, 1e-12, 12);
        StatisticalAssert.Close(set.Number("mass"), mass, relative: 1e-10);
        StatisticalAssert.Close(1 - (Siegert.Rate(neuron, input) * neuron.RefractoryPeriod), mass, relative: 1e-10);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Moments_AreThoseOfTheDensity(string name)
    {
        double[] given = Reference.GetProperty(name).GetProperty("params").Doubles();
        LeakyIntegrateAndFire neuron = new() { Threshold = given[2], Reset = given[3], TimeConstant = given[4], RefractoryPeriod = given[5] };
        WhiteNoiseInput input = new(given[0], given[1]);
        double lowest = Math.Min(input.Mean, neuron.Reset) - (8 * input.Sigma);
        double Moment(int order)
        {
            double Integrand(double voltage) => Math.Pow(voltage, order) * StationaryDensity.At(neuron, input, voltage);
            return GaussKronrodRule.Integrate(Integrand, lowest, neuron.Reset, out _, out _, 1e-12, 12) + GaussKronrodRule.Integrate(Integrand, neuron.Reset, neuron.Threshold, out _, out _, 1e-12, 12);
        }

        MembraneMoments moments = StationaryDensity.Moments(neuron, input);

        double mean = Moment(1) / Moment(0);
        StatisticalAssert.Close(Moment(0), moments.FreeFraction, relative: 1e-10);
        StatisticalAssert.Close(mean, moments.Mean, relative: 1e-9);
        StatisticalAssert.Close((Moment(2) / Moment(0)) - (mean * mean), moments.Variance, relative: 1e-8);
    }

    [Fact]
    public void Moments_WithoutSpikesOrWithoutNoise_AreThoseOfTheMembrane()
    {
        LeakyIntegrateAndFire neuron = new();
        MembraneMoments silent = StationaryDensity.Moments(neuron, new WhiteNoiseInput(-0.1, 4e-3));
        Assert.Equal((-0.1, 8e-6, 1), (silent.Mean, silent.Variance, silent.FreeFraction));

        // Without noise the voltage follows an exponential from reset to threshold.
        const double Mean = 30e-3;
        double passage = (1 / DeterministicRate.At(neuron, Mean)) - neuron.RefractoryPeriod;
        double Voltage(double time) => Mean + ((neuron.Reset - Mean) * Math.Exp(-time / neuron.TimeConstant));
        double first = GaussLegendreRule.Integrate(Voltage, 0, passage, 32) / passage, second = GaussLegendreRule.Integrate(time => Math.Pow(Voltage(time) - first, 2), 0, passage, 32) / passage;
        MembraneMoments clock = StationaryDensity.Moments(neuron, new WhiteNoiseInput(Mean, 0));
        StatisticalAssert.Close(first, clock.Mean, relative: 1e-12);
        StatisticalAssert.Close(second, clock.Variance, relative: 1e-10);
    }

    [Fact]
    public void At_WithoutNoise_SaysWhy() =>
        Assert.Contains("Without noise", Assert.Throws<ArgumentException>(() => StationaryDensity.At(new LeakyIntegrateAndFire(), new WhiteNoiseInput(0.015, 0), 0.01)).Message, StringComparison.Ordinal);
}
