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

    // With a first-order filter the phases of delay, synapse and population add up to half a turn, and the gains multiply.
    [Fact]
    public void WhereRateModelFails_EffectiveTimeConstant_IsTheClosedFormAndInstabilityOfTheIntegration()
    {
        InhibitoryLoop loop = Loop(0.8, 0.05);
        double timeConstant = EffectiveTimeConstant.Fit(transfer, loop.OperatingPoint).TimeConstant;
        RateModelFailure instant = loop.WhereRateModelFails(), filtered = loop.WhereRateModelFails(filter: RateModelFilter.EffectiveTimeConstant);
        double angular = 2 * Math.PI * filtered.RateModel.Frequency;
        StatisticalAssert.Close(Math.PI, (angular * loop.Delay) + Math.Atan(angular * loop.SynapticTime) + Math.Atan(angular * timeConstant), relative: 1e-9);
        StatisticalAssert.Close(double.Hypot(1, angular * loop.SynapticTime) * double.Hypot(1, angular * timeConstant), filtered.RateModel.LoopGain, relative: 1e-9);
        Assert.Equal(instant.Neurons, filtered.Neurons);

        // It is nearer to the neurons than the rate that follows at once.
        Assert.True(Math.Abs(Math.Log(filtered.RateModel.LoopGain / filtered.Neurons.LoopGain)) < Math.Abs(Math.Log(instant.RateModel.LoopGain / instant.Neurons.LoopGain)));
        Assert.True(Swing(0.97) < 0.5 * Start(0.97));
        Assert.True(Swing(1.03) > 2 * Start(1.03));
        double Swing(double factor) => loop.Integrate(factor * filtered.RateModel.LoopGain, 0.4, RateModelFilter.EffectiveTimeConstant)[^1000..] is var late ? late.Max() - late.Min() : 0;
        double Start(double factor) => loop.Integrate(factor * filtered.RateModel.LoopGain, 0.4, RateModelFilter.EffectiveTimeConstant)[200..1200] is var early ? early.Max() - early.Min() : 0;
    }

    // The scheme of the reference, Euler steps with one step more of delay, here with ever shorter steps: its amplitude tends to that of the integration.
    [Theory]
    [InlineData(0.8, 0.05, 3.2)]
    [InlineData(0.8, 0.05, 6)]
    [InlineData(1.2, 0.002, 3)]
    public void Integrate_LimitCycle_IsTheLimitOfEulerSteps(double mean, double diffusion, double gain)
    {
        InhibitoryLoop loop = Loop(mean, diffusion);
        double[] late = loop.Integrate(gain, 0.6)[^10000..];
        double coarse = Euler(2e-5), fine = Euler(1e-5);
        StatisticalAssert.Close((2 * fine) - coarse, late.Max() - late.Min(), relative: 3e-3);

        double Euler(double step)
        {
            double rate = transfer.Rate(loop.OperatingPoint), strength = gain / transfer.Susceptibility(loop.OperatingPoint, 0).Real, synapse = 1.01 * rate;
            int delay = (int)Math.Round(loop.Delay / step), steps = (int)Math.Round(0.6 / step);
            double[] rates = new double[steps];
            for (int k = 0; k < steps; k++)
            {
                synapse += step / loop.SynapticTime * ((k < delay ? 1.01 * rate : rates[k - delay]) - synapse);
                rates[k] = transfer.Rate(loop.OperatingPoint with { Mean = mean + (strength * (rate - synapse)) });
            }

            return rates[^(int)Math.Round(0.2 / step)..] is var last ? last.Max() - last.Min() : 0;
        }
    }

    [Fact]
    public void LeakyTransfer_SelfConsistencyOfTheReference_IsMet()
    {
        JsonElement row = Reference.GetProperty("self_consistency");
        WhiteNoiseInput input = new(row.Number("mu"), Math.Sqrt(2 * row.Number("D")));
        double rate = transfer.Rate(input);
        StatisticalAssert.Close(row.Number("r0_Hz"), rate, relative: 1e-12);
        StatisticalAssert.Close(row.Number("drdmu"), transfer.Susceptibility(input, 0).Real, relative: 1e-10);
        StatisticalAssert.Close(row.Number("chi_at_0.001Hz"), transfer.Susceptibility(input, 0.001).Magnitude, relative: 1e-9);
        StatisticalAssert.Close(row.Number("cv2"), Math.Pow(transfer.CoefficientOfVariation(input), 2), relative: 1e-8);
        StatisticalAssert.Close(row.Number("S_at_0.01Hz_over_r0"), transfer.PowerSpectrum(input, 0.01) / rate, relative: 1e-8);
        StatisticalAssert.Close(row.Number("S_at_2000Hz_over_r0"), transfer.PowerSpectrum(input, 2000) / rate, relative: 1e-8);
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
