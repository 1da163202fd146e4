using System.Text.Json;
using SpikeStats.Cli.Output;
using SpikeStats.Models.SpikeResponses;
using SpikeStats.Models.Synapses;
using SpikeStats.Tests.Loading;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Cli.Commands;

/// <summary><c>simulate srm</c>: what it draws is what the library draws.</summary>
public sealed class SimulateSrmCommandTests
{
    [Fact]
    public async Task Defaults_FireLikeALeakyNeuron()
    {
        JsonElement json = (await CommandRun.Of("simulate", "srm", "--duration", "2s", "--json")).AssertDone().Json;
        Assert.Equal("spikestats.simulate.srm/1", json.GetProperty("schema").GetString());

        // The drive is there before 0, above the threshold: the first spike takes 16 mV down to 1 mV, all later ones 15 mV to 0.
        double[] times = json.GetProperty("units")[0].GetProperty("spikeTimes").Doubles();
        Assert.Equal(0, times[0]);
        StatisticalAssert.Close(0.02 * Math.Log(15), times[1], relative: 1e-12);
        for (int spike = 2; spike < times.Length; spike++) StatisticalAssert.Close(0.02 * Math.Log(16), times[spike] - times[spike - 1], relative: 1e-12);
        Assert.Equal(2 + (int)((2 - times[1]) / (0.02 * Math.Log(16))), times.Length);
        Assert.Equal(0.015, json.Number("parameters", "threshold"));
        Assert.Contains("hard threshold", json.GetProperty("scheme").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task InputCurrentAndEscape_AreThoseOfTheLibrary()
    {
        using TemporaryFolder folder = new();
        string spikes = folder.Write("in.csv", "# observed: 0s..1s\nunit,time\na,0.1\na,0.2\nb,0.3\n"), current = folder.Write("current.csv", "time,I\n0,0\n0.1,1e-10\n0.2,0\n0.3,5e-11\n");
        JsonElement json = (await CommandRun.Of(
            "simulate", "srm", "--duration", "1s", "--seed", "3", "--escape", "--input", spikes, "--current", current, "--synapse", "alpha", "--set", "weight=20mV,softness=2mV,leak=5nS", "--unit", "out", "--json")).AssertDone().Json;
        Recording given = Recording.FromTrains(
            [SpikeTrain.FromSorted(new[] { 0.1, 0.2 }, TimeIntervals.Of(0, 1), "a"), SpikeTrain.FromSorted(new[] { 0.3 }, TimeIntervals.Of(0, 1), "b")],
            signals: [SampledSignal.Regular("I", new[] { 0, 1e-10, 0, 5e-11 }, 0, 10)]);
        SynapticResponse response = new(new AlphaSynapse(0.005), 0.02, 0.02);
        SpikeResponseNeuron neuron = new()
        {
            Threshold = 0.015,
            MeanInput = 0.016,
            AfterPotential = new ExponentialResponse(-0.015, 0.02),
            Inputs = [new SpikeInfluence("a", response), new SpikeInfluence("b", response)],
            Currents = [new CurrentInfluence("I", 1 / 5e-9, 0.02)],
        };
        double[] expected = new SpikeResponseGenerator(neuron, given, new EscapeNoise(50, 0.002)).Simulate(1, 3)[0].Times.ToArray();
        Assert.NotEmpty(expected);
        StatisticalAssert.Close(expected, json.GetProperty("units")[0].GetProperty("spikeTimes").Doubles(), absolute: 1e-12);
    }

    [Theory]
    [InlineData("--set treshold=1mV", "Did you mean 'threshold'?")]
    [InlineData("--set tauAfter=0s", "time constant")]
    [InlineData("--escape --set softness=0mV", "softness")]
    [InlineData("--synapse gamma", "'gamma'")]
    public async Task ImpossibleRequest_IsRefused(string line, string fragment) =>
        (await CommandRun.Of(["simulate", "srm", .. line.Split(' ')])).AssertRefused(ExitCode.Usage, fragment);
}
