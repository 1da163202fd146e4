using System.Numerics;
using System.Text.Json;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Theory;

/// <summary>In millivolts and milliseconds, in which the parameters are exact doubles.</summary>
public sealed class LeakyTransferTests
{
    public static TheoryData<string> Sets() => [.. Reference.EnumerateObject().Select(set => set.Name)];

    private static JsonElement Reference { get; } = ReferenceFile.Read("linear-response").GetProperty("sets");

    [Theory]
    [MemberData(nameof(Sets))]
    public void Responses_AreThoseOfTheReference(string name)
    {
        JsonElement set = Reference.GetProperty(name), given = set.GetProperty("params");
        LeakyTransfer transfer = new(new LeakyIntegrateAndFire
        {
            TimeConstant = given.Number("tau_ms"),
            Threshold = given.Number("theta"),
            Reset = given.Number("vreset"),
            RefractoryPeriod = given.Number("tref_ms"),
        });
        WhiteNoiseInput input = new(given.Number("mu"), given.Number("sigma"));
        StatisticalAssert.Close(set.Number("rate_hz"), 1e3 * transfer.Rate(input), relative: 1e-13);
        StatisticalAssert.Close(set.Number("dc_gain_hz_per_mV"), 1e3 * transfer.Susceptibility(input, 0).Real, relative: 1e-12);
        StatisticalAssert.Close(set.Number("dc_gain_var_hz"), 1e3 * transfer.VarianceSusceptibility(input, 0).Real, relative: 1e-12);
        foreach (JsonElement row in set.GetProperty("rows").EnumerateArray())
        {
            double[] expected = row.Doubles();
            double frequency = expected[0] / 1e3;
            Assert.Equal(0, Relative(new Complex(expected[1], expected[2]), 1e3 * transfer.Susceptibility(input, frequency)), 1e-11);
            Assert.Equal(0, Relative(new Complex(expected[3], expected[4]), 1e3 * transfer.VarianceSusceptibility(input, frequency)), 1e-11);
            StatisticalAssert.Close(expected[5], 1e3 * transfer.PowerSpectrum(input, frequency), relative: 1e-11);
        }
    }

    private static double Relative(Complex expected, Complex actual) => Complex.Abs(actual - expected) / Complex.Abs(expected);
}
