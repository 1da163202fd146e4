using System.Globalization;
using System.Text.Json;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Output;
using SpikeStats.Loading;
using SpikeStats.Models.Glm;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Loading;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Cli.Commands;

public sealed class SimulateGlmCommandTests
{
    /// <summary>A refractory cell under a flicker that excites another, which inhibits it.</summary>
    private const string Model = """
        {"schema":"spikestats.model.glm/1","binWidth":0.002,"observation":"poisson","neurons":[
          {"unit":"a","baseline":3.2,"spikeFilters":[{"source":"a","firstLag":1,"logGain":[-3,-0.8,-0.8]},{"source":"b","firstLag":1,"logGain":[-0.6,-0.6]}],
           "signalFilters":[{"signal":"flicker","firstLag":0,"gain":[0.5,0.25,-0.2]}]},
          {"unit":"b","baseline":2.8,"spikeFilters":[{"source":"b","firstLag":1,"logGain":[-2,-0.5,-0.5]},{"source":"a","firstLag":1,"logGain":[0.9,0.9]}],
           "covariates":[{"signal":"flicker","power":1,"coefficient":0.3}]}]}
        """;

    // 21 estimates within 4 standard errors of the truth: false-alarm rate 1.3e-3.
    [Fact]
    public async Task Simulate_ThenFit_RecoversTheModel()
    {
        using TemporaryFolder folder = new();
        string model = folder.Write("model.json", Model), spikes = folder.PathOf("spikes.csv"), flicker = Flicker(folder, 120);
        (await CommandRun.Of("simulate", "glm", model, "--duration", "120s", "--seed", "5", "--stimulus", flicker, "--out", spikes)).AssertDone();

        string[] fit = ["fit", "glm", spikes, "--observed", "0s..120s", "--bin", "2ms", "--history-basis", "windows:2ms,4ms,8ms", "--coupling", "all", "--coupling-basis", "windows:2ms,6ms", "--edge", "zero", "--json"];
        JsonElement a = (await CommandRun.Of([.. fit, "--target", "a", "--stimulus", flicker, "--stimulus-basis", "lags:3"])).AssertDone().Json;
        JsonElement b = (await CommandRun.Of([.. fit, "--target", "b", "--covariate", $"{flicker}:flicker"])).AssertDone().Json;
        AssertRecovered(a, [3.2, 0.5, 0.25, -0.2, -3, -0.8, -0.6]);
        AssertRecovered(b, [2.8, -2, -0.5, 0.9, 0.3]);

        // The true family passes the test of time rescaling at the 0.1 % level.
        Assert.All([a, b], json => Assert.True(json.Number("goodnessOfFit", "discrete", "medianPValue") > 1e-3));
    }

    [Fact]
    public async Task Simulate_FittedModel_TakesTheOnlySignalForTheModels()
    {
        using TemporaryFolder folder = new();
        string model = folder.Write("model.json", Model), spikes = folder.PathOf("spikes.csv"), flicker = Flicker(folder, 20), fit = folder.PathOf("fit.json");
        (await CommandRun.Of("simulate", "glm", model, "--duration", "20s", "--stimulus", flicker, "--out", spikes)).AssertDone();
        (await CommandRun.Of("fit", "glm", spikes, "--target", "a", "--observed", "0s..20s", "--bin", "2ms", "--stimulus", flicker, "--stimulus-basis", "lags:3", "--out", fit)).AssertDone();
        string renamed = folder.Write("other.csv", File.ReadAllText(flicker).Replace("flicker", "light", StringComparison.Ordinal)), drawn = folder.PathOf("a.npy");
        (await CommandRun.Of("simulate", "glm", fit, "--duration", "20s", "--stimulus", renamed, "--out", drawn)).AssertDone();
        CommandRun printed = (await CommandRun.Of("simulate", "glm", fit, "--duration", "20s", "--stimulus", renamed)).AssertDone();
        Assert.Equal(RecordingFile.Open(folder.Write("printed.csv", printed.Output))[0].Times.ToArray(), RecordingFile.Open(drawn)[0].Times.ToArray());
        Assert.StartsWith("# observed: 0s..20s\nunit,time\na,", printed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simulate_Seed_DecidesTheSpikes()
    {
        using TemporaryFolder folder = new();
        string model = folder.Write("model.json", Model), flicker = Flicker(folder, 10);
        async Task<string> Drawn(string seed, string threads) =>
            (await CommandRun.Of("simulate", "glm", model, "--stimulus", flicker, "--seed", seed, "--threads", threads, "--json")).AssertDone().Json.GetProperty("units").GetRawText();
        string first = await Drawn("1", "1");
        Assert.Equal(first, await Drawn("1", "2"));
        Assert.NotEqual(first, await Drawn("2", "1"));
    }

    [Fact]
    public async Task Simulate_Json_IsOneDocument()
    {
        using TemporaryFolder folder = new();
        string model = folder.Write("model.json", Model), flicker = Flicker(folder, 5), output = folder.PathOf("spikes.csv");
        JsonElement json = (await CommandRun.Of("simulate", "glm", model, "--duration", "5s", "--stimulus", flicker, "--json", "--out", output)).AssertDone().Json;
        Assert.Equal("spikestats.simulate.glm/1", json.GetProperty("schema").GetString());
        Assert.Equal((5, 1), (json.Number("duration"), json.Number("seed")));
        Assert.Equal(["a", "b"], json.GetProperty("units").EnumerateArray().Select(unit => unit.GetProperty("id").GetString()));
        Assert.Equal(JsonValueKind.Null, json.GetProperty("units")[0].GetProperty("spikeTimes").ValueKind);
        Assert.Equal(RecordingFile.Open(output).SpikeCount, json.GetProperty("spikeCount").GetInt64());
    }

    [Fact]
    public async Task Simulate_UnmodelledSource_NeedsItsSpikes()
    {
        using TemporaryFolder folder = new();
        string model = folder.Write("model.json", """
            {"schema":"spikestats.model.glm/1","binWidth":0.001,"observation":"bernoulli","neurons":[{"unit":"b","baseline":"-Infinity","spikeFilters":[]},
             {"unit":"c","baseline":-20,"spikeFilters":[{"source":"a","firstLag":2,"logGain":[35]}]}]}
            """);
        (await CommandRun.Of("simulate", "glm", model)).AssertRefused(ExitCode.Usage, "Spikes of a", "--given FILE");

        // Every given spike forces one of unit c two bins later; unit b is silent.
        string given = folder.Write("given.csv", "unit,time\na,0.1005\na,0.2505\na,1.5005\n");
        CommandRun run = (await CommandRun.Of("simulate", "glm", model, "--given", given, "--duration", "1s", "--json")).AssertDone();
        Assert.Empty(run.Json.GetProperty("units")[0].GetProperty("spikeTimes").Doubles());
        Assert.Equal([102, 252], run.Json.GetProperty("units")[1].GetProperty("spikeTimes").Doubles().Select(time => (int)(1000 * time)));
        (await CommandRun.Of("simulate", "glm", model, "--given", folder.Write("other.csv", "unit,time\nz,0.1\n"))).AssertRefused(ExitCode.Usage, "'a'");
    }

    [Fact]
    public async Task Simulate_MissingSignal_IsNamed()
    {
        using TemporaryFolder folder = new();
        string model = folder.Write("model.json", Model);
        (await CommandRun.Of("simulate", "glm", model)).AssertRefused(ExitCode.Usage, "'flicker'", "--stimulus FILE");
        (await CommandRun.Of("simulate", "glm", model, "--stimulus", folder.Write("xy.csv", "time,x,y\n0.0,1,2\n0.5,2,1\n"))).AssertRefused(ExitCode.Usage, "'flicker'", "x, y");
        (await CommandRun.Of("simulate", "glm", model, "--stimulus", Flicker(folder, 5), "--duration", "6s")).AssertRefused(ExitCode.InvalidInput, "flicker", "covers");
    }

    [Fact]
    public async Task Simulate_ImpossibleRequest_IsRefused()
    {
        using TemporaryFolder folder = new();
        string model = folder.Write("model.json", Model), flicker = Flicker(folder, 5);
        (await CommandRun.Of("simulate", "glm", model, "--stimulus", flicker, "--out", folder.PathOf("x.npy"))).AssertRefused(ExitCode.Usage, ".npy", ".csv");
        (await CommandRun.Of("simulate", "glm", model, "--stimulus", flicker, "--duration", "5s", "--observed", "0s..5s")).AssertRefused(ExitCode.Usage, "--duration", "--observed");
        string runaway = folder.Write("runaway.json", """{"schema":"spikestats.model.glm/1","binWidth":0.001,"observation":"poisson","neurons":[{"unit":"a","baseline":5,"spikeFilters":[{"source":"a","firstLag":1,"logGain":[3,3,3]}]}]}""");
        (await CommandRun.Of("simulate", "glm", runaway, "--out", folder.PathOf("x.csv"))).AssertRefused(ExitCode.AnalysisFailed, "ran away");
        Assert.False(File.Exists(folder.PathOf("x.csv")));
    }

    private static string Flicker(TemporaryFolder folder, int seconds)
    {
        RandomStream random = new(seed: 3);
        IEnumerable<string> rows = Enumerable.Range(0, 500 * seconds).Select(i => string.Create(CultureInfo.InvariantCulture, $"{0.002 * i:R},{random.NextGaussian():R}"));
        return folder.Write("flicker.csv", "time,flicker\n" + string.Join('\n', rows) + "\n");
    }

    private static void AssertRecovered(JsonElement fit, double[] truth)
    {
        JsonElement[] terms = [.. fit.GetProperty("terms").EnumerateArray()];
        double[] estimates = [.. terms.SelectMany(term => term.GetProperty("coefficients").Doubles())], errors = [.. terms.SelectMany(term => term.GetProperty("standardErrors").Doubles())];
        Assert.Equal(truth.Length, estimates.Length);
        for (int i = 0; i < truth.Length; i++) StatisticalAssert.WithinStandardErrors(estimates[i], truth[i], errors[i]);
    }
}
