using System.Numerics;
using System.Text.Json;
using SpikeStats.Models.MeanField;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.MeanField;

public sealed class InhibitoryLoopTests
{
    // The reference counts voltages in units of the threshold.
    private static readonly LeakyTransfer transfer = new(new LeakyIntegrateAndFire { Threshold = 1, Reset = 0, TimeConstant = 20e-3, RefractoryPeriod = 0 });

    private static JsonElement Reference { get; } = ReferenceFile.Read("rate-models");

    [Theory]
    [InlineData("noise_driven", RateModelError.FalseAlarm)]
    [InlineData("strong_noise", RateModelError.FalseAlarm)]
    [InlineData("mean_driven_low_noise", RateModelError.MissedInstability)]
    public void WhereRateModelFails_BothSides_AreThoseOfTheReference(string regime, RateModelError error)
    {
        JsonElement row = Reference.At("wilson_cowan_failure", regime);
        RateModelFailure failure = Loop(row.Number("mu"), row.Number("D")).WhereRateModelFails(400);
        StatisticalAssert.Close(row.Number("static_fc_Hz"), failure.RateModel.Frequency, relative: 1e-9);
        StatisticalAssert.Close(row.Number("static_loopgain_crit (J*c0)"), failure.RateModel.LoopGain, relative: 1e-9);
        StatisticalAssert.Close(row.Number("lif_fc_Hz"), failure.Neurons.Frequency, relative: 1e-8);
        StatisticalAssert.Close(row.Number("lif_loopgain_crit (J*c0)"), failure.Neurons.LoopGain, relative: 1e-8);
        Assert.Equal(error, failure.Error);
    }

    [Fact]
    public void ErrorAt_GainsOfTheSimulation_IsWhatTheRateModelGotWrong()
    {
        foreach (JsonElement row in Reference.GetProperty("wc_failure_simulation").EnumerateArray())
        {
            JsonElement at = Reference.At("wilson_cowan_failure", row.GetProperty("regime").GetString()!);
            InhibitoryLoop loop = Loop(at.Number("mu"), at.Number("D"));
            double gain = row.Number("loop_gain"), amplitude = row.Number("WC_sim_amplitude_Hz");

            // Ten thousand neurons oscillate where their variance is far above that of a Poisson process.
            bool oscillates = row.Number("sim_pop_var_over_Poisson(1ms bins)") > 50;
            RateModelError error = (amplitude > 1) == oscillates ? RateModelError.None : oscillates ? RateModelError.MissedInstability : RateModelError.FalseAlarm;
            Assert.Equal(error, loop.WhereRateModelFails().ErrorAt(gain));
            double[] late = loop.Integrate(gain, 0.6)[^10000..];
            StatisticalAssert.Close(amplitude, late.Max() - late.Min(), absolute: 0.05, relative: 0.05);
        }
    }

    [Fact]
    public void RateResponse_AllFrequencies_IsThatOfTheReference()
    {
        foreach (JsonProperty regime in Reference.GetProperty("rate_response").EnumerateObject())
        {
            WhiteNoiseInput input = new(regime.Value.Number("mu"), Math.Sqrt(2 * regime.Value.Number("D")));
            foreach (JsonElement row in regime.Value.GetProperty("rows").EnumerateArray())
            {
                Complex relative = transfer.Susceptibility(input, row.Number("f_Hz")) / regime.Value.Number("static_gain_Hz_per_unit");
                StatisticalAssert.Close(row.Number("gain_rel_static"), relative.Magnitude, relative: 1e-8);

                // The reference counts a lag as positive.
                StatisticalAssert.Close(row.Number("phase_deg"), -relative.Phase * 180 / Math.PI, absolute: 1e-6);
            }
        }
    }

    [Fact]
    public void Integrate_AboutTheCriticalGain_DecaysOrGrows()
    {
        InhibitoryLoop loop = Loop(0.8, 0.05);
        double critical = loop.WhereRateModelFails().RateModel.LoopGain;
        Assert.True(Swing(0.97) < 0.5 * Start(0.97));
        Assert.True(Swing(1.03) > 2 * Start(1.03));
        double Swing(double factor) => loop.Integrate(factor * critical, 0.3)[^1000..] is var late ? late.Max() - late.Min() : 0;
        double Start(double factor) => loop.Integrate(factor * critical, 0.3)[100..1100] is var early ? early.Max() - early.Min() : 0;
    }

    [Fact]
    public void Loop_BadInput_SaysWhatIsWrong()
    {
        Assert.Contains("delay", Assert.Throws<ArgumentOutOfRangeException>(() => new InhibitoryLoop(transfer, new WhiteNoiseInput(0.8, 0.3), 0, 2e-3)).Message, StringComparison.Ordinal);
        Assert.Contains("silent", Assert.Throws<ArgumentException>(() => new InhibitoryLoop(transfer, new WhiteNoiseInput(0.8, 0), 2e-3, 2e-3)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Loop(0.8, 0.05).Integrate(double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Loop(0.8, 0.05).WhereRateModelFails(0));
    }

    private static InhibitoryLoop Loop(double mean, double diffusion) => new(transfer, new WhiteNoiseInput(mean, Math.Sqrt(2 * diffusion)), 2e-3, 2e-3);
}
