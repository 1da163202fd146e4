using System.Text.Json;
using SpikeStats.Cli.Output;
using SpikeStats.Tests.Loading;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Cli.Commands;

public sealed class DecodeCommandTests
{
    private static readonly string retina = Repository.PathOf("sample-data", "retina.csv");
    private static readonly string truth = Repository.PathOf("sample-data", "retina-truth.json");

    [Fact]
    public async Task Decode_RetinaTruth_IsJudgedByTheFlicker()
    {
        JsonElement json = (await CommandRun.Of(
            "decode", retina, "--model", truth, "--frame", "10ms", "--stimulus", Repository.PathOf("sample-data", "retina-stimulus.csv"), "--json")).AssertDone().Json;
        Assert.Equal("spikestats.decode/1", json.GetProperty("schema").GetString());
        Assert.Equal("converged", json.At("certificate", "status").GetString());
        Assert.Equal(20000, json.GetProperty("estimate").GetArrayLength());

        // 20,000 frames whose errors are correlated over some ten: about 2000 independent ones, four standard errors of 0.005.
        Assert.InRange(json.Number("score", "coverage"), 0.93, 0.97);
        Assert.InRange(json.Number("score", "varianceExplained"), 0.1, 0.9);
    }

    [Theory]
    [InlineData("--frame", "0.5ms")]
    [InlineData("--prior-correlation", "1")]
    [InlineData("--prior-deviation", "wide")]
    public async Task Decode_ImpossibleOption_IsRefused(string option, string value)
    {
        CommandRun run = await CommandRun.Of("decode", retina, "--model", truth, option, value);
        run.AssertRefused(ExitCode.Usage);
    }

    [Fact]
    public async Task Decode_ModelWithoutASignal_IsRefused()
    {
        using TemporaryFolder folder = new();
        string model = folder.Write("model.json", """{"schema":"spikestats.model.glm/1","binWidth":0.002,"observation":"poisson","neurons":[{"unit":"on-1","baseline":3}]}""");
        (await CommandRun.Of("decode", retina, "--model", model)).AssertRefused(ExitCode.Usage, "nothing to decode");
    }
}
