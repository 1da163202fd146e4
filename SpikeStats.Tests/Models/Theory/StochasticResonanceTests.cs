using System.Text.Json;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Theory;

public sealed class StochasticResonanceTests
{
    public static TheoryData<int> Frequencies() => [.. Enumerable.Range(0, Reference.GetProperty("results").GetArrayLength())];

    private static JsonElement Reference { get; } = ReferenceFile.Read("stochastic-resonance");

    [Theory]
    [MemberData(nameof(Frequencies))]
    public void Optimum_AndPoints_AreThoseOfTheReference(int index)
    {
        JsonElement given = Reference.GetProperty("params"), result = Reference.GetProperty("results")[index];
        LeakyTransfer transfer = new(new LeakyIntegrateAndFire
        {
            TimeConstant = given.Number("tau"),
            Threshold = given.Number("theta"),
            Reset = given.Number("vreset"),
            RefractoryPeriod = given.Number("tref"),
        });
        StochasticResonance resonance = new(transfer, given.Number("mu"), given.Number("A"), result.Number("f_hz") / 1e3);
        foreach (JsonElement row in result.GetProperty("rows").EnumerateArray())
        {
            double[] expected = row.Doubles();
            ResonancePoint point = resonance.At(expected[0]);
            StatisticalAssert.Close(expected[1], 1e3 * point.Gain, relative: 1e-8);
            StatisticalAssert.Close(expected[2], 1e3 * point.Background, relative: 1e-8);
            StatisticalAssert.Close(expected[3], 1e3 * point.SignalToNoise, relative: 1e-8);
        }

        ResonancePoint best = resonance.BestForSignalToNoise(0.2, 50), loudest = resonance.BestForGain(0.2, 50);
        StatisticalAssert.Close(result.Number("sigma_opt_snr"), best.Sigma, absolute: 1e-5);
        StatisticalAssert.Close(result.Number("snr_max"), 1e3 * best.SignalToNoise, relative: 1e-9);
        StatisticalAssert.Close(result.Number("sigma_opt_chi"), loudest.Sigma, absolute: 1e-5);
        StatisticalAssert.Close(result.Number("chi_max"), 1e3 * loudest.Gain, relative: 1e-9);
    }

    // In units of the threshold, with D = σ²/2; the reference found its optima to 10⁻⁷ in log D.
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(50)]
    public void Optimum_InUnitsOfTheThreshold_IsThatOfTheOtherReference(int frequency)
    {
        JsonElement row = ReferenceFile.Read("rate-models").At("stochastic_resonance", "rows", FormattableString.Invariant($"{frequency}Hz"));
        LeakyTransfer transfer = new(new LeakyIntegrateAndFire { Threshold = 1, Reset = 0, RefractoryPeriod = 0 });

        // An amplitude of 2 makes SNR = |χ|²/S₀.
        StochasticResonance resonance = new(transfer, 0.8, 2, frequency);
        ResonancePoint best = resonance.BestForSignalToNoise(Math.Sqrt(0.004), 1), loudest = resonance.BestForGain(Math.Sqrt(0.004), 1);
        StatisticalAssert.Close(row.Number("D_opt_SNR"), 0.5 * best.Sigma * best.Sigma, relative: 1e-6);
        StatisticalAssert.Close(row.Number("SNR_density |chi|^2/S0 at opt (Hz per unit^2)"), best.SignalToNoise, relative: 1e-9);
        StatisticalAssert.Close(row.Number("D_opt_gain|chi|"), 0.5 * loudest.Sigma * loudest.Sigma, relative: 1e-6);
        StatisticalAssert.Close(row.Number("|chi|_max"), loudest.Gain, relative: 1e-9);
        StatisticalAssert.Close(row.Number("SNR_at_D=.002"), resonance.At(Math.Sqrt(0.004)).SignalToNoise, relative: 1e-9);
        StatisticalAssert.Close(row.Number("SNR_at_D=.5"), resonance.At(1).SignalToNoise, relative: 1e-9);
    }

    [Fact]
    public void IsLinear_StrongSignal_IsFalse()
    {
        LeakyTransfer transfer = new(new LeakyIntegrateAndFire());
        Assert.True(new StochasticResonance(transfer, 0.015, 1e-5, 5).At(0.005).IsLinear);
        Assert.False(new StochasticResonance(transfer, 0.015, 5e-3, 5).At(0.005).IsLinear);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 1)]
    [InlineData(1, double.PositiveInfinity)]
    public void Best_EmptyRange_SaysWhichRange(double smallest, double largest) =>
        Assert.Contains("range of noise", Assert.Throws<ArgumentOutOfRangeException>(() => new StochasticResonance(new LeakyTransfer(new LeakyIntegrateAndFire()), 0.015, 1e-3, 5).BestForGain(smallest, largest)).Message, StringComparison.Ordinal);
}
