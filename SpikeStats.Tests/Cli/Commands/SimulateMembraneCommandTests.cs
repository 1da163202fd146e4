using System.Text.Json;
using SpikeStats.Cli.Output;
using SpikeStats.Loading;
using SpikeStats.Models.Drives;
using SpikeStats.Models.Neurons;
using SpikeStats.Tests.Loading;
using SpikeStats.Tests.Testing;
using SpikeStats.Units;

namespace SpikeStats.Tests.Cli.Commands;

/// <summary><c>simulate adex</c>, <c>simulate izhikevich</c>, <c>simulate hh</c>.</summary>
public sealed class SimulateMembraneCommandTests
{
    [Fact]
    public async Task Preset_Document_HasTheSpikesOfTheLibrary_TheSchemeAndTheParameters()
    {
        CommandRun run = (await CommandRun.Of("simulate", "adex", "--preset", "adaptation", "--duration", "500ms", "--json")).AssertDone();
        Assert.Equal("spikestats.simulate.adex/1", run.Json.GetProperty("schema").GetString());
        Assert.Contains("Dormand-Prince 5(4)", run.Json.GetProperty("scheme").GetString(), StringComparison.Ordinal);
        Assert.Equal(12.nS, run.Json.Number("parameters", "gL"));
        Assert.Equal(("5E-10A", "adapting"), (run.Json.GetProperty("drive").GetString(), run.Json.GetProperty("firingPattern").GetString()));
        NeuronPreset<AdaptiveExponential> preset = NaudPatterns.Adaptation;
        double[] expected = new CurrentClamp(preset.Neuron, preset.Drive).Simulate(0.5, 1)[0].Times.ToArray();
        Assert.Equal(expected, run.Json.GetProperty("units")[0].GetProperty("spikeTimes").Doubles());
        Assert.Contains("pattern: Adapting: late intervals are", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SetAndCurrent_OverrideThePreset()
    {
        JsonElement json = (await CommandRun.Of(
            "simulate", "izhikevich", "--preset", "rs", "--set", "d=2mV/ms,c=-50mV", "--current", "step:0..10V/s@100ms", "--scheme", "paper2003", "--json")).AssertDone().Json;
        double[] expected = new CurrentClamp(IzhikevichCells.Chattering.Neuron, Waveform.Step(0, 10, 0.1), new CurrentClampOptions { Scheme = MembraneScheme.Paper2003 }).Simulate(1, 1)[0].Times.ToArray();
        Assert.Equal(expected, json.GetProperty("units")[0].GetProperty("spikeTimes").Doubles());
    }

    [Fact]
    public async Task Files_SpikesVoltageAndFigure_AreWritten()
    {
        using TemporaryFolder folder = new();
        string spikes = folder.PathOf("spikes.csv"), trace = folder.PathOf("trace.csv"), figure = folder.PathOf("trace.svg");
        (await CommandRun.Of(
            "simulate", "hh", "--current", "10uA/cm2", "--set", "EL=10.6mV", "--start", "0mV", "--duration", "50ms", "--out", spikes, "--voltage", trace, "--figure", figure, "--sampling", "20kHz")).AssertDone();
        Assert.Equal(4, RecordingFile.Open(spikes)[0].Count);
        string[] lines = await File.ReadAllLinesAsync(trace);
        Assert.Equal(("time,voltage", 1001), (lines[0], lines.Length));
        Assert.StartsWith("0,0", lines[1], StringComparison.Ordinal);
        Assert.Contains("4 spikes", await File.ReadAllTextAsync(figure), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Noise_DependsOnTheSeedAlone()
    {
        string[] command = ["simulate", "adex", "--preset", "tonic", "--noise", "2mV", "--scheme", "heun", "--step", "0.05ms", "--duration", "200ms"];
        string first = (await CommandRun.Of([.. command, "--seed", "3", "--threads", "1"])).AssertDone().Output;
        Assert.Equal(first, (await CommandRun.Of([.. command, "--seed", "3", "--threads", "2"])).AssertDone().Output);
        Assert.NotEqual(first, (await CommandRun.Of([.. command, "--seed", "4"])).AssertDone().Output);
    }

    [Theory]
    [InlineData("adex --set tauw=-1ms --current 500pA", "tauw", "must not be negative")]
    [InlineData("adex --set tauw=0 --current 500pA", "tauw", "must be positive")]
    [InlineData("adex --set tau_w=30ms --current 500pA", "no parameter 'tau_w'", "Did you mean 'tauw'?")]
    [InlineData("adex --preset tonc", "no preset 'tonc'", "Did you mean 'tonic'?")]
    [InlineData("adex", "Say the drive with --current", "Or take a --preset")]
    [InlineData("adex --current 500", "--current", "is no current")]
    [InlineData("adex --preset tonic --scheme euler-maruyama --step 50ms", "is unstable", "Take a shorter step")]
    [InlineData("adex --preset tonic --noise 2mV", "has no noise", "EulerMaruyama or Heun")]
    [InlineData("hh --current 10uA/cm2 --scheme paper2003", "Izhikevich neuron only", "Exact")]
    [InlineData("hh --current 10uA/cm2 --duration -1s", "--duration", "must be positive")]
    public async Task BadInput_IsRefused_WithTheRemedy(string arguments, string problem, string remedy) =>
        (await CommandRun.Of(["simulate", .. arguments.Split(' ')])).AssertRefused(ExitCode.Usage, problem, remedy);

    [Fact]
    public async Task BadParameter_Message_HasNoTraceOfTheCode()
    {
        string error = (await CommandRun.Of("simulate", "adex", "--set", "tauw=0", "--current", "500pA")).Error;
        Assert.Equal("error: --set tauw: The time constant of the adaptation must be positive and finite, in seconds.", error.Split('\n')[0].TrimEnd());
        Assert.DoesNotContain("Actual value", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LongStep_IsWarnedOf()
    {
        CommandRun run = (await CommandRun.Of("simulate", "hh", "--current", "10uA/cm2", "--scheme", "exponential-euler", "--step", "0.1ms", "--duration", "50ms")).AssertDone();
        Assert.Contains("warning: a step of 0.1 ms is too long", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelled_LeavesNothing()
    {
        using TemporaryFolder folder = new();
        using CancellationTokenSource source = new();
        await source.CancelAsync();
        string spikes = folder.PathOf("spikes.csv");
        Assert.Equal((int)ExitCode.Cancelled, (await CommandRun.Of(source.Token, "simulate", "hh", "--current", "10uA/cm2", "--out", spikes)).ExitCode);
        Assert.False(File.Exists(spikes));
    }
}
