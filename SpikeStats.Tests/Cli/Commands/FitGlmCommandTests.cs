using System.Globalization;
using System.Text.Json;
using SpikeStats.Cli.Documents;
using SpikeStats.Loading;
using SpikeStats.Models.Glm;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Loading;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Cli.Commands;

public sealed class FitGlmCommandTests
{
    [Fact]
    public async Task FitGlm_Json_HasTheFieldsOfItsSchema()
    {
        using TemporaryFolder folder = new();
        (string spikes, string stimulus) = Sample(folder);
        JsonElement json = (await CommandRun.Of(
            "fit", "glm", spikes, "--target", "b", "--observed", "0s..20s", "--bin", "2ms", "--stimulus", stimulus, "--stimulus-basis", "lags:3", "--history-basis",
            "windows:2ms,6ms,20ms", "--coupling", "all", "--coupling-basis", "raised-cosine:n=3,window=20ms", "--covariate", $"{stimulus}:flicker^2",
            "--penalty", "history=ridge:1+smooth:2", "--penalty", "coupling=smooth:3", "--edge", "zero", "--json")).AssertDone().Json;

        Assert.Equal("spikestats.fit.glm/1", json.GetProperty("schema").GetString());
        Assert.Equal("b", json.GetProperty("target").GetString());
        Assert.Equal(0.002, json.GetProperty("binWidth").GetDouble());
        Assert.Equal("poisson", json.GetProperty("observation").GetString());
        Assert.Equal("log", json.GetProperty("link").GetString());
        Assert.Equal(10_000, json.GetProperty("binCount").GetInt64());
        string[] numbers = ["logLikelihood", "nullLogLikelihood", "deviance", "aic", "bic", "bitsPerSpike", "spikeCount"];
        Assert.All(numbers, name => Assert.Equal(JsonValueKind.Number, json.GetProperty(name).ValueKind));
        Assert.Equal("converged", json.At("certificate", "status").GetString());
        Assert.NotEqual("", json.At("certificate", "message").GetString());
        Assert.Equal(10, json.At("certificate", "rank").GetInt32());
        Assert.True(json.Number("certificate", "newtonDecrement") < 1e-12);
        Assert.True(json.Number("certificate", "iterations") > 0);
        Assert.True(json.Number("certificate", "gradientNorm") < 1e-4);
        Assert.True(json.Number("goodnessOfFit", "ksStatistic") > 0);
        Assert.InRange(json.Number("goodnessOfFit", "ksPValue"), 0, 1);
        Assert.InRange(json.Number("goodnessOfFit", "discrete", "ksPValue"), 0, 1);
        Assert.True(json.Number("goodnessOfFit", "discrete", "ksStatistic") > 0);
        Assert.True(json.Number("goodnessOfFit", "n") > 100);
        Assert.True(json.Number("timings", "totalSeconds") >= json.Number("timings", "fitSeconds") + json.Number("timings", "loadSeconds"));

        JsonElement[] terms = [.. json.GetProperty("terms").EnumerateArray()];
        Assert.Equal(["baseline", "stimulus", "history", "coupling:a", "flicker"], terms.Select(term => term.GetProperty("name").GetString()));
        Assert.Equal(["baseline", "stimulus", "history", "coupling", "covariate"], terms.Select(term => term.GetProperty("kind").GetString()));
        Assert.Equal([1, 3, 2, 3, 1], terms.Select(term => term.GetProperty("coefficients").GetArrayLength()));
        Assert.All(terms, term => Assert.Equal(term.GetProperty("coefficients").GetArrayLength(), term.GetProperty("standardErrors").GetArrayLength()));
        Assert.All(terms, term => Assert.Equal(term.GetProperty("lags").GetArrayLength(), term.GetProperty("filterStandardErrors").GetArrayLength()));
        Assert.Equal("windows:0.002s,0.006s,0.02s", terms[2].GetProperty("basis").GetString());
        StatisticalAssert.Close([.. Enumerable.Range(1, 9).Select(lag => 0.002 * lag)], terms[2].GetProperty("lags").Doubles(), absolute: 1e-15);
        Assert.Equal([0, 0.002, 0.004], terms[1].GetProperty("lags").Doubles());
        Assert.Equal(2, terms[2].At("wald", "df").GetInt32());
        Assert.InRange(terms[2].Number("wald", "p"), 0, 1);
        Assert.True(terms[2].Number("wald", "statistic") > 0);
        Assert.Equal((1, 2), (terms[2].Number("penalty", "ridge"), terms[2].Number("penalty", "smoothness")));
        Assert.Equal(3, terms[3].Number("penalty", "smoothness"));
    }

    [Fact]
    public async Task FitGlm_Text_ShowsCoefficientsTermsScoresAndVerdict()
    {
        using TemporaryFolder folder = new();
        (string spikes, _) = Sample(folder);
        CommandRun run = (await CommandRun.Of("fit", "glm", spikes, "--target", "a", "--observed", "0s..20s", "--history-basis", "windows:1ms,5ms,20ms")).AssertDone();
        string[] expected =
        [
            "GLM of unit a", "poisson counts, log link, 1 ms bins", "history[0] (lags 1 to 4 ms)", "Wald", "bits per spike", "Optimum (converged): The optimum was reached",
            "Verdict: ", "KS D = ",
        ];
        Assert.All(expected, text => Assert.Contains(text, run.Output, StringComparison.Ordinal));
    }

    // Two routes: the document rebuilt as a model must give the spikes the likelihood that the fit states.
    [Fact]
    public async Task FitGlm_Document_HoldsTheWholeModel()
    {
        using TemporaryFolder folder = new();
        (string spikes, string stimulus) = Sample(folder);
        string output = folder.PathOf("fit.json");
        JsonElement json = (await CommandRun.Of(
            "fit", "glm", spikes, "--target", "b", "--observed", "0s..20s", "--bin", "2ms", "--observation", "bernoulli", "--stimulus", stimulus, "--stimulus-basis",
            "raised-cosine:n=4,window=40ms", "--history-basis", "pillow:n=4,first=2ms,last=20ms,offset=5ms", "--coupling", "a", "--covariate", $"{stimulus}:value^1,value^3",
            "--out", output, "--json")).AssertDone().Json;
        GlmModel model = Assert.Single(GlmModelDocument.Read(output).Models);
        Recording recording = RecordingFile.Open(spikes, new LoadOptions { Observed = TimeIntervals.Of(0, 20) }).WithSignals(SignalFile.Open(stimulus));
        StatisticalAssert.Close(json.Number("logLikelihood"), model.LogLikelihood(recording), relative: 1e-12);
        Assert.Equal("bernoulli", model.Observation.Name);
        Assert.Equal(EdgePolicy.Drop, model.Edge);
    }

    [Fact]
    public async Task FitGlm_Separated_PrintsTheResultAndExitsWith1()
    {
        using TemporaryFolder folder = new();
        string times = string.Concat(Enumerable.Range(0, 400).Select(i => string.Create(CultureInfo.InvariantCulture, $"{(0.05 * i) + (0.011 * (i * i % 3))}\n")));
        string spikes = folder.Write("clock.csv", "time\n" + times), output = folder.PathOf("fit.json");
        CommandRun run = await CommandRun.Of("fit", "glm", spikes, "--target", "clock", "--observed", "0s..20s", "--observation", "bernoulli", "--history-basis", "windows:1ms,5ms,40ms", "--json", "--out", output);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("separated", run.Json.At("certificate", "status").GetString());
        Assert.Equal("-Infinity", run.Json.GetProperty("terms")[1].GetProperty("coefficients")[0].GetString());
        Assert.Equal(run.Output, File.ReadAllText(output));
        Assert.Contains("warning: ", run.Error, StringComparison.Ordinal);

        // The infinities come back from the document: a refractory period that nothing breaks.
        CommandRun drawn = (await CommandRun.Of("simulate", "glm", output, "--duration", "20s", "--json")).AssertDone();
        double[] drawnTimes = drawn.Json.GetProperty("units")[0].GetProperty("spikeTimes").Doubles();
        Assert.All(drawnTimes.Zip(drawnTimes.Skip(1)), pair => Assert.True(pair.Second - pair.First > 0.003));
    }

    [Fact]
    public async Task FitGlm_SeedAndThreads_ChangeNothingButTheDraws()
    {
        using TemporaryFolder folder = new();
        (string spikes, _) = Sample(folder);
        string[] arguments = ["fit", "glm", spikes, "--target", "a", "--observed", "0s..20s", "--history-basis", "windows:1ms,6ms,20ms", "--json"];
        JsonElement first = (await CommandRun.Of([.. arguments, "--threads", "1"])).AssertDone().Json, second = (await CommandRun.Of([.. arguments, "--threads", "2"])).AssertDone().Json;
        JsonElement seeded = (await CommandRun.Of([.. arguments, "--seed", "7"])).AssertDone().Json;
        Assert.Equal(first.GetProperty("terms").GetRawText(), second.GetProperty("terms").GetRawText());
        Assert.Equal(first.GetProperty("goodnessOfFit").GetRawText(), second.GetProperty("goodnessOfFit").GetRawText());
        Assert.Equal(first.Number("goodnessOfFit", "ksStatistic"), seeded.Number("goodnessOfFit", "ksStatistic"));
        Assert.NotEqual(first.Number("goodnessOfFit", "discrete", "ksStatistic"), seeded.Number("goodnessOfFit", "discrete", "ksStatistic"));
    }

    [Fact]
    public async Task FitGlm_WithoutTerms_IsTheMeanRateAndSaysSo()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("spikes.csv", "time\n0.5\n1.25\n2.5\n");
        CommandRun run = (await CommandRun.Of("fit", "glm", path, "--target", "spikes", "--observed", "0s..4s", "--json")).AssertDone();
        StatisticalAssert.Close(Math.Log(3.0 / 4), run.Json.GetProperty("terms")[0].GetProperty("coefficients")[0].GetDouble(), absolute: 1e-12);
        Assert.Contains("no term was asked for", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FitGlm_CovariatesOfOneNameInTwoFiles_AreToldApart()
    {
        using TemporaryFolder folder = new();
        (string spikes, _) = Sample(folder);
        string[] files = ["position", "speed"];
        string[] covariates = Array.ConvertAll(files, name => "--covariate=" + folder.Write(
            $"{name}.csv", "time,value\n" + string.Concat(Enumerable.Range(0, 41).Select(i => string.Create(CultureInfo.InvariantCulture, $"{0.5 * i},{Math.Sin(i * name.Length)}\n")))) + ":value");
        JsonElement json = (await CommandRun.Of(["fit", "glm", spikes, "--target", "a", "--observed", "0s..20s", "--json", .. covariates])).AssertDone().Json;
        Assert.Equal(["baseline", "value", "speed.value"], json.GetProperty("terms").EnumerateArray().Select(term => term.GetProperty("name").GetString()));
    }

    [SkippableFact]
    public async Task FitGlm_Grasshopper_IsTheReference()
    {
        using TemporaryFolder folder = new();
        string spikes = Repository.SharedData("grasshopper_auditory_1", "spike_times_us.txt"), volts = Repository.SharedData("grasshopper_auditory_1", "stimulus_us_volt.txt");
        JsonElement reference = ReferenceFile.Read("grasshopper-glm"), design = reference.At("designs", "dt_1ms"), expected = design.At("fits", "stimulus_plus_history");

        // The recipe of the reference: decibels, the largest at the stated intensity (a shift that the mean takes away), without their mean.
        SampledSignal decibels = SignalFile.Open(volts, new LoadOptions { TimeUnit = TimeUnit.Microseconds })[0].Select(volt => 20 * Math.Log10(volt / 2e-5));
        double mean = decibels.Values.ToArray().Average();
        string stimulus = folder.Write("decibels.csv", "time_us,decibels\n" + string.Concat(decibels.Values.ToArray().Select((value, i) => string.Create(CultureInfo.InvariantCulture, $"{50 * i},{value - mean:R}\n"))));

        JsonElement json = (await CommandRun.Of(
            "fit", "glm", spikes, "--target", "spike_times_us", "--time-unit", "us", "--observed", "0s..10s", "--stimulus", stimulus, "--stimulus-basis", "lags:20",
            "--history-basis", "windows:1ms,4ms,5ms,6ms,7ms,9ms,11ms,15ms,21ms,31ms", "--json")).AssertDone().Json;
        double[] coefficients = [.. json.GetProperty("terms").EnumerateArray().SelectMany(term => term.GetProperty("coefficients").Doubles())];
        double[] standardErrors = [.. json.GetProperty("terms").EnumerateArray().SelectMany(term => term.GetProperty("standardErrors").Doubles())];
        coefficients[0] -= Math.Log(1000);
        StatisticalAssert.Close(expected.GetProperty("coef").Doubles(), coefficients, absolute: 1e-6);
        StatisticalAssert.Close(expected.GetProperty("se").Doubles(), standardErrors, relative: 1e-6);
        StatisticalAssert.Close(expected.Number("log_likelihood"), json.Number("logLikelihood"), relative: 1e-8);
        StatisticalAssert.Close(expected.Number("deviance"), json.Number("deviance"), relative: 1e-8);
        StatisticalAssert.Close(expected.Number("time_rescaling", "ks_statistic"), json.Number("goodnessOfFit", "ksStatistic"), absolute: 1e-8);
        Assert.Equal(expected.At("n_bins").GetInt64(), json.GetProperty("binCount").GetInt64());
    }

    /// <summary>Two units of 20 s and a flicker of 2 ms steps.</summary>
    private static (string Spikes, string Stimulus) Sample(TemporaryFolder folder)
    {
        RandomStream random = new(seed: 11);
        List<string> rows = ["unit,time"];
        foreach (string unit in (string[])["a", "b"])
        {
            for (double time = 0.0101 + (0.05 * random.NextExponential()); time < 20; time += 0.004 + (0.05 * random.NextExponential()))
                rows.Add(string.Create(CultureInfo.InvariantCulture, $"{unit},{time:R}"));
        }

        IEnumerable<string> samples = Enumerable.Range(0, 10_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"{0.002 * i},{random.NextGaussian():R}"));
        return (folder.Write("spikes.csv", string.Join('\n', rows)), folder.Write("stimulus.csv", "time,flicker\n" + string.Join('\n', samples)));
    }
}
