using System.Text.Json;
using SpikeStats.Models.FokkerPlanck;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.FokkerPlanck;

/// <summary>In millivolts and milliseconds.</summary>
public sealed class ColouredNoiseEquationTests
{
    private static readonly LeakyIntegrateAndFire neuron = new() { TimeConstant = 20, Threshold = 20, Reset = 10, RefractoryPeriod = 2 };

    public static TheoryData<int> Rows() => [.. Enumerable.Range(0, Reference.GetArrayLength())];

    private static JsonElement Reference { get; } = ReferenceFile.Read("coloured-noise").GetProperty("rows");

    [Theory]
    [MemberData(nameof(Rows))]
    public void Rate_ReferenceRow_IsThatOfTheSimulation(int index)
    {
        double[] row = Reference[index].Doubles();
        ColouredNoiseRate rate = ColouredNoiseEquation.Rate(neuron, new(row[0], row[1], row[2]));
        Assert.InRange(rate.RelativeError, 0, 0.02);

        // False alarm of 6e-5 if the error of the grid were none.
        StatisticalAssert.Close(row[3], 1e3 * rate.Rate, absolute: (4 * row[4]) + (rate.RelativeError * row[3]));
    }

    [Fact]
    public void Rate_FastNoise_IsTheShiftOfTheBoundaries()
    {
        // τ_s/τ = 0.02: θ and V_r rise by ½ √2 |ζ(½)| σ √(τ_s/τ).
        const double alpha = 2.0652531522312172;
        WhiteNoiseInput white = new(15, 5);
        double shift = 0.5 * alpha * white.Sigma * Math.Sqrt(0.02);
        double expected = Siegert.Rate(neuron with { Threshold = neuron.Threshold + shift, Reset = neuron.Reset + shift }, white);
        ColouredNoiseRate rate = ColouredNoiseEquation.Rate(neuron, new(white.Mean, white.Sigma, 0.02 * neuron.TimeConstant), 300);
        StatisticalAssert.Close(expected, rate.Rate, relative: 0.01 + rate.RelativeError);
    }

    [Fact]
    public void Rate_SlowNoise_IsTheAverageOverDeterministicNeurons()
    {
        const double deviation = 3, correlationTime = 20_000;
        ColouredNoiseInput input = new(24, deviation * Math.Sqrt(2 * correlationTime / neuron.TimeConstant), correlationTime);
        double expected = 0;
        for (double z = -8; z < 8; z += 1e-3) expected += 1e-3 * Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI) * Siegert.Rate(neuron, new(input.Mean + (deviation * z), 0));
        ColouredNoiseRate rate = ColouredNoiseEquation.Rate(neuron, input);
        StatisticalAssert.Close(expected, rate.Rate, relative: 0.01 + rate.RelativeError);
    }
}
