using System.Numerics;
using System.Text.Json;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Theory;

public sealed class SignalTransmissionTests
{
    private static readonly LeakyTransfer transfer = new(new LeakyIntegrateAndFire());
    private static readonly WhiteNoiseInput input = new(15e-3, 5e-3);

    [Fact]
    public void SignalToNoise_OfTheReference_IsItsCoherencePerUnitOfTheSignal()
    {
        foreach (JsonProperty set in ReferenceFile.Read("linear-response").GetProperty("sets").EnumerateObject())
        {
            JsonElement given = set.Value.GetProperty("params");
            LeakyTransfer other = new(new LeakyIntegrateAndFire
            {
                TimeConstant = given.Number("tau_ms"),
                Threshold = given.Number("theta"),
                Reset = given.Number("vreset"),
                RefractoryPeriod = given.Number("tref_ms"),
            });
            foreach (double[] row in set.Value.GetProperty("rows").EnumerateArray().Select(row => row.Doubles()))
            {
                double found = SignalTransmission.SignalToNoise(other, new WhiteNoiseInput(given.Number("mu"), given.Number("sigma")), row[0] / 1e3);
                StatisticalAssert.Close(row[6], 1e3 * found, relative: 1e-10);
            }
        }
    }

    [Fact]
    public void Coherence_LiesBetweenZeroAndOne()
    {
        Assert.Equal(0, SignalTransmission.Coherence(transfer, input, 10, 0));
        double weak = SignalTransmission.Coherence(transfer, input, 10, 1e-12), strong = SignalTransmission.Coherence(transfer, input, 10, 1);
        StatisticalAssert.Close(1e-12 * SignalTransmission.SignalToNoise(transfer, input, 10), weak, relative: 1e-4);
        Assert.InRange(strong, 0.99, 1);
    }

    [Fact]
    public void InformationRate_IsTheSumOverTheBand()
    {
        static double Spectrum(double frequency) => 1e-7 / (1 + (frequency * frequency / 100));
        const int Cells = 4000;
        double sum = 0, width = 80.0 / Cells;
        for (int i = 0; i < Cells; i++)
        {
            double frequency = 1 + ((i + 0.5) * width);
            sum -= width * Math.Log2(1 - SignalTransmission.Coherence(transfer, input, frequency, Spectrum(frequency)));
        }

        StatisticalAssert.Close(sum, SignalTransmission.InformationRate(transfer, input, Spectrum, 1, 81), relative: 1e-6);
        Assert.Equal(0, SignalTransmission.InformationRate(transfer, input, Spectrum, 5, 5));
    }

    [Fact]
    public void InformationRate_OfASecondRouteToTheTransfer_IsTheSame() => StatisticalAssert.Close(
        SignalTransmission.InformationRate(transfer, input, _ => 1e-7, 0, 20), SignalTransmission.InformationRate(new ThresholdTransfer(transfer.Neuron, 100), input, _ => 1e-7, 0, 20), relative: 1e-5);

    [Fact]
    public void Values_OutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SignalTransmission.Coherence(transfer, input, 10, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SignalTransmission.InformationRate(transfer, input, _ => double.NaN, 0, 20));
        Assert.Contains("band", Assert.Throws<ArgumentOutOfRangeException>(() => SignalTransmission.InformationRate(transfer, input, _ => 1, 20, 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RateResponse_InOtherUnits_IsThatOfAnIndependentIntegration()
    {
        // Threshold 1, reset 0, in seconds; D = σ²/2.
        JsonElement reference = ReferenceFile.Read("rate-response"), itself = reference.GetProperty("self_consistency");
        LeakyTransfer unit = new(new LeakyIntegrateAndFire { Threshold = 1, Reset = 0, RefractoryPeriod = 0 });
        WhiteNoiseInput noise = new(itself.Number("mu"), Math.Sqrt(2 * itself.Number("D")));
        StatisticalAssert.Close(itself.Number("r0_Hz"), unit.Rate(noise), relative: 1e-10);
        StatisticalAssert.Close(itself.Number("drdmu"), unit.Susceptibility(noise, 0).Real, relative: 1e-8);
        StatisticalAssert.Close(itself.Number("chi_at_0.001Hz"), unit.Susceptibility(noise, 1e-3).Magnitude, relative: 1e-8);
        StatisticalAssert.Close(itself.Number("cv2"), Math.Pow(unit.CoefficientOfVariation(noise), 2), relative: 1e-9);
        StatisticalAssert.Close(itself.Number("S_at_0.01Hz_over_r0"), unit.PowerSpectrum(noise, 0.01) / unit.Rate(noise), relative: 1e-8);
        StatisticalAssert.Close(itself.Number("S_at_2000Hz_over_r0"), unit.PowerSpectrum(noise, 2000) / unit.Rate(noise), relative: 1e-6);
        foreach (JsonProperty set in reference.GetProperty("rate_response").EnumerateObject())
        {
            WhiteNoiseInput driven = new(set.Value.Number("mu"), Math.Sqrt(2 * set.Value.Number("D")));
            double still = unit.Susceptibility(driven, 0).Real;
            foreach (JsonElement row in set.Value.GetProperty("rows").EnumerateArray())
            {
                Complex found = unit.Susceptibility(driven, row.Number("f_Hz"));
                StatisticalAssert.Close(row.Number("gain_rel_static"), found.Magnitude / still, relative: 1e-7);
                StatisticalAssert.Close(row.Number("phase_deg"), -found.Phase * 180 / Math.PI, absolute: 1e-5);
            }
        }
    }

    [Theory]
    [InlineData("1Hz", 1)]
    [InlineData("10Hz", 10)]
    [InlineData("50Hz", 50)]
    public void Resonance_InOtherUnits_HasTheOptimaOfAnIndependentSearch(string name, double frequency)
    {
        JsonElement row = ReferenceFile.Read("rate-response").GetProperty("stochastic_resonance").GetProperty("rows").GetProperty(name);
        LeakyTransfer unit = new(new LeakyIntegrateAndFire { Threshold = 1, Reset = 0, RefractoryPeriod = 0 });
        StochasticResonance resonance = new(unit, 0.8, amplitude: 2, frequency);
        ResonancePoint best = resonance.BestForSignalToNoise(0.03, 1.5), loudest = resonance.BestForGain(0.03, 1.5);
        StatisticalAssert.Close(row.Number("D_opt_SNR"), 0.5 * best.Sigma * best.Sigma, relative: 1e-4);
        StatisticalAssert.Close(row.EnumerateObject().Single(property => property.Name.StartsWith("SNR_density", StringComparison.Ordinal)).Value.GetDouble(), best.SignalToNoise, relative: 1e-7);
        StatisticalAssert.Close(row.Number("D_opt_gain|chi|"), 0.5 * loudest.Sigma * loudest.Sigma, relative: 1e-4);
        StatisticalAssert.Close(row.Number("|chi|_max"), loudest.Gain, relative: 1e-7);
        StatisticalAssert.Close(row.Number("SNR_at_D=.5"), resonance.At(1).SignalToNoise, relative: 1e-7);
    }
}
