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

    [Fact]
    public void At_WithoutNoise_SaysWhy() =>
        Assert.Contains("Without noise", Assert.Throws<ArgumentException>(() => StationaryDensity.At(new LeakyIntegrateAndFire(), new WhiteNoiseInput(0.015, 0), 0.01)).Message, StringComparison.Ordinal);
}
