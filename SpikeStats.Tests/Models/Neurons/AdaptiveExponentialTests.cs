using System.Text.Json;
using SpikeStats.Models.Drives;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.Tests.Testing;
using SpikeStats.Units;

namespace SpikeStats.Tests.Models.Neurons;

/// <summary>AdEx against converged solutions, its rheobases in closed form, and its noisy limit against the theory of the exponential neuron.</summary>
public sealed class AdaptiveExponentialTests
{
    private static readonly JsonElement reference = ReferenceFile.Read("adaptive-exponential");

    public static TheoryData<string> Patterns => [.. reference.GetProperty("patterns").EnumerateObject().Select(pattern => pattern.Name)];

    public static TheoryData<string> AllPatterns => [.. reference.At("wider", "patterns").EnumerateObject().Select(pattern => pattern.Name)];

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Exact_FirstSpikes_AreThoseOfEighthOrder(string name)
    {
        JsonElement expected = reference.At("patterns", name);
        SpikeTrain train = new CurrentClamp(Neuron(name), Drive(name)).Simulate(0.5, 1)[0];
        Assert.Equal(expected.Number("count"), train.Count);
        double[] spikes = [.. expected.GetProperty("spikes_ms").Doubles().Take(10)];
        StatisticalAssert.Close(spikes, [.. train.Times[..spikes.Length].ToArray().Select(time => time * 1e3)], absolute: 1e-4);
    }

    // The irregular pattern is chaotic: of its spikes only the first five can be compared.
    [Theory]
    [MemberData(nameof(AllPatterns))]
    public void Preset_Spikes_AreThoseOfTheTable(string name)
    {
        JsonElement expected = reference.At("wider", "patterns", name);
        NeuronPreset<AdaptiveExponential> preset = NaudPatterns.All.Single(preset => preset.Name == name.Replace('_', '-'));
        Assert.Equal(Neuron(name), preset.Neuron);
        SpikeTrain train = new CurrentClamp(preset.Neuron, preset.Drive).Simulate(0.5, 1)[0];
        if (name != "irregular") Assert.Equal(expected.Number("n_500ms"), train.Count);
        if (name is not ("irregular" or "transient"))
            StatisticalAssert.Close(expected.GetProperty("isi_first_last").Doubles(), [(train.Times[1] - train.Times[0]) * 1e3, (train.Times[^1] - train.Times[^2]) * 1e3], absolute: 1e-4);
        double[] spikes = [.. expected.GetProperty("first6_ms").Doubles().Take(name == "irregular" ? 5 : 6)];
        StatisticalAssert.Close(spikes, [.. train.Times[..spikes.Length].ToArray().Select(time => time * 1e3)], absolute: 1e-4);
    }

    [Theory]
    [MemberData(nameof(AllPatterns))]
    public void Rheobases_ClosedForms_AreThoseOfTheTable(string name)
    {
        JsonElement expected = reference.At("wider", "patterns", name);
        AdaptiveExponential neuron = Neuron(name);
        StatisticalAssert.Close(expected.Number("I_Hopf_pA").pA, neuron.HopfCurrent, absolute: 1e-24, relative: 1e-12);
        Assert.Equal(expected.GetProperty("loses_stability_by").GetString() == "Hopf", neuron.LosesStabilityByOscillation);
        if (expected.GetProperty("I_saddle_node_pA").ValueKind == JsonValueKind.Number)
            StatisticalAssert.Close(expected.Number("I_saddle_node_pA").pA, neuron.SaddleNodeCurrent, relative: 1e-12);
        else Assert.Equal(double.NaN, neuron.SaddleNodeCurrent);
    }

    // The second route to the rheobase: the eigenvalues at the equilibrium, and where it ends.
    [Theory]
    [InlineData("tonic")]
    [InlineData("adaptation")]
    [InlineData("transient")]
    [InlineData("delayed_accelerating")]
    public void Rheobase_IsWhereTheEquilibriumLosesItsStability(string name)
    {
        AdaptiveExponential neuron = Neuron(name);
        double rheobase = neuron.Rheobase, beside = 1e-4.pA;
        Assert.True(neuron.EquilibriumUnder(rheobase - beside)!.IsStable);
        NeuronEquilibrium? above = neuron.EquilibriumUnder(rheobase + beside);
        if (neuron.LosesStabilityByOscillation) Assert.False(above!.IsStable);
        else Assert.Null(above);
    }

    // The cut hardly matters as long as it is high: exp(-25) of a membrane time constant at 0 mV.
    [Fact]
    public void Cut_TenMillivoltsHigher_ChangesNoSpike()
    {
        AdaptiveExponential neuron = Neuron("adaptation");
        double[] low = Spikes(neuron), high = Spikes(neuron with { Cut = 10.mV });
        StatisticalAssert.Close(low, high, absolute: 1e-11);

        // So high that no step could follow the rise to the cut: the spike is where time has no room for more.
        StatisticalAssert.Close(low, Spikes(neuron with { Cut = 500.mV }), absolute: 1e-11);

        static double[] Spikes(AdaptiveExponential neuron) => new CurrentClamp(neuron, Waveform.Constant(500.pA)).Simulate(0.5, 1)[0].Times.ToArray();
    }

    // A pulse much shorter than the steps between spikes is not missed.
    [Fact]
    public void ShortPulse_IsNotSteppedOver()
    {
        Waveform pulse = Waveform.Pulse(150.nA, 0.3, 0.05.ms);
        double spike = Assert.Single(new CurrentClamp(new AdaptiveExponential(), pulse).Simulate(0.5, 1)[0].Times.ToArray());
        Assert.InRange(spike, 0.3, 0.302);
    }

    // Without adaptation it is the exponential neuron, whose rate the theory knows. 4 standard errors: false alarm 6e-5.
    [Theory]
    [InlineData(MembraneScheme.EulerMaruyama)]
    [InlineData(MembraneScheme.Heun)]
    public void Noise_WithoutAdaptation_GivesTheRateOfTheExponentialNeuron(MembraneScheme scheme)
    {
        AdaptiveExponential neuron = new()
        {
            Capacitance = 200.pF,
            LeakConductance = 10.nS,
            LeakReversal = 0,
            Onset = 20.mV,
            Sharpness = 3.mV,
            AdaptationConductance = 0,
            AdaptationStep = 0,
            ResetVoltage = 10.mV,
            Cut = 50.mV,
        };
        ExponentialIntegrateAndFire theory = new() { RefractoryPeriod = 0 };
        WhiteNoiseInput input = new(17.mV, 6.mV);
        CurrentClampOptions options = new() { Scheme = scheme, Step = 0.02.ms, NoiseSigma = input.Sigma };
        const double Duration = 60;
        SpikeTrain train = new CurrentClamp(neuron, Waveform.Constant(input.Mean * neuron.LeakConductance), options).Simulate(Duration, 7)[0];
        ThresholdTransfer transfer = new(theory);
        double rate = transfer.Rate(input, 1e-6), cv = transfer.CoefficientOfVariation(input);
        StatisticalAssert.WithinStandardErrors(train.Count / Duration, rate, cv * Math.Sqrt(rate / Duration));
    }

    // Far below the onset the membrane is linear: standard deviation σ/√2, and the correlation time is that of the membrane.
    [Fact]
    public void Noise_FarBelowTheOnset_HasTheVarianceOfTheConvention()
    {
        AdaptiveExponential passive = new() { Capacitance = 200.pF, LeakConductance = 20.nS, LeakReversal = (-100).mV, AdaptationConductance = 0, Onset = 0, Cut = 60.mV };
        CurrentClampOptions options = new() { Scheme = MembraneScheme.Heun, Step = 0.1.ms, NoiseSigma = 4.mV, VoltageSamplingRate = 1000 };
        double[] voltage = new CurrentClamp(passive, Waveform.Zero, options).Simulate(60, 3).Signals.Single().Values[100..].ToArray();
        double mean = voltage.Average(), variance = voltage.Average(value => (value - mean) * (value - mean)), effective = 60 / 0.01;
        StatisticalAssert.WithinStandardErrors(variance, 8e-6, 8e-6 * Math.Sqrt(2 / effective));
    }

    [Fact]
    public void Seed_GivesTheSameSpikes_AndAnotherOthers()
    {
        CurrentClamp clamp = new(Neuron("tonic"), Drive("tonic"), new CurrentClampOptions { Scheme = MembraneScheme.EulerMaruyama, Step = 0.05.ms, NoiseSigma = 3.mV });
        Assert.Equal(clamp.Simulate(0.3, 5)[0].Times.ToArray(), clamp.Simulate(0.3, 5)[0].Times.ToArray());
        Assert.NotEqual(clamp.Simulate(0.3, 5)[0].Times.ToArray(), clamp.Simulate(0.3, 6)[0].Times.ToArray());
    }

    [Fact]
    public void BadInput_IsRefused_BeforeAnythingRuns()
    {
        Assert.Contains("time constant of the adaptation", Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptiveExponential { AdaptationTime = -1 }).Message, StringComparison.Ordinal);
        Assert.Contains("must lie below the cut", Refused(new AdaptiveExponential { ResetVoltage = 1.mV }), StringComparison.Ordinal);
        Assert.Contains("must lie above its onset", Refused(new AdaptiveExponential { Cut = (-60).mV }), StringComparison.Ordinal);
        Assert.Contains("has no noise", Refused(new AdaptiveExponential(), new CurrentClampOptions { NoiseSigma = 1.mV }), StringComparison.Ordinal);
        Assert.Contains("Hodgkin-Huxley axon only", Refused(new AdaptiveExponential(), new CurrentClampOptions { Scheme = MembraneScheme.RungeKutta4 }), StringComparison.Ordinal);
        Assert.Contains("is unstable", Refused(new AdaptiveExponential(), new CurrentClampOptions { Scheme = MembraneScheme.EulerMaruyama, Step = 20.ms }), StringComparison.Ordinal);
        Assert.Contains("far from exact", new CurrentClamp(new AdaptiveExponential(), Waveform.Zero, new CurrentClampOptions { Scheme = MembraneScheme.EulerMaruyama, Step = 12.ms }).StepWarning, StringComparison.Ordinal);

        static string Refused(AdaptiveExponential neuron, CurrentClampOptions? options = null) => Assert.ThrowsAny<ArgumentException>(() => new CurrentClamp(neuron, Waveform.Zero, options)).Message;
    }

    [Fact]
    public void Cancellation_EndsTheRun()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => new CurrentClamp(Neuron("tonic"), Drive("tonic")).Simulate(10, 1, cancellationToken: source.Token));
    }

    // A reset beyond the onset without adaptation: no train of a neuron.
    [Fact]
    public void Runaway_IsNamed()
    {
        AdaptiveExponential runaway = new() { ResetVoltage = (-10).mV, AdaptationStep = 0 };
        Assert.Throws<SpikeStats.Models.PointProcesses.RunawayException>(() => new CurrentClamp(runaway, Waveform.Constant(2.nA)).Simulate(1, 1));
    }

    private static Waveform Drive(string name) => Waveform.Constant(reference.At("wider", "patterns", name, "params_C_gL_EL_VT_dT_a_tauw_b_Vr_I")[9].GetDouble().pA);

    private static AdaptiveExponential Neuron(string name)
    {
        double[] p = reference.At("wider", "patterns", name, "params_C_gL_EL_VT_dT_a_tauw_b_Vr_I").Doubles();
        return new AdaptiveExponential
        {
            Capacitance = p[0].pF,
            LeakConductance = p[1].nS,
            LeakReversal = p[2].mV,
            Onset = p[3].mV,
            Sharpness = p[4].mV,
            AdaptationConductance = p[5].nS,
            AdaptationTime = p[6].ms,
            AdaptationStep = p[7].pA,
            ResetVoltage = p[8].mV,
            Cut = 0,
        };
    }
}
