using System.Numerics;
using System.Text.Json;
using SpikeStats.Models.MeanField;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.MeanField;

public sealed class DelayStabilityTests
{
    public static TheoryData<int> Points() => [.. Enumerable.Range(0, Reference.GetArrayLength())];

    private static JsonElement Reference { get; } = ReferenceFile.Read("brunel-network").GetProperty("stability");

    [Theory]
    [MemberData(nameof(Points))]
    public void LeadingMode_OfBrunelsNetwork_IsThatOfTheReference(int index)
    {
        JsonElement row = Reference[index], known = row.GetProperty("eigenvalues")[0];
        RateNetwork network = Network(row).ToNetwork();
        DelaySpectrum spectrum = DelayStability.Of(network, network.FixedPoints().Points[^1]);
        StatisticalAssert.Close(1e3 * known.Number("re_per_ms"), spectrum.Eigenvalues[0].GrowthRate, relative: 1e-8);
        StatisticalAssert.Close(known.Number("freq_hz"), spectrum.Eigenvalues[0].Frequency, relative: 1e-8);
        Assert.True(spectrum.IsComplete);
        Assert.Equal(known.Number("re_per_ms") < 0, spectrum.IsStable);
    }

    [Theory]
    [MemberData(nameof(Points))]
    public void Modes_OfTwoPopulations_AreThoseOfOne(int index)
    {
        BrunelNetwork brunel = Network(Reference[index]);
        RateNetwork one = brunel.ToNetwork(), two = brunel.ToTwoPopulations();
        DelaySpectrum known = DelayStability.Of(one, one.FixedPoints().Points[^1]), spectrum = DelayStability.Of(two, two.FixedPoints().Points[^1]);
        StatisticalAssert.Close(known.Eigenvalues[0].GrowthRate, spectrum.Eigenvalues[0].GrowthRate, relative: 1e-6);
        StatisticalAssert.Close(known.Eigenvalues[0].Frequency, spectrum.Eigenvalues[0].Frequency, relative: 1e-6);
        Assert.Equal(known.UnstableCount, spectrum.UnstableCount);
    }

    [Fact]
    public void Response_OnTheImaginaryAxisAndBeside_IsAnalytic()
    {
        LeakyTransfer transfer = new(new LeakyIntegrateAndFire());
        WhiteNoiseInput input = new(0.015, 0.005);
        StatisticalAssert.Close(0, Complex.Abs(transfer.Susceptibility(input, 30) - transfer.MeanResponse(input, new Complex(0, 60 * Math.PI))));
        StatisticalAssert.Close(transfer.Susceptibility(input, 0).Real, transfer.MeanResponse(input, 1e-6).Real, relative: 1e-7);

        // The mean of an analytic function over a circle is its value in the middle, to all digits: also to the left of the axis.
        foreach (Complex centre in new Complex[] { new(-200, 600), new(50, 300), new(-100, 100) })
        {
            Complex mean = 0, variance = 0;
            for (int k = 0; k < 64; k++)
            {
                Complex around = centre + Complex.FromPolarCoordinates(60, 2 * Math.PI * k / 64);
                mean += transfer.MeanResponse(input, around) / 64;
                variance += transfer.VarianceResponse(input, around) / 64;
            }

            StatisticalAssert.Close(0, Complex.Abs((mean / transfer.MeanResponse(input, centre)) - 1), absolute: 1e-10);
            StatisticalAssert.Close(0, Complex.Abs((variance / transfer.VarianceResponse(input, centre)) - 1), absolute: 1e-10);
        }
    }

    [Fact]
    public void Unstable_StaticallyUnstablePoint_HasAModeWithoutOscillation()
    {
        RateNetwork network = new BrunelNetwork { RelativeInhibition = 3, RelativeDrive = 0.8 }.ToNetwork();
        FixedPoint middle = Assert.Single(network.FixedPoints().Points, point => !point.IsStaticallyStable);
        DelaySpectrum spectrum = DelayStability.Of(network, middle);
        Assert.False(spectrum.IsStable);
        Assert.Contains(spectrum.Eigenvalues, value => value is { GrowthRate: > 0, Frequency: 0 });
    }

    [Fact]
    public void Of_NoDelayOrOtherNeuron_SaysTheRemedy()
    {
        BrunelNetwork brunel = new();
        RateNetwork network = brunel.ToNetwork(), withoutDelay = new(network.Populations, [new(0, 0, 1000, 1e-4)]);
        FixedPoint point = network.FixedPoints().Points[0];
        Assert.Contains("has no delay", Assert.Throws<ArgumentException>(() => DelayStability.Of(withoutDelay, point)).Message, StringComparison.Ordinal);
        RateNetwork other = new([new NetworkPopulation(new ThresholdTransfer(brunel.Neuron), 0.02)], network.Projections);
        Assert.Contains("LeakyTransfer", Assert.Throws<ArgumentException>(() => DelayStability.Of(other, point)).Message, StringComparison.Ordinal);
        Assert.Contains("1 rates", Assert.Throws<ArgumentException>(() => DelayStability.Of(brunel.ToTwoPopulations(), point)).Message, StringComparison.Ordinal);
    }

    private static BrunelNetwork Network(JsonElement row) =>
        new() { RelativeInhibition = row.Number("g"), RelativeDrive = row.Number("ratio"), Delay = row.Number("delay_ms") / 1e3 };
}
