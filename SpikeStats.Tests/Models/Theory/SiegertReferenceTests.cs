using System.Text.Json;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Theory;

/// <summary>Rates and slopes against 25-digit values; in millivolts and milliseconds, in which the parameters are exact doubles.</summary>
public sealed class SiegertReferenceTests
{
    public static TheoryData<int> Rows() => [.. Enumerable.Range(0, Reference.GetArrayLength())];

    private static JsonElement Reference { get; } = ReferenceFile.Read("siegert").GetProperty("rows");

    [Theory]
    [MemberData(nameof(Rows))]
    public void Evaluate_ReferenceRow_AgreesToTwelveDigits(int index)
    {
        JsonElement row = Reference[index];
        LeakyIntegrateAndFire neuron = NeuronOf(row);
        WhiteNoiseInput input = new(row.Number("mu_mV"), row.Number("sigma_mV"));

        SiegertRate actual = Siegert.Evaluate(neuron, input);

        double tolerance = Math.Abs(neuron.Threshold - input.Mean) / input.Sigma > 20 ? 1e-10 : 1e-12;
        AssertRelative(row.Number("rate_hz"), 1e3 * actual.Rate, tolerance);
        Assert.Equal(row.Number("ln_rate_hz"), actual.LogRate + Math.Log(1e3), 1e-10);
        AssertRelative(row.Number("drate_dmu"), 1e3 * actual.SlopeInMean, tolerance);
        AssertRelative(row.Number("drate_dsigma"), 1e3 * actual.SlopeInSigma, tolerance);
        Assert.Equal(actual.Rate, Siegert.Rate(neuron, input));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void CoefficientOfVariation_ReferenceRow_AgreesAndIsThatOfTheCumulants(int index)
    {
        JsonElement row = Reference[index];
        LeakyIntegrateAndFire neuron = NeuronOf(row);
        WhiteNoiseInput input = new(row.Number("mu_mV"), row.Number("sigma_mV"));

        double actual = Siegert.CoefficientOfVariation(neuron, input);

        if (row.TryGetProperty("cv", out JsonElement expected)) AssertRelative(expected.GetDouble(), actual, 1e-11);
        AssertRelative(Math.Sqrt(IntervalCumulants.Normalised(neuron, input, 2)[1]), actual, 1e-10);
    }

    internal static LeakyIntegrateAndFire NeuronOf(JsonElement row) => new()
    {
        Threshold = row.Number("theta_mV"),
        Reset = row.Number("vreset_mV"),
        TimeConstant = row.Number("tau_ms"),
        RefractoryPeriod = row.Number("tref_ms"),
    };

    private static void AssertRelative(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(actual - expected) <= (tolerance * Math.Abs(expected)) + 1e-300, FormattableString.Invariant($"expected {expected:R}, got {actual:R}: {(actual / expected) - 1:E2}"));
}
