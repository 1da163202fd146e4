using System.Text.Json;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.Decoding;
using SpikeStats.Loading;
using SpikeStats.Tests.Loading;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Cli.Commands;

public sealed class FitHmmCommandTests
{
    [Fact]
    public async Task FitHmm_SimulatedStates_AreFound()
    {
        using TemporaryFolder folder = new();
        HiddenMarkovModel model = HiddenMarkovModel.FromProbabilities(
            ["a", "b"], 0.05, [0.5, 0.5], new double[,] { { 0.97, 0.03 }, { 0.04, 0.96 } }, new double[,] { { 5, 10 }, { 25, 8 } });
        Recording drawn = model.Simulate(Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), TimeIntervals.Of(0, 100), "none")]), seed: 6);
        using StringWriter text = new();
        SpikeFile.WriteCsv(drawn, text);
        string file = folder.Write("spikes.csv", text.ToString());
        string[] command = ["fit", "hmm", file, "--observed", "0s..100s", "--bin", "50ms", "--states", "2", "--starts", "4"];
        JsonElement json = (await CommandRun.Of([.. command, "--json"])).AssertDone().Json;
        Assert.Equal("spikestats.fit.hmm/1", json.GetProperty("schema").GetString());
        JsonElement[] parameters = [.. json.GetProperty("parameters").EnumerateArray()];
        Assert.Equal(6, parameters.Length);

        // Four log rates within four standard errors: false-alarm rate 2.5e-4.
        double[] expected = [Math.Log(5), Math.Log(10), Math.Log(25), Math.Log(8)];
        for (int i = 0; i < 4; i++) StatisticalAssert.WithinStandardErrors(parameters[i].Number("estimate"), expected[i], parameters[i].Number("standardError"));
        StatisticalAssert.Close(100, json.GetProperty("runs").EnumerateArray().Sum(run => run.Number("end") - run.Number("start")), 1e-9);

        CommandRun printed = (await CommandRun.Of(command)).AssertDone();
        Assert.Contains("share of time", printed.Output, StringComparison.Ordinal);
        Assert.Contains("Optimum (converged)", printed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FitHmm_UnitsWindowAndInputs_ReachTheFit()
    {
        string retina = Repository.PathOf("sample-data", "retina.csv"), stimulus = Repository.PathOf("sample-data", "retina-stimulus.csv");
        JsonElement json = (await CommandRun.Of(
            "fit", "hmm", retina, "--units", "on-2,off-1", "--window", "0s..20s", "--bin", "20ms", "--starts", "1", "--rate-input", $"{stimulus}:contrast", "--json")).AssertDone().Json;
        Recording recording = RecordingFile.Open(retina).Restrict(TimeIntervals.Of(0, 20)).WithSignals(SignalFile.Open(stimulus)[0]);
        HiddenMarkovFit fit = new HiddenMarkovSpecification { BinWidth = 0.02, Units = ["on-2", "off-1"], EmissionInputs = ["contrast"] }.Fit(recording, new HiddenMarkovFitOptions { Starts = 1, Seed = 1 });
        Assert.Equal(fit.LogLikelihood, json.Number("logLikelihood"));
        Assert.Equal(["contrast"], json.GetProperty("rateInputs").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(0, json.GetProperty("transitionInputs").GetArrayLength());
        Assert.Equal(fit.Model.Rate(0, 1, 0), json.GetProperty("states")[0].GetProperty("rates")[1].GetDouble());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FitHmm_WithHistory_WritesFiltersAndGoodnessOfFit(bool isShared)
    {
        string[] command = ["fit", "hmm", Repository.PathOf("sample-data", "retina.csv"), "--states", "1", "--bin", "10ms", "--starts", "1", "--history-basis", "windows:10ms,20ms,50ms", "--json"];
        CommandRun run = await CommandRun.Of(isShared ? command : [.. command, "--history-per-state"]);
        JsonElement history = run.Json.GetProperty("history");
        Assert.Equal(isShared, history.GetProperty("isShared").GetBoolean());
        int units = run.Json.GetProperty("units").GetArrayLength();
        Assert.Equal(units, history.GetProperty("filters")[0].GetArrayLength());
        Assert.Equal(4, history.GetProperty("filters")[0][0].GetArrayLength());
        Assert.Equal(units, run.Json.GetProperty("goodnessOfFit").GetArrayLength());
        Assert.Contains(isShared ? "history: unit" : "history: state 0", run.Json.GetProperty("parameters")[isShared ? units : 1].GetProperty("name").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FitHmm_HistoryPerStateWithoutBasis_IsRefused() =>
        (await CommandRun.Of("fit", "hmm", Repository.PathOf("sample-data", "retina.csv"), "--history-per-state")).AssertRefused(ExitCode.Usage);

    [Theory]
    [InlineData("--units", "nobody")]
    [InlineData("--rate-input", "position.csv:x^2")]
    [InlineData("--states", "0")]
    [InlineData("--bin", "50")]
    [InlineData("--starts", "many")]
    public async Task FitHmm_ImpossibleOption_IsRefused(string option, string value)
    {
        CommandRun run = await CommandRun.Of("fit", "hmm", Repository.PathOf("sample-data", "retina.csv"), option, value);
        run.AssertRefused(ExitCode.Usage);
    }
}
