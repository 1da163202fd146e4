using System.Text.Json;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Output;
using SpikeStats.Loading;
using SpikeStats.Models.Hawkes;
using SpikeStats.Models.Renewal;
using SpikeStats.Tests.Loading;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Cli.Commands;

/// <summary><c>simulate hawkes</c> and <c>simulate renewal</c>: from documents and from stated parameters.</summary>
public sealed class SimulateProcessCommandTests
{
    private const string Pair = """
        {"schema":"spikestats.model.hawkes/1","units":["a","b"],"baseline":[6,4],"decays":[40],"adjacency":[[0.3,0.2],[0.1,0.4]]}
        """;

    // Seven estimates within 4 standard errors of the truth, and four verdicts at the 0.1 % level: false-alarm rate 5e-3.
    [Fact]
    public async Task Hawkes_SimulateFitSimulateAndJudge_ComesFullCircle()
    {
        using TemporaryFolder folder = new();
        string model = folder.Write("model.json", Pair), spikes = folder.PathOf("spikes.csv"), fit = folder.PathOf("fit.json"), again = folder.PathOf("again.csv");
        (await CommandRun.Of("simulate", "hawkes", model, "--duration", "300s", "--seed", "11", "--out", spikes)).AssertDone();
        JsonElement json = (await CommandRun.Of("fit", "hawkes", spikes, "--json", "--out", fit)).AssertDone().Json;
        double[] estimates = [.. json.GetProperty("baseline").Doubles(), .. json.GetProperty("adjacency").EnumerateArray().SelectMany(row => row.Doubles()), .. json.GetProperty("decays").Doubles()];
        double[] errors =
            [.. json.GetProperty("baselineStandardErrors").Doubles(), .. json.GetProperty("adjacencyStandardErrors").EnumerateArray().SelectMany(row => row.Doubles()), .. json.GetProperty("decayStandardErrors").Doubles()];
        double[] truth = [6, 4, 0.3, 0.2, 0.1, 0.4, 40];
        for (int i = 0; i < truth.Length; i++) StatisticalAssert.WithinStandardErrors(estimates[i], truth[i], errors[i]);

        (await CommandRun.Of("simulate", "hawkes", fit, "--duration", "100s", "--seed", "12", "--out", again)).AssertDone();
        JsonElement heldOut = (await CommandRun.Of("gof", model, again, "--json")).AssertDone().Json, fitted = (await CommandRun.Of("gof", fit, spikes, "--json")).AssertDone().Json;
        Assert.All([heldOut, fitted], gof => Assert.All(gof.GetProperty("units").EnumerateArray(), unit => Assert.True(unit.Number("goodnessOfFit", "ksPValue") > 1e-3)));
        Assert.Equal(json.Number("logLikelihood"), fitted.Number("logLikelihood"), 1e-8);
        Assert.Equal(json.Number("bitsPerSpike"), fitted.Number("bitsPerSpike"), 1e-10);
    }

    [Fact]
    public async Task Hawkes_Document_GivesTheModelThatWasFitted()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("fit.json");
        (await CommandRun.Of("fit", "hawkes", Repository.PathOf("sample-data", "retina.csv"), "--units", "on-1,on-2", "--decay", "50/s,200/s", "--json", "--out", path)).AssertDone();
        HawkesModel model = Assert.IsType<HawkesModel>(HawkesModelDocument.Read(path).Process);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        Assert.Equal(document.RootElement.Number("logLikelihood"), model.LogLikelihood(RecordingFile.Open(Repository.PathOf("sample-data", "retina.csv"))), 1e-8);
        Assert.Equal(document.RootElement.GetProperty("parameterCount").GetInt32(), model.ParameterCount);
    }

    [Fact]
    public async Task Hawkes_StatedParameters_AreThoseOfTheLibrary()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("a.npy");
        (await CommandRun.Of("simulate", "hawkes", "--baseline", "5Hz", "--branching", "0.5", "--decay", "20/s", "--unit", "a", "--observed", "0s..20s,30s..40s", "--seed", "3", "--out", path)).AssertDone();
        TimeIntervals observed = TimeIntervals.FromSorted(new TimeInterval(0, 20), new TimeInterval(30, 40));
        Recording drawn = new HawkesModel("a", 5, 0.5, 20).Simulate(Recording.FromFlat(new UnitTable([]), [], [0], observed), seed: 3);
        Assert.Equal(drawn["a"].Times.ToArray(), RecordingFile.Open(path)[0].Times.ToArray());

        JsonElement json = (await CommandRun.Of("simulate", "hawkes", "--baseline", "5/s", "--branching", "0.2,0.1", "--decay", "20/s,0.2/ms", "--json")).AssertDone().Json;
        Assert.Equal(("spikestats.simulate.hawkes/1", 10), (json.GetProperty("schema").GetString(), json.Number("duration")));
        Assert.Equal(json.GetProperty("spikeCount").GetInt32(), json.GetProperty("units")[0].GetProperty("spikeTimes").GetArrayLength());
    }

    [Fact]
    public async Task Hawkes_WithoutStationaryRate_RunsAwayWithExitCode1()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("spikes.csv");
        (await CommandRun.Of("simulate", "hawkes", "--baseline", "5Hz", "--branching", "3", "--decay", "200/s", "--out", path)).AssertRefused(ExitCode.AnalysisFailed, "ran away", "spectral radius 3");
        Assert.False(File.Exists(path));
    }

    [Theory]
    [InlineData("hawkes", "all of --baseline")]
    [InlineData("hawkes --baseline 5Hz --decay 20/s", "all of --baseline")]
    [InlineData("hawkes --baseline 5Hz --branching 0.5,0.1 --decay 20/s", "one of each")]
    [InlineData("hawkes --baseline 5 --branching 0.5 --decay 20/s", "5Hz")]
    [InlineData("hawkes --baseline 5Hz --branching -1 --decay 20/s", "'-1'")]
    [InlineData("hawkes m.json --baseline 5Hz", "not both")]
    [InlineData("hawkes m.json --duration 5s --observed 0s..5s", "--duration and --observed")]
    [InlineData("renewal", "--family with --set")]
    [InlineData("renewal m.json --set rate=5Hz", "not both")]
    [InlineData("renewal --family gama --set rate=5Hz", "'gama'")]
    [InlineData("renewal --family gamma --set shape=2", "'rate'")]
    [InlineData("renewal --family gamma --set shape=2,rate=20Hz,scale=1s", "'scale'")]
    [InlineData("renewal --family gamma --set shape=2,rate=20", "20")]
    [InlineData("renewal --family gamma --set shape=2,shape=3,rate=20Hz", "'shape=3'")]
    [InlineData("renewal --family gamma --set shape=-2,rate=20Hz", "positive")]
    [InlineData("renewal --family weibull --set shape=2,scale=20", "20ms")]
    public async Task Simulate_ImpossibleRequest_IsRefused(string line, string fragment) =>
        (await CommandRun.Of(["simulate", .. line.Split(' ')])).AssertRefused(ExitCode.Usage, fragment);

    // Two estimates within 4 standard errors and two verdicts at the 0.1 % level: false-alarm rate 2e-3.
    [Fact]
    public async Task Renewal_SimulateFitSimulateAndJudge_ComesFullCircle()
    {
        using TemporaryFolder folder = new();
        string spikes = folder.PathOf("spikes.csv"), fit = folder.PathOf("fit.json"), again = folder.PathOf("again.csv");
        (await CommandRun.Of("simulate", "renewal", "--family", "gamma", "--set", "shape=2.5,rate=50Hz", "--unit", "a", "--duration", "200s", "--seed", "4", "--out", spikes)).AssertDone();
        JsonElement json = (await CommandRun.Of("fit", "renewal", spikes, "--target", "a", "--family", "gamma,exponential", "--json", "--out", fit)).AssertDone().Json;
        Assert.Equal("gamma", json.GetProperty("best").GetString());
        JsonElement[] parameters = [.. json.GetProperty("families")[0].GetProperty("parameters").EnumerateArray()];
        StatisticalAssert.WithinStandardErrors(parameters[0].Number("value"), 2.5, parameters[0].Number("standardError"));
        StatisticalAssert.WithinStandardErrors(parameters[1].Number("value"), 50, parameters[1].Number("standardError"));

        (await CommandRun.Of("simulate", "renewal", fit, "--duration", "100s", "--seed", "5", "--out", again)).AssertDone();
        JsonElement gof = (await CommandRun.Of("gof", fit, again, "--json")).AssertDone().Json, wrong = (await CommandRun.Of("gof", fit, again, "--family", "exponential", "--json")).AssertDone().Json;
        Assert.True(gof.GetProperty("units")[0].Number("goodnessOfFit", "ksPValue") > 1e-3);
        Assert.True(wrong.GetProperty("units")[0].Number("goodnessOfFit", "ksPValue") < 1e-6);
        Assert.True(gof.Number("bitsPerSpike") > wrong.Number("bitsPerSpike"));
        RenewalProcess best = Assert.IsType<RenewalProcess>(RenewalFitDocument.Read(fit, null).Process);
        Assert.Equal(json.GetProperty("families")[0].Number("logLikelihood"), best.LogLikelihood(RecordingFile.Open(spikes)), 1e-9);
    }

    [Theory]
    [InlineData("exponential", "rate=20Hz")]
    [InlineData("gamma", "shape=2,rate=40/s")]
    [InlineData("inverse-gaussian", "mu=50ms,lambda=0.1s")]
    [InlineData("lognormal", "mu=-3,sigma=0.5")]
    [InlineData("weibull", "shape=1.5,scale=50ms")]
    [InlineData("log-logistic", "shape=3,scale=50ms")]
    [InlineData("recovering-hazard", "peakRate=30Hz,recoveryTime=5ms")]
    [InlineData("recovering-hazard", "peakRate=30Hz,recoveryTime=5ms,refractoryPeriod=2ms")]
    public async Task Renewal_EveryFamily_IsDrawnAndReadBack(string family, string parameters)
    {
        using TemporaryFolder folder = new();
        string spikes = folder.PathOf("spikes.csv"), fit = folder.PathOf("fit.json");
        (await CommandRun.Of("simulate", "renewal", "--family", family, "--set", parameters, "--duration", "60s", "--out", spikes)).AssertDone();
        (await CommandRun.Of("fit", "renewal", spikes, "--target", "0", "--family", family, "--out", fit)).AssertDone();
        (await CommandRun.Of("simulate", "renewal", fit, "--family", family)).AssertDone();
        (await CommandRun.Of("simulate", "renewal", fit, "--family", "none")).AssertRefused(ExitCode.InvalidInput, fit, "'none'", family);
    }
}
