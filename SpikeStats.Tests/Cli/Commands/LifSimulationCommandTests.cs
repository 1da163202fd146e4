using System.Text.Json;
using SpikeStats.Cli.Output;
using SpikeStats.Loading;
using SpikeStats.Models.Ensembles;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.Tests.Loading;

namespace SpikeStats.Tests.Cli.Commands;

/// <summary><c>simulate lif</c> and <c>validate lif</c>.</summary>
public sealed class LifSimulationCommandTests
{
    private static readonly string[] input = ["--mu", "20mV", "--sigma", "5mV"];

    [Fact]
    public async Task Simulate_File_HoldsTheSpikesOfTheLibrary()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("spikes.csv");
        (await CommandRun.Of(["simulate", "lif", .. input, "--set", "tau=15ms,refractory=3ms", "--count", "3", "--duration", "2s", "--seed", "7", "--out", path])).AssertDone();
        Recording expected = new IntegrateAndFireEnsemble(
            new LeakyIntegrateAndFire { TimeConstant = 15e-3, RefractoryPeriod = 3e-3 }, new WhiteNoiseInput(20e-3, 5e-3), new EnsembleOptions { Count = 3 }).Simulate(2, 7);
        Recording read = RecordingFile.Open(path);
        Assert.Equal(expected.UnitCount, read.UnitCount);
        for (int unit = 0; unit < 3; unit++) Assert.Equal(expected[unit].Times.ToArray(), read[unit].Times.ToArray());
    }

    [Fact]
    public async Task Simulate_Json_NamesSchemeAndParameters()
    {
        CommandRun run = (await CommandRun.Of(["simulate", "lif", .. input, "--scheme", "grid", "--step", "0.5ms", "--duration", "1s", "--json"])).AssertDone();
        Assert.Equal("spikestats.simulate.lif/1", run.Json.GetProperty("schema").GetString());
        Assert.Contains("scheme Grid", run.Json.GetProperty("scheme").GetString(), StringComparison.Ordinal);
        Assert.Equal((0.02, 0.02, 0.0005), (run.Json.GetProperty("parameters").GetProperty("tau").GetDouble(), run.Json.GetProperty("parameters").GetProperty("mu").GetDouble(), run.Json.GetProperty("parameters").GetProperty("step").GetDouble()));
        Assert.NotEmpty(run.Json.GetProperty("units")[0].GetProperty("spikeTimes").EnumerateArray());
        CommandRun coloured = (await CommandRun.Of(["simulate", "lif", .. input, "--correlation-time", "5ms", "--duration", "1s", "--json"])).AssertDone();
        Assert.Contains("coloured noise", coloured.Json.GetProperty("scheme").GetString(), StringComparison.Ordinal);
        Assert.Equal(0.005, coloured.Json.GetProperty("parameters").GetProperty("correlationTime").GetDouble());
    }

    [Fact]
    public async Task Simulate_BadInput_IsRefusedBeforeTheRun()
    {
        (await CommandRun.Of(["simulate", "lif", .. input, "--set", "threshhold=20mV"])).AssertRefused(ExitCode.Usage, "threshhold", "Did you mean 'threshold'?");
        (await CommandRun.Of(["simulate", "lif", .. input, "--set", "tau=-5ms"])).AssertRefused(ExitCode.Usage, "tau");
        (await CommandRun.Of(["simulate", "lif", .. input, "--set", "reset=20mV"])).AssertRefused(ExitCode.Usage, "reset", "below the threshold");
        (await CommandRun.Of(["simulate", "lif", .. input, "--scheme", "euler", "--step", "40ms"])).AssertRefused(ExitCode.Usage, "unstable", "0.04 s");
        (await CommandRun.Of(["simulate", "lif", .. input, "--scheme", "heun"])).AssertRefused(ExitCode.Usage, "bridge|grid|euler");
        (await CommandRun.Of(["simulate", "lif", .. input, "--count", "0"])).AssertRefused(ExitCode.Usage, "--count");
        (await CommandRun.Of(["simulate", "lif", .. input, "--duration", "-1s"])).AssertRefused(ExitCode.Usage, "--duration");
        (await CommandRun.Of("simulate", "lif", "--mu", "20mV")).AssertRefused(ExitCode.Usage, "--sigma");
    }

    [Fact]
    public async Task Simulate_EulerBeyondTheTimeConstant_Warns()
    {
        CommandRun run = (await CommandRun.Of(["simulate", "lif", .. input, "--scheme", "euler", "--step", "30ms", "--duration", "1s"])).AssertDone();
        Assert.Contains("oscillates", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_RightScheme_PassesWithDocumentAndFigure()
    {
        using TemporaryFolder folder = new();
        string figure = folder.PathOf("check.svg");
        CommandRun run = (await CommandRun.Of(["validate", "lif", .. input, "--count", "200", "--duration", "5s", "--json", "--out", figure])).AssertDone();
        Assert.Equal("spikestats.validate.lif/1", run.Json.GetProperty("schema").GetString());
        Assert.True(run.Json.GetProperty("passed").GetBoolean());
        JsonElement[] rows = [.. run.Json.GetProperty("rows").EnumerateArray()];
        Assert.Equal(8, rows.Length);
        Assert.Equal("rate", rows[0].GetProperty("quantity").GetString());
        Assert.All(rows, row => Assert.Equal((row.GetProperty("simulated").GetDouble() - row.GetProperty("theory").GetDouble()) / row.GetProperty("standardError").GetDouble(), row.GetProperty("z").GetDouble()));
        Assert.StartsWith("<svg", File.ReadAllText(figure), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_SchemeThatIsWrong_ExitsWith1()
    {
        CommandRun run = await CommandRun.Of(["validate", "lif", .. input, "--count", "200", "--duration", "5s", "--step", "20ms"]);
        Assert.Equal((int)ExitCode.AnalysisFailed, run.ExitCode);
        Assert.Contains("Disagreement", run.Output, StringComparison.Ordinal);
        Assert.Contains("standard errors", run.Error, StringComparison.Ordinal);
    }
}
