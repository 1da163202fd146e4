using System.Text.Json;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.Decoding;
using SpikeStats.Loading;
using SpikeStats.Models.Glm;
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

    // The same units, bases and spikes: a document of all targets decodes as the true models do, whose filters it estimates.
    [Fact]
    public async Task Decode_DocumentOfAllTargets_IsJudgedByTheFlicker()
    {
        using TemporaryFolder folder = new();
        string stimulus = Repository.PathOf("sample-data", "retina-stimulus.csv"), model = folder.PathOf("population.json");
        string[] fit = ["--target", "all", "--coupling", "all", "--coupling-basis", "raised-cosine-log:n=4,window=40ms", "--bin", "2ms", "--observation", "bernoulli"];
        (await CommandRun.Of(["fit", "glm", retina, .. fit, "--stimulus", stimulus, "--stimulus-basis", "raised-cosine:n=8,window=200ms", "--out", model])).AssertDone();
        string[] decode = ["decode", retina, "--frame", "10ms", "--stimulus", stimulus, "--json", "--model"];
        JsonElement fitted = (await CommandRun.Of([.. decode, model])).AssertDone().Json, given = (await CommandRun.Of([.. decode, truth])).AssertDone().Json;
        Assert.Equal("converged", fitted.At("certificate", "status").GetString());
        Assert.InRange(fitted.Number("score", "coverage"), 0.93, 0.97);

        // The fit saw the stimulus that it decodes, with some eighty parameters for 20,000 frames: it may be a little better or worse than the truth.
        Assert.Equal(given.Number("score", "varianceExplained"), fitted.Number("score", "varianceExplained"), 0.02);

        // Two routes: the models of the document by the library.
        GlmPopulation population = GlmModelDocument.Read(model);
        Assert.Equal(4, population.Models.Count);
        StimulusPosterior posterior = new StimulusReconstruction { Population = population, Signal = "contrast", FrameDuration = 0.01 }.Reconstruct(RecordingFile.Open(retina));
        Assert.Equal(posterior.Mean.ToArray(), fitted.GetProperty("estimate").Doubles());
    }

    [Fact]
    public async Task Decode_OtherSignals_AreGivenAndNotDecoded()
    {
        using TemporaryFolder folder = new();
        string both = folder.Write("signals.csv", "time_s,light,speed\n" + string.Concat(Enumerable.Range(0, 401).Select(i => FormattableString.Invariant($"{0.5 * i},{Math.Sin(i)},{Math.Cos(0.3 * i)}\n"))));
        string speed = folder.Write("speed.csv", "time_s,speed\n" + string.Concat(Enumerable.Range(0, 401).Select(i => FormattableString.Invariant($"{0.5 * i},{Math.Cos(0.3 * i)}\n"))));
        string model = folder.PathOf("fit.json");
        string[] fit = ["fit", "glm", retina, "--target", "on-1", "--bin", "20ms", "--stimulus", both, "--stimulus-signal", "light", "--stimulus-basis", "lags:3", "--smooth", $"{both}:speed=bspline:n=5,from=-1,to=1"];
        (await CommandRun.Of([.. fit, "--out", model])).AssertDone();
        JsonElement json = (await CommandRun.Of("decode", retina, "--model", model, "--known", speed, "--frame", "100ms", "--json")).AssertDone().Json;
        Assert.Equal(("light", 2000), (json.GetProperty("signal").GetString(), json.GetProperty("estimate").GetArrayLength()));
        (await CommandRun.Of("decode", retina, "--model", model)).AssertRefused(ExitCode.Usage, "'speed'", "--known FILE");
        (await CommandRun.Of("decode", retina, "--model", model, "--known", both)).AssertRefused(ExitCode.Usage, "nothing to decode");
    }

    [Fact]
    public async Task Decode_ModelWithoutASignal_IsRefused()
    {
        using TemporaryFolder folder = new();
        string model = folder.Write("model.json", """{"schema":"spikestats.model.glm/1","binWidth":0.002,"observation":"poisson","neurons":[{"unit":"on-1","baseline":3}]}""");
        (await CommandRun.Of("decode", retina, "--model", model)).AssertRefused(ExitCode.Usage, "nothing to decode");
    }
}
