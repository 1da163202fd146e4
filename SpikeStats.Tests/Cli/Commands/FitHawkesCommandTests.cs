using System.Text.Json;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Fitting.Hawkes;
using SpikeStats.Loading;
using SpikeStats.Tests.Loading;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Cli.Commands;

public sealed class FitHawkesCommandTests
{
    private static readonly string retina = Repository.PathOf("sample-data", "retina.csv");

    [Fact]
    public async Task FitHawkes_Json_IsTheFitOfTheLibrary()
    {
        JsonElement json = (await CommandRun.Of("fit", "hawkes", retina, "--units", "on-2,on-1", "--json")).AssertDone().Json;
        Recording recording = RecordingFile.Open(retina);
        HawkesFit fit = new HawkesSpecification { Units = ["on-2", "on-1"] }.Fit(recording);
        Assert.Equal(("spikestats.fit.hawkes/1", "exponential"), (json.GetProperty("schema").GetString(), json.GetProperty("kernel").GetString()));
        Assert.Equal(["on-2", "on-1"], json.GetProperty("units").EnumerateArray().Select(unit => unit.GetString()));
        Assert.Equal(fit.Model.Baselines, json.GetProperty("baseline").Doubles());
        Assert.Equal(fit.Model.Decays, json.GetProperty("decays").Doubles());
        double[,] matrix = fit.Model.BranchingMatrix();
        Assert.Equal([matrix[0, 0], matrix[0, 1]], json.GetProperty("adjacency")[0].Doubles());
        Assert.Equal([matrix[1, 0], matrix[1, 1]], json.GetProperty("adjacency")[1].Doubles());
        Assert.Equal(json.GetProperty("adjacency").GetRawText(), json.GetProperty("adjacencyByDecay")[0].GetRawText());
        Assert.Equal([fit.Parameter("mu[on-2]").StandardError, fit.Parameter("mu[on-1]").StandardError], json.GetProperty("baselineStandardErrors").Doubles());
        StatisticalAssert.Close(fit.Parameter("alpha[on-2<-on-1]").StandardError, json.GetProperty("adjacencyStandardErrors")[0][1].GetDouble(), 1e-15);
        Assert.Equal([fit.Parameter("beta").StandardError], json.GetProperty("decayStandardErrors").Doubles());
        Assert.Equal(
            (fit.SpectralRadius.Value, fit.SpectralRadius.Lower, fit.SpectralRadius.Upper),
            (json.Number("spectralRadius", "value"), json.Number("spectralRadius", "low"), json.Number("spectralRadius", "high")));
        Assert.Equal(
            (fit.LogLikelihood, fit.NullLogLikelihood, fit.Aic, fit.Bic, fit.BitsPerSpike),
            (json.Number("logLikelihood"), json.Number("nullLogLikelihood"), json.Number("aic"), json.Number("bic"), json.Number("bitsPerSpike")));
        Assert.Equal((7, 200), (json.GetProperty("parameterCount").GetInt32(), json.Number("duration")));
        Assert.True(json.GetProperty("decaysEstimated").GetBoolean());
        Assert.Equal("converged", json.At("certificate", "status").GetString());

        // Spikes that a spike triggers, over the spikes of both units.
        int[] counts = [recording["on-2"].Count, recording["on-1"].Count];
        Assert.Equal(((counts[0] * (matrix[0, 0] + matrix[1, 0])) + (counts[1] * (matrix[0, 1] + matrix[1, 1]))) / (counts[0] + counts[1]), json.Number("branchingRatio"), 1e-12);
        JsonElement verdict = json.GetProperty("goodnessOfFit")[1];
        TimeRescalingResult rescaling = TimeRescaling.Test(fit.Model, recording, "on-1");
        Assert.Equal("on-1", verdict.GetProperty("unit").GetString());
        Assert.Equal((rescaling.KolmogorovSmirnov.Statistic, rescaling.KolmogorovSmirnov.PValue), (verdict.Number("ksStatistic"), verdict.Number("ksPValue")));
        Assert.Equal(JsonValueKind.Null, verdict.GetProperty("discrete").ValueKind);
        Assert.Equal(rescaling.Verdict().Sentence, verdict.GetProperty("sentence").GetString());
        Assert.True(json.Number("timings", "totalSeconds") >= json.Number("timings", "fitSeconds"));
    }

    [Fact]
    public async Task FitHawkes_GivenDecays_AreKeptAndHaveNoError()
    {
        string[] fit = ["fit", "hawkes", retina, "--units", "on-1", "--json"];
        JsonElement json = (await CommandRun.Of([.. fit, "--decay", "20Hz,0.1/ms"])).AssertDone().Json;
        Assert.Equal([20, 100], json.GetProperty("decays").Doubles());
        Assert.Equal("NaN", json.GetProperty("decayStandardErrors")[0].GetString());
        Assert.False(json.GetProperty("decaysEstimated").GetBoolean());
        Assert.Equal("sum-exponential:2", json.GetProperty("kernel").GetString());
        JsonElement same = (await CommandRun.Of([.. fit, "--kernel", "sum-exponential:2", "--decay", "20/s,100/s"])).AssertDone().Json;
        Assert.Equal(json.GetProperty("adjacencyByDecay").GetRawText(), same.GetProperty("adjacencyByDecay").GetRawText());

        // The sum over the exponentials has the error of a sum, with their covariance.
        HawkesFit library = new HawkesSpecification { Units = ["on-1"], Kernel = HawkesKernel.Exponentials(20, 100) }.Fit(RecordingFile.Open(retina));
        double[,] covariance = library.Covariance();
        double expected = Math.Sqrt(covariance[1, 1] + (2 * covariance[1, 2]) + covariance[2, 2]);
        Assert.Equal(expected, json.GetProperty("adjacencyStandardErrors")[0][0].GetDouble(), 1e-12);
        Assert.Equal(json.GetProperty("adjacency")[0][0].GetDouble(), json.GetProperty("adjacencyByDecay").EnumerateArray().Sum(matrix => matrix[0][0].GetDouble()), 1e-15);
    }

    // Cells of opposite kinds do not excite each other: both kernels between them are at their bound, where there is no error.
    [Fact]
    public async Task FitHawkes_EntryAtItsBound_HasNoError()
    {
        JsonElement json = (await CommandRun.Of("fit", "hawkes", retina, "--units", "on-1,off-1", "--decay", "50/s", "--json")).AssertDone().Json;
        HawkesFit fit = new HawkesSpecification { Units = ["on-1", "off-1"], Kernel = HawkesKernel.Exponential(50) }.Fit(RecordingFile.Open(retina));
        Assert.Contains(fit.Parameters, parameter => parameter.IsAtBound);
        foreach ((int target, int source) in ((int, int)[])[(0, 0), (0, 1), (1, 0), (1, 1)])
        {
            HawkesParameter parameter = fit.Parameter($"alpha[{fit.Model.Units[target]}<-{fit.Model.Units[source]}]");
            JsonElement error = json.GetProperty("adjacencyStandardErrors")[target][source];
            if (parameter.IsAtBound) Assert.Equal("NaN", error.GetString());
            else Assert.Equal(parameter.StandardError, error.GetDouble(), 1e-15);
        }
    }

    [Fact]
    public async Task FitHawkes_Window_IsTheFitOfThatPart()
    {
        JsonElement json = (await CommandRun.Of("fit", "hawkes", retina, "--units", "off-1", "--decay", "50/s", "--window", "20s..60s,80s..100s", "--json")).AssertDone().Json;
        TimeIntervals window = TimeIntervals.FromSorted(new TimeInterval(20, 60), new TimeInterval(80, 100));
        HawkesFit fit = new HawkesSpecification { Units = ["off-1"], Kernel = HawkesKernel.Exponential(50) }.Fit(RecordingFile.Open(retina).Restrict(window));
        Assert.Equal((60, fit.LogLikelihood), (json.Number("duration"), json.Number("logLikelihood")));
        (await CommandRun.Of("fit", "hawkes", retina, "--window", "300s..400s")).AssertRefused(ExitCode.Usage, "--window 300s..400s", "0s..200s");
    }

    [Fact]
    public async Task FitHawkes_Text_ShowsParametersScoresAndVerdicts()
    {
        using TemporaryFolder folder = new();
        string figure = folder.PathOf("fit.svg");
        CommandRun run = (await CommandRun.Of("fit", "hawkes", retina, "--units", "on-1,on-2", "--decay", "50/s,200/s", "--out", figure)).AssertDone();
        string[] expected = ["Hawkes process of 2 units", "decays given", "baseline (Hz)", "triggered spikes", "part 2", "time constant", "bits per spike", "Spectral radius 0.", "stationary", "Optimum (converged)", "Ljung-Box p"];
        Assert.All(expected, text => Assert.Contains(text, run.Output, StringComparison.Ordinal));
        string svg = File.ReadAllText(figure);
        Assert.StartsWith("<svg", svg, StringComparison.Ordinal);
        Assert.Contains("on-2 → on-1", svg, StringComparison.Ordinal);
        Assert.Contains("Added rate", svg, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FitHawkes_DecaysThatTheDataDoNotTellApart_ExitWith1AndPrintTheFit()
    {
        CommandRun run = await CommandRun.Of("fit", "hawkes", retina, "--units", "on-1", "--kernel", "sum-exponential:2", "--json");
        Assert.Equal((int)ExitCode.AnalysisFailed, run.ExitCode);
        Assert.Contains("warning: The fit did not succeed (rankDeficient)", run.Error, StringComparison.Ordinal);
        Assert.Equal("rankDeficient", run.Json.At("certificate", "status").GetString());
    }

    [Theory]
    [InlineData("--kernel", "power", "exponential or sum-exponential:N")]
    [InlineData("--kernel", "sum-exponential", "sum-exponential:3")]
    [InlineData("--kernel", "sum-exponential:0", "sum-exponential:3")]
    [InlineData("--kernel", "exponential:3", "--decay")]
    [InlineData("--kernel", "sum-exponential:9", "At most 4")]
    [InlineData("--decay", "5", "5Hz")]
    [InlineData("--decay", "-5/s", "negative")]
    [InlineData("--decay", "0/s", "positive")]
    [InlineData("--decay", "5/s,5/s", "must differ")]
    [InlineData("--units", "on-1,,on-2", "commas")]
    [InlineData("--units", "nobody", "'nobody'")]
    public async Task FitHawkes_ImpossibleOption_IsRefused(string option, string value, string fragment) =>
        (await CommandRun.Of("fit", "hawkes", retina, option, value)).AssertRefused(ExitCode.Usage, fragment);

    [Fact]
    public async Task FitHawkes_ImpossibleRequest_IsRefused()
    {
        using TemporaryFolder folder = new();
        (await CommandRun.Of("fit", "hawkes", retina, "--kernel", "exponential", "--decay", "5/s,50/s")).AssertRefused(ExitCode.Usage, "2 decays", "sum-exponential:2");
        (await CommandRun.Of("fit", "hawkes", folder.Write("ties.csv", "unit,time\na,0.1\na,0.1\na,0.4\n"), "--on-duplicate", "keep"))
            .AssertRefused(ExitCode.InvalidInput, "unit a", "same instant", "Remedy:");
        (await CommandRun.Of("fit", "hawkes", folder.PathOf("nothing.csv"))).AssertRefused(ExitCode.InvalidInput, "nothing.csv");
    }
}
