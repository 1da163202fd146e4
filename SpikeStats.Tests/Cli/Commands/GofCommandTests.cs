using System.Text.Json;
using SpikeStats.Cli.Output;
using SpikeStats.Tests.Loading;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Cli.Commands;

public sealed class GofCommandTests
{
    private static readonly string retina = Repository.PathOf("sample-data", "retina.csv"), stimulus = Repository.PathOf("sample-data", "retina-stimulus.csv");

    [Theory]
    [InlineData("poisson", "2ms")]
    [InlineData("bernoulli", "2ms")]
    [InlineData("bernoulli:probit", "2ms")]
    [InlineData("negative-binomial", "20ms")]
    public async Task Gof_SameRecording_AgreesWithTheFit(string observation, string bin)
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("fit.json");

        // Without the drive the counts are more variable than Poisson's, as the negative binomial law needs.
        string[] drive = observation == "negative-binomial" ? [] : ["--stimulus", stimulus, "--stimulus-basis", "lags:3"];
        string[] asked = ["--observation", observation, "--bin", bin, "--history-basis", "lags:2", "--coupling", "on-2", "--coupling-basis", "lags:2", .. drive];
        JsonElement fit = (await CommandRun.Of(["fit", "glm", retina, "--target", "on-1", "--window", "0s..40s", "--json", "--out", path, .. asked])).AssertDone().Json;
        JsonElement gof = (await CommandRun.Of("gof", path, retina, "--stimulus", stimulus, "--window", "0s..40s", "--json")).AssertDone().Json;
        Assert.Equal("spikestats.gof/1", gof.GetProperty("schema").GetString());
        Assert.Equal(("spikestats.fit.glm/1", "given", "training"), (gof.GetProperty("modelSchema").GetString(), gof.GetProperty("parameters").GetString(), gof.GetProperty("nullRates").GetString()));
        Assert.Equal(fit.Number("spikeCount"), gof.Number("spikeCount"));
        Assert.Equal(fit.Number("logLikelihood"), gof.Number("logLikelihood"), 1e-7);
        Assert.Equal(fit.Number("nullLogLikelihood"), gof.Number("nullLogLikelihood"), 1e-7);
        Assert.Equal(fit.Number("bitsPerSpike"), gof.Number("bitsPerSpike"), 1e-9);
        JsonElement unit = gof.GetProperty("units")[0];
        Assert.Equal(fit.Number("goodnessOfFit", "discrete", "medianPValue"), unit.Number("goodnessOfFit", "discrete", "medianPValue"), 1e-6);
        Assert.Equal(fit.At("goodnessOfFit", "sentence").GetString(), unit.At("goodnessOfFit", "sentence").GetString());
        Assert.Equal(JsonValueKind.Null, unit.GetProperty("bootstrap").ValueKind);
    }

    [Fact]
    public async Task Gof_HeldOutPart_IsScoredWithTheRateOfTheTrainingPart()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("fit.json");
        JsonElement fit = (await CommandRun.Of("fit", "hawkes", retina, "--units", "on-1,on-2", "--decay", "50/s", "--window", "0s..100s", "--json", "--out", path)).AssertDone().Json;
        JsonElement gof = (await CommandRun.Of("gof", path, retina, "--window", "100s..200s", "--target", "on-2", "--json")).AssertDone().Json;
        double[] counts = fit.GetProperty("spikeCounts").Doubles();
        JsonElement unit = Assert.Single(gof.GetProperty("units").EnumerateArray());
        Assert.Equal(("on-2", counts[1] / 100), (unit.GetProperty("unit").GetString(), unit.Number("nullRate")));

        // n log r - r T with the rates of the first half and the spikes of the second.
        double[] held = [5206 - counts[0], 6025 - counts[1]];
        Assert.Equal(held.Sum(), gof.Number("spikeCount"));
        double expected = Enumerable.Range(0, 2).Sum(i => (held[i] * Math.Log(counts[i] / 100)) - counts[i]);
        Assert.Equal(expected, gof.Number("nullLogLikelihood"), 1e-8);
        Assert.InRange(gof.Number("bitsPerSpike"), 0.3, 0.6);
    }

    [Fact]
    public async Task Gof_Bootstrap_JudgesByTheModelAsItIs()
    {
        using TemporaryFolder folder = new();
        string spikes = folder.PathOf("spikes.csv"), figure = folder.PathOf("gof.svg");
        string model = folder.Write("model.json", "{\"schema\":\"spikestats.model.hawkes/1\",\"units\":[\"a\"],\"baseline\":[5],\"decays\":[20],\"adjacency\":[[0.5]]}");
        string wrong = folder.Write("wrong.json", "{\"schema\":\"spikestats.model.hawkes/1\",\"units\":[\"a\"],\"baseline\":[10],\"decays\":[20],\"adjacency\":[[0]]}");
        (await CommandRun.Of("simulate", "hawkes", model, "--duration", "60s", "--seed", "6", "--out", spikes)).AssertDone();
        string[] judge = ["--bootstrap", "19", "--seed", "2", "--json"];
        JsonElement right = (await CommandRun.Of(["gof", model, spikes, .. judge])).AssertDone().Json, false0 = (await CommandRun.Of(["gof", wrong, spikes, .. judge])).AssertDone().Json;
        Assert.Equal("recording", right.GetProperty("nullRates").GetString());
        Assert.Equal(19, right.GetProperty("units")[0].Number("bootstrap", "replicates"));

        // The true model is among the worst of twenty in one run of twenty; the seed is fixed.
        Assert.True(right.GetProperty("units")[0].Number("bootstrap", "ksPValue") > 0.05);
        Assert.Equal(0.05, false0.GetProperty("units")[0].Number("bootstrap", "ksPValue"));

        CommandRun text = (await CommandRun.Of("gof", model, spikes, "--bootstrap", "9", "--out", figure)).AssertDone();
        string[] expected = ["model.json (spikestats.model.hawkes/1), parameters given", "constant rates of this recording", "bits per spike", "not refitted", "among 9 simulations"];
        Assert.All(expected, part => Assert.Contains(part, text.Output, StringComparison.Ordinal));
        Assert.StartsWith("<svg", File.ReadAllText(figure), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gof_ImpossibleRequest_IsRefused()
    {
        using TemporaryFolder folder = new();
        string model = folder.Write("model.json", "{\"schema\":\"spikestats.model.hawkes/1\",\"units\":[\"a\"],\"baseline\":[5],\"decays\":[20],\"adjacency\":[[0.5]]}");
        string spikes = folder.Write("spikes.csv", "# observed: 0s..10s\nunit,time\na,0.5\na,1.5\nb,2\n");
        (await CommandRun.Of("gof", folder.Write("no.json", "{}"), spikes)).AssertRefused(ExitCode.InvalidInput, "no.json", "no schema");
        (await CommandRun.Of("gof", model, folder.PathOf("none.csv"))).AssertRefused(ExitCode.InvalidInput, "none.csv");
        (await CommandRun.Of("gof", model, spikes, "--target", "b")).AssertRefused(ExitCode.Usage, "'b'", "a");
        (await CommandRun.Of("gof", model, retina)).AssertRefused(ExitCode.Usage, "'a'", "on-1");
        (await CommandRun.Of("gof", model, spikes, "--window", "5s..10s")).AssertRefused(ExitCode.InvalidInput, "no spike", "Remedy:");
        (await CommandRun.Of("gof", model, spikes, "--bootstrap", "0")).AssertRefused(ExitCode.Usage, "--bootstrap");
        string glm = folder.Write("glm.json", "{\"schema\":\"spikestats.model.glm/1\",\"binWidth\":0.001,\"observation\":\"poisson\",\"neurons\":[{\"unit\":\"a\",\"baseline\":1,\"covariates\":[{\"signal\":\"x\",\"power\":1,\"coefficient\":1}]}]}");
        (await CommandRun.Of("gof", glm, spikes)).AssertRefused(ExitCode.Usage, "'x'", "--stimulus FILE");
    }
}
