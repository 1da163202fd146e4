using System.Text.Json;
using SpikeStats.Models.Drives;
using SpikeStats.Models.Neurons;
using SpikeStats.Tests.Testing;
using SpikeStats.Units;

namespace SpikeStats.Tests.Models.Neurons;

/// <summary>The squid axon against converged solutions of the same equations, and against its own schemes.</summary>
public sealed class HodgkinHuxleyTests
{
    private const double PerSquareMetre = 1e-2;

    private static readonly JsonElement reference = ReferenceFile.Read("hodgkin-huxley");
    private static readonly HodgkinHuxley rounded = new() { LeakReversal = HodgkinHuxley.RoundedLeakReversal };

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, reference.At("roundedLeak", "rows").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Rows))]
    public void ExactScheme_SpikesOfAllCurrents_AreThoseOfEighthOrder(int row)
    {
        JsonElement expected = reference.At("roundedLeak", "rows")[row];
        Recording recording = Clamp(rounded, expected.Number("I"), new CurrentClampOptions { StartingVoltage = 0, Tolerance = 1e-11, VoltageSamplingRate = 1000 }).Simulate(0.5, 1);
        SpikeTrain train = recording[0];
        Assert.Equal(expected.Number("count"), train.Count);
        double[] first = expected.GetProperty("first_spikes_ms").Doubles();
        StatisticalAssert.Close(first, [.. train.Times[..first.Length].ToArray().Select(time => time * 1e3)], absolute: 1e-6);
        if (expected.GetProperty("last_isi_ms").ValueKind == JsonValueKind.Number)
            StatisticalAssert.Close(expected.Number("last_isi_ms"), (train.Times[^1] - train.Times[^2]) * 1e3, absolute: 1e-6);
    }

    // On the flank of a spike the voltage at 500 ms is as sensitive to time as 400 mV/ms.
    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(80)]
    public void ExactScheme_VoltageAtTheEnd_IsThatOfEighthOrder(double current)
    {
        JsonElement expected = reference.At("roundedLeak", "rows").EnumerateArray().Single(row => row.Number("I") == current);
        CurrentClampOptions options = new() { StartingVoltage = 0, Tolerance = 1e-11, VoltageSamplingRate = 2 };
        SampledSignal voltage = Clamp(rounded, current, options).Simulate(0.5 + 1e-3, 1).Signals.Single();
        Assert.Equal(0, voltage.Values[0]);
        StatisticalAssert.Close(expected.Number("V500"), voltage.Values[1] * 1e3, absolute: 1e-4);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void DefaultTolerance_FirstSpikes_AreWithinAMillionthOfAMillisecond(int row)
    {
        JsonElement expected = reference.At("roundedLeak", "rows")[row];
        double[] first = expected.GetProperty("first_spikes_ms").Doubles();
        if (first.Length == 0) return;
        SpikeTrain train = Clamp(rounded, expected.Number("I"), new CurrentClampOptions { StartingVoltage = 0 }).Simulate((first[^1] + 1) / 1e3, 1)[0];
        StatisticalAssert.Close(first, [.. train.Times.ToArray().Select(time => time * 1e3)], absolute: 1e-6);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(50)]
    public void DefaultTolerance_LastSpikeOfHalfASecond_IsWithinAMillionthOfAMillisecond(double current)
    {
        double[] usual = Clamp(rounded, current).Simulate(0.5, 1)[0].Times.ToArray(), strict = Clamp(rounded, current, new CurrentClampOptions { Tolerance = 1e-12 }).Simulate(0.5, 1)[0].Times.ToArray();
        StatisticalAssert.Close(strict, usual, absolute: 1e-9);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(50)]
    public void RungeKutta4_AtTheUsualStep_IsWithinItsTolerance(double current)
    {
        JsonElement expected = reference.At("roundedLeak", "rows").EnumerateArray().Single(row => row.Number("I") == current);
        SpikeTrain train = Clamp(rounded, current, new CurrentClampOptions { StartingVoltage = 0, Scheme = MembraneScheme.RungeKutta4, Step = 0.01.ms }).Simulate(0.5, 1)[0];
        Assert.Equal(expected.Number("count"), train.Count);
        StatisticalAssert.Close(expected.GetProperty("first_spikes_ms").Doubles(), [.. train.Times[..4].ToArray().Select(time => time * 1e3)], absolute: 0.02);
    }

    // The voltage after 6 ms, behind the first spike, when the step is halved.
    [Theory]
    [InlineData(MembraneScheme.RungeKutta4, 4)]
    [InlineData(MembraneScheme.ExponentialEuler, 1)]
    [InlineData(MembraneScheme.EulerMaruyama, 1)]
    [InlineData(MembraneScheme.Heun, 2)]
    public void FixedStepSchemes_ConvergeWithTheirOrders(MembraneScheme scheme, int order)
    {
        double exact = VoltageAfter(new CurrentClampOptions { Tolerance = 1e-12 });
        (double coarse, double fine) = (Error(0.01.ms), Error(0.005.ms));
        Assert.InRange(Math.Log2(coarse / fine), order - 0.25, order + 0.35);

        double Error(double step) => Math.Abs(VoltageAfter(new CurrentClampOptions { Scheme = scheme, Step = step }) - exact);
        static double VoltageAfter(CurrentClampOptions options) =>
            Clamp(new HodgkinHuxley(), 10, options with { VoltageSamplingRate = 1 / 6e-3 }).Simulate(7.ms, 1).Signals.Single().Values[1];
    }

    [Fact]
    public void Gates_AtAnyVoltage_AreThoseOfTheRateFunctions()
    {
        foreach (JsonElement row in reference.At("roundedLeak", "gating").EnumerateArray())
        {
            GateEquilibrium gates = HodgkinHuxley.GatesAt(row.Number("V").mV);
            StatisticalAssert.Close(
                [row.Number("m_inf"), row.Number("h_inf"), row.Number("n_inf"), row.Number("tau_m"), row.Number("tau_h"), row.Number("tau_n")],
                [gates.SodiumActivation, gates.SodiumInactivation, gates.PotassiumActivation, gates.SodiumActivationTime * 1e3, gates.SodiumInactivationTime * 1e3, gates.PotassiumActivationTime * 1e3],
                relative: 1e-14);
        }
    }

    [Fact]
    public void Rates_WhereTheirDenominatorsVanish_HaveTheirLimits()
    {
        Assert.Equal(0.1, GateRates.PotassiumActivation(10).Opening);
        Assert.Equal(1, GateRates.SodiumActivation(25).Opening);
        foreach (double beside in (double[])[1e-12, 1e-9, 1e-6, -1e-6, -1e-9])
        {
            StatisticalAssert.Close(0.1 * (1 + (beside / 20)), GateRates.PotassiumActivation(10 + beside).Opening, relative: 1e-13);
            StatisticalAssert.Close(1 + (beside / 20), GateRates.SodiumActivation(25 + beside).Opening, relative: 1e-13);
        }
    }

    [Fact]
    public void Rest_OfBothLeakReversals_IsTheRootOfTheSteadyCurrent()
    {
        StatisticalAssert.Close(reference.Number("paperLeak", "rest_V_I0").mV, new HodgkinHuxley().StartingVoltage, absolute: 1e-14);
        StatisticalAssert.Close(reference.Number("roundedLeak", "rest").mV, rounded.StartingVoltage, absolute: 1e-14);
    }

    [Fact]
    public void Hopf_OfThePaper_IsThatOfTheEigenvalues()
    {
        HodgkinHuxley axon = new();
        double hopf = axon.HopfDrive();
        StatisticalAssert.Close(reference.Number("paperLeak", "Hopf_I") * PerSquareMetre, hopf, relative: 1e-7);
        NeuronEquilibrium at = axon.EquilibriumUnder(hopf)!;
        StatisticalAssert.Close(0, at.LeadingEigenvalue.Real, absolute: 1e-3);
        Assert.True(axon.EquilibriumUnder(0.999 * hopf)!.IsStable);
        Assert.False(axon.EquilibriumUnder(1.001 * hopf)!.IsStable);
    }

    [Fact]
    public void PaperLeak_PeriodsAndFirstSpikes_AreThoseOfAnotherSolver()
    {
        JsonElement expected = reference.GetProperty("paperLeak");
        Recording ten = Clamp(new HodgkinHuxley(), 10, new CurrentClampOptions { VoltageSamplingRate = 1e6 }).Simulate(0.3, 1);
        Assert.Equal(expected.Number("I10", "n_spikes_300ms"), ten[0].Count);
        StatisticalAssert.Close(expected.At("I10", "first_5_upcross_50mV_ms").Doubles(), [.. ten[0].Times[..5].ToArray().Select(time => time * 1e3)], absolute: 1e-3);
        StatisticalAssert.Close(expected.Number("I10", "last_period_ms"), (ten[0].Times[^1] - ten[0].Times[^2]) * 1e3, absolute: 1e-3);

        // The reference took the highest of its steps, so that it is a little low.
        Assert.InRange(ten.Signals.Single().Values[..10_000].ToArray().Max() * 1e3, expected.Number("I10", "peak_first_mV") - 1e-6, expected.Number("I10", "peak_first_mV") + 0.05);
        SpikeTrain seven = Clamp(new HodgkinHuxley(), 7).Simulate(0.3, 1)[0];
        Assert.Equal(expected.Number("I7", "n_spikes_300ms"), seven.Count);
        StatisticalAssert.Close(expected.Number("I7", "last_period_ms"), (seven.Times[^1] - seven.Times[^2]) * 1e3, absolute: 1e-3);
        Assert.Equal(expected.Number("I5_n_spikes"), Clamp(new HodgkinHuxley(), 5).Simulate(0.3, 1)[0].Count);
    }

    // Between 6.26 and 9.78 µA/cm² it stays at rest if the drive comes slowly and goes on firing if it comes from above.
    [Theory]
    [InlineData(6.2578125, false)]
    [InlineData(6.26171875, true)]
    [InlineData(9, true)]
    public void Firing_ContinuedFromAbove_LastsDownToTheEdge(double current, bool lasts)
    {
        Waveform fromAbove = Waveform.Step(8 * PerSquareMetre, current * PerSquareMetre, 0.2);
        Assert.Equal(lasts, new CurrentClamp(new HodgkinHuxley(), fromAbove).Simulate(0.55, 1)[0].Times[^1] > 0.52);
    }

    [Fact]
    public void Rest_UnderASlowRamp_HoldsWhereFiringIsStableToo()
    {
        Waveform slow = Waveform.Ramp(0, 9 * PerSquareMetre, 0, 0.5);
        Assert.Equal(0, new CurrentClamp(new HodgkinHuxley(), slow).Simulate(1, 1)[0].Count);
    }

    [Fact]
    public void LongStep_IsReported_AndAnUnstableOneRefused()
    {
        CurrentClamp coarse = Clamp(new HodgkinHuxley(), 10, new CurrentClampOptions { Scheme = MembraneScheme.ExponentialEuler, Step = 0.06.ms });
        Assert.Contains("0.06 ms is too long for the spike of the squid axon", coarse.StepWarning, StringComparison.Ordinal);
        Assert.Contains(coarse.Simulate(0.02, 1).LoadReport, note => note.Severity == LoadNoteSeverity.Warning);
        Assert.Null(Clamp(new HodgkinHuxley(), 10, new CurrentClampOptions { Scheme = MembraneScheme.RungeKutta4, Step = 0.05.ms }).StepWarning);
        ArgumentException error = Assert.Throws<ArgumentException>(() => Clamp(new HodgkinHuxley(), 10, new CurrentClampOptions { Scheme = MembraneScheme.RungeKutta4, Step = 0.4.ms }));
        Assert.Contains("is unstable", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MembraneScheme.Paper2003)]
    [InlineData((MembraneScheme)99)]
    public void Scheme_ThatDoesNotSuit_IsRefused(MembraneScheme scheme) =>
        Assert.ThrowsAny<ArgumentException>(() => Clamp(new HodgkinHuxley(), 10, new CurrentClampOptions { Scheme = scheme }));

    private static CurrentClamp Clamp(HodgkinHuxley axon, double current, CurrentClampOptions? options = null) => new(axon, Waveform.Constant(current * PerSquareMetre), options);
}
