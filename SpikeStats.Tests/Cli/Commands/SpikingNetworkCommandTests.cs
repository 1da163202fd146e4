using System.Text.Json;
using SpikeStats.Cli.Output;
using SpikeStats.Tests.Loading;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Cli.Commands;

public sealed class SpikingNetworkCommandTests
{
    private const string Network = """
        {
          "schema": "spikestats.model.network/1",
          "populations": [
            { "name": "E", "size": 400, "mu": 0.014, "sigma": 0.005 },
            { "name": "I", "size": 100, "mu": 0.014, "sigma": 0.005 }
          ],
          "projections": [
            { "target": "E", "source": "I", "probability": 0.2, "weight": -0.0002, "delay": 0.0015, "synapticTau": 0.002 },
            { "target": "I", "source": "E", "inDegree": 40, "weight": 0.0001, "delay": 0.0015 },
            { "target": "E", "source": "E", "oneToOne": true, "weight": 0.0001, "delay": 0.0015 }
          ]
        }
        """;

    [Fact]
    public async Task Simulate_AFile_IsDeterministicAndTheSameFileIsSolved()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("network.json", Network), spikes = folder.PathOf("spikes.csv");
        string[] line = ["simulate", "network", file, "--duration", "0.2s", "--seed", "3"];
        JsonElement one = (await CommandRun.Of([.. line, "--threads", "1", "--json"])).AssertDone().Json, two = (await CommandRun.Of([.. line, "--threads", "2", "--json"])).AssertDone().Json;
        Assert.Equal(one.GetRawText(), two.GetRawText());
        Assert.Equal(500, one.GetProperty("unitCount").GetInt32());
        Assert.Equal("E.0", one.GetProperty("units")[0].GetProperty("id").GetString());
        Assert.Contains("exact steps", one.GetProperty("scheme").GetString(), StringComparison.Ordinal);
        CommandRun written = (await CommandRun.Of([.. line, "--out", spikes])).AssertDone();
        Assert.Contains("CV", written.Error, StringComparison.Ordinal);
        Assert.Equal(one.GetProperty("spikeCount").GetInt64(), File.ReadLines(spikes).Count(text => text.StartsWith("E.", StringComparison.Ordinal) || text.StartsWith("I.", StringComparison.Ordinal)));

        JsonElement solved = (await CommandRun.Of("theory", "network", "--network", file, "--json")).AssertDone().Json;
        Assert.Equal(2, solved.GetProperty("fixedPoints")[0].GetProperty("populations").GetArrayLength());
    }

    [Fact]
    public async Task Validate_AFile_HoldsItAgainstTheory()
    {
        using TemporaryFolder folder = new();
        CommandRun run = await CommandRun.Of("validate", "network", folder.Write("network.json", Network), "--duration", "4s", "--warm-up", "0.2s", "--json");
        JsonElement document = run.AssertDone().Json;
        Assert.Equal(["rate of E", "CV of E", "rate of I", "CV of I"], document.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("quantity").GetString()));
        Assert.Equal("AI", document.At("activity", "regime").GetString());

        CommandRun strict = await CommandRun.Of("validate", "network", "--brunel", "--size", "1000", "--in-degree", "80", "--weight", "1mV", "--duration", "0.2s", "--bound", "0.001", "--rate-tolerance", "1e-6");
        Assert.Equal((int)ExitCode.AnalysisFailed, strict.ExitCode);
        Assert.Contains("Disagreement", strict.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"source\": \"I\"", "\"source\": \"i\"", "Did you mean 'I'?")]
    [InlineData("\"size\": 100, ", "", "'I' states no size")]
    [InlineData("\"delay\": 0.0015", "\"delay\": -1", "not negative")]
    [InlineData("\"inDegree\": 40", "\"inDegree\": 40.5", "no whole number")]
    [InlineData("\"oneToOne\": true, ", "", "none of inDegree, probability and oneToOne")]
    [InlineData("\"source\": \"E\", \"oneToOne\"", "\"source\": \"I\", \"oneToOne\"", "not 100 and 400")]
    public async Task Simulate_BadFile_IsRefusedWithTheReason(string original, string replacement, string fragment)
    {
        using TemporaryFolder folder = new();
        string network = folder.Write("network.json", Network.Replace(original, replacement, StringComparison.Ordinal));
        (await CommandRun.Of("simulate", "network", network)).AssertRefused(ExitCode.InvalidInput, network, "Remedy:", fragment);
    }

    [Theory]
    [InlineData("", "either the FILE")]
    [InlineData("network.json --brunel", "either the FILE")]
    [InlineData("network.json --g 4", "leave out")]
    [InlineData("--brunel --step 2ms", "shorter than the time step")]
    [InlineData("--brunel --size 0", "must be positive")]
    public async Task WrongUsage_AnyKind_IsRefused(string line, string fragment) =>
        (await CommandRun.Of(["simulate", "network", .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)])).AssertRefused(ExitCode.Usage, fragment);
}
