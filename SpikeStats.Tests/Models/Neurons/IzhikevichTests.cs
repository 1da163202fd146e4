using System.Text.Json;
using SpikeStats.Models.Drives;
using SpikeStats.Models.Neurons;
using SpikeStats.Tests.Testing;
using SpikeStats.Units;

namespace SpikeStats.Tests.Models.Neurons;

/// <summary>Izhikevich's seven cells in both schemes, the onset of firing and the pole of the voltage.</summary>
public sealed class IzhikevichTests
{
    private static readonly JsonElement reference = ReferenceFile.Read("izhikevich");

    public static TheoryData<string, double> Cases
    {
        get
        {
            TheoryData<string, double> cases = new();
            foreach (JsonProperty type in reference.GetProperty("types").EnumerateObject())
            {
                foreach (double drive in (double[])[5, 10, 15]) cases.Add(type.Name, drive);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Paper2003_Spikes_AreTheIntegersOfThePaperScheme(string name, double drive)
    {
        JsonElement expected = reference.At("types", name, FormattableString.Invariant($"I={drive}"));
        SpikeTrain train = new CurrentClamp(Cell(name), Waveform.Constant(drive), new CurrentClampOptions { Scheme = MembraneScheme.Paper2003 }).Simulate(1, 1)[0];
        Assert.Equal(expected.Number("A_count"), train.Count);
        int[] spikes = expected.GetProperty("A_spikes").Integers();
        Assert.Equal(spikes.Select(spike => spike / 1e3), train.Times[..spikes.Length].ToArray());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Exact_Spikes_AreThoseOfEighthOrder(string name, double drive)
    {
        JsonElement expected = reference.At("types", name, FormattableString.Invariant($"I={drive}"));
        SpikeTrain train = new CurrentClamp(Cell(name), Waveform.Constant(drive)).Simulate(0.5, 1)[0];
        Assert.Equal(expected.Number("B_count"), train.Count);
        double[] spikes = expected.GetProperty("B_spikes").Doubles();
        StatisticalAssert.Close(spikes, [.. train.Times[..spikes.Length].ToArray().Select(time => time * 1e3)], absolute: 1e-5);
    }

    [Fact]
    public void Presets_OneSecondAtTen_HaveTheCountsOfBothSchemes()
    {
        foreach (NeuronPreset<Izhikevich> preset in IzhikevichCells.All)
        {
            JsonElement expected = reference.At("wider", "types", preset.Name);
            SpikeTrain exact = new CurrentClamp(preset.Neuron, preset.Drive).Simulate(1, 1)[0];
            Assert.Equal(expected.Number("n_1000ms"), exact.Count);
            double[] first = expected.GetProperty("first10_ms").Doubles();
            StatisticalAssert.Close(first, [.. exact.Times[..10].ToArray().Select(time => time * 1e3)], absolute: 1e-5);
            StatisticalAssert.Close(expected.Number("isi_last"), (exact.Times[^1] - exact.Times[^2]) * 1e3, absolute: 1e-5);
            double[] late = [.. exact.Times.ToArray().Zip(exact.Times[1..].ToArray(), (from, to) => (to, Interval: to - from)).Where(pair => pair.to > 0.2).Select(pair => pair.Interval)];
            double mean = late.Average(), variation = Math.Sqrt(late.Average(interval => (interval - mean) * (interval - mean))) / mean;
            StatisticalAssert.Close(expected.Number("cv_isi_after_200ms"), variation, absolute: 1e-7);
            Assert.Equal(expected.Number("n_paper_scheme_dt1"), new CurrentClamp(preset.Neuron, preset.Drive, new CurrentClampOptions { Scheme = MembraneScheme.Paper2003 }).Simulate(1, 1)[0].Count);
        }
    }

    [Fact]
    public void Rheobases_OfTheRegularCell_AreTheClosedForms()
    {
        Izhikevich cell = new();
        StatisticalAssert.Close(reference.Number("wider", "RS_saddle_node_I"), cell.SaddleNodeDrive, relative: 1e-13);
        StatisticalAssert.Close(reference.Number("wider", "RS_AndronovHopf_I"), cell.HopfDrive, relative: 1e-12);
        Assert.Equal(cell.HopfDrive, cell.Rheobase);

        // The second route: where the numerical eigenvalue changes sign, and where the equilibrium ends.
        NeuronEquilibrium at = cell.EquilibriumUnder(cell.HopfDrive)!;
        StatisticalAssert.Close(-62.25.mV, at.Voltage, relative: 1e-12);
        StatisticalAssert.Close(0, at.LeadingEigenvalue.Real, absolute: 1e-3);
        Assert.NotEqual(0, at.LeadingEigenvalue.Imaginary);
        Assert.NotNull(cell.EquilibriumUnder(cell.SaddleNodeDrive - 1e-9));
        Assert.Null(cell.EquilibriumUnder(cell.SaddleNodeDrive + 1e-9));
    }

    // Subcritical: beside the resting state it is silent below the bifurcation; from further off it fires even there.
    [Theory]
    [InlineData(3.79, 0)]
    [InlineData(3.81, 26)]
    public void Cell_BesideItsEquilibrium_FiresOnlyBeyondTheBifurcation(double drive, int spikes)
    {
        Izhikevich cell = new();

        // A pulse of 10 V/s for a microsecond moves the voltage by 0.01 mV and leaves u where it is.
        Waveform nudged = Waveform.Constant(drive).Plus(Waveform.Pulse(10, 0, 1.us));
        double start = cell.EquilibriumUnder(drive)!.Voltage;
        Assert.Equal(spikes, new CurrentClamp(cell, nudged, new CurrentClampOptions { StartingVoltage = start }).Simulate(6, 1)[0].Count);
    }

    [Theory]
    [InlineData(3.78, "RS_n_at_I_3.78_from_rest")]
    [InlineData(4.1, "RS_n_at_I_4.1")]
    public void Cell_FromOffItsEquilibrium_FiresAsInTheReference(double drive, string key) => Assert.Equal(
        reference.Number("wider", key), new CurrentClamp(new Izhikevich(), Waveform.Constant(drive), new CurrentClampOptions { StartingVoltage = (-64).mV }).Simulate(1, 1)[0].Count);

    // With u frozen, v follows a tangent: closed forms of the times to the peak and to infinity.
    [Theory]
    [InlineData(30e-3, "t_to_30", 1e-7)]
    [InlineData(1e9, "t_to_infinity", 1e-7)]
    [InlineData(1e200, "t_to_infinity", 1e-7)]
    public void Pole_WithFrozenRecovery_IsThatOfTheTangent(double peak, string key, double tolerance)
    {
        Izhikevich frozen = new() { RecoveryRate = 0, Peak = peak };
        SpikeTrain train = new CurrentClamp(frozen, Waveform.Constant(20)).Simulate(2.2.ms, 1)[0];
        StatisticalAssert.Close(reference.Number("wider", "blowup_time_frozen_u", key), train.Times[0] * 1e3, absolute: tolerance);
    }

    [Fact]
    public void Parameters_OutOfRange_AreNamed()
    {
        Assert.Contains("rate of recovery a", Assert.Throws<ArgumentOutOfRangeException>(() => new Izhikevich { RecoveryRate = -20 }).Message, StringComparison.Ordinal);
        Assert.Contains("must lie below the peak", Assert.Throws<ArgumentException>(() => new CurrentClamp(new Izhikevich { ResetVoltage = 40.mV }, Waveform.Zero)).Message, StringComparison.Ordinal);
        Assert.Contains("would start at", Assert.Throws<ArgumentException>(() => new CurrentClamp(new Izhikevich(), Waveform.Zero, new CurrentClampOptions { StartingVoltage = 40.mV })).Message, StringComparison.Ordinal);
    }

    private static Izhikevich Cell(string name)
    {
        JsonElement row = reference.At("types", name);
        return new Izhikevich { RecoveryRate = row.Number("a") * 1e3, RecoveryCoupling = row.Number("b") * 1e3, ResetVoltage = row.Number("c").mV, RecoveryStep = row.Number("d") };
    }
}
