using System.Text.Json;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.Renewal;
using SpikeStats.Loading;
using SpikeStats.Models.Renewal;
using SpikeStats.Tests.Loading;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Cli.Commands;

public sealed class FitRenewalCommandTests
{
    private static readonly string retina = Repository.PathOf("sample-data", "retina.csv");

    [Fact]
    public async Task Fit_Json_IsTheFitOfTheLibrary()
    {
        JsonElement json = (await CommandRun.Of("fit", "renewal", retina, "--target", "on-1", "--family", "gamma,weibull", "--json")).AssertDone().Json;
        Assert.Equal("spikestats.fit.renewal/1", json.GetProperty("schema").GetString());
        Assert.Equal(["gamma", "weibull"], json.GetProperty("families").EnumerateArray().Select(family => family.GetProperty("family").GetString()));
        RenewalFit fit = new RenewalSpecification { Target = "on-1", Family = new GammaFamily() }.Fit(RecordingFile.Open(retina));
        JsonElement gamma = json.GetProperty("families")[0];
        Assert.Equal(fit.LogLikelihood, gamma.Number("logLikelihood"));
        Assert.Equal(fit.Aic, gamma.Number("aic"));
        Assert.Equal(fit.KolmogorovSmirnov.Statistic, gamma.Number("ks", "statistic"));
        Assert.Equal(fit.Parameters.Select(parameter => (parameter.Name, parameter.SiUnit, parameter.Value, parameter.StandardError)), gamma.GetProperty("parameters").EnumerateArray()
            .Select(parameter => (parameter.GetProperty("name").GetString()!, parameter.GetProperty("unit").GetString()!, parameter.Number("value"), parameter.Number("standardError"))));
    }

    [Fact]
    public async Task Fit_Text_NamesFamiliesParametersAndTheBest()
    {
        using TemporaryFolder folder = new();
        CommandRun run = (await CommandRun.Of("fit", "renewal", retina, "--target", "on-1", "--family", "exponential,inverse-gaussian", "--out", folder.PathOf("fit.json"))).AssertDone();
        Assert.Contains("inverse-gaussian  lambda", run.Output, StringComparison.Ordinal);
        Assert.Contains("Smallest AIC: ", run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(folder.PathOf("fit.json")));
    }

    [Fact]
    public async Task Fit_Options_ReachTheFit()
    {
        string[] fit = ["fit", "renewal", retina, "--target", "on-1", "--family", "gamma", "--json"];
        JsonElement all = (await CommandRun.Of(fit)).AssertDone().Json, complete = (await CommandRun.Of([.. fit, "--complete-only"])).AssertDone().Json;
        JsonElement equilibrium = (await CommandRun.Of([.. fit, "--start", "equilibrium"])).AssertDone().Json;
        Assert.Equal((1, 0), (all.GetProperty("openIntervalCount").GetInt32(), complete.GetProperty("openIntervalCount").GetInt32()));
        Assert.Equal("equilibrium", equilibrium.GetProperty("start").GetString());
        (await CommandRun.Of([.. fit, "--start", "equilibrium", "--complete-only"])).AssertRefused(ExitCode.Usage, "equilibrium");
    }

    [Theory]
    [InlineData("exponential")]
    [InlineData("gamma")]
    [InlineData("inverse-gaussian")]
    [InlineData("lognormal")]
    [InlineData("weibull")]
    [InlineData("log-logistic")]
    public async Task Rate_InBins_IsTheFitOfTheLibraryAndItsDocumentAModel(string family)
    {
        using TemporaryFolder folder = new();
        string output = folder.PathOf("fit.json");
        string[] window = ["--window", "0s..20s,30s..43s"];
        JsonElement json = (await CommandRun.Of(["fit", "renewal", retina, "--target", "on-1", "--rate", "piecewise:5s", "--family", family, "--json", "--out", output, .. window])).AssertDone().Json;
        Recording recording = RecordingFile.Open(retina).Restrict(IntervalNotation.Parse("0s..20s,30s..43s"));
        InhomogeneousRenewalFit fit = new InhomogeneousRenewalSpecification { Target = "on-1", Family = FamilySyntax.Parse(family)[0], RateBinWidth = 5 }.Fit(recording);
        JsonElement entry = json.GetProperty("families")[0];
        Assert.Equal(fit.LogLikelihood, entry.Number("logLikelihood"));
        Assert.Equal(fit.Aic, entry.Number("aic"));
        Assert.Equal(6, fit.Rates.Count);
        Assert.Equal(fit.Rates.Select(level => (level.Interval.Start, level.Interval.End, level.Value, level.StandardError)), entry.GetProperty("rates").EnumerateArray()
            .Select(level => (level.Number("start"), level.Number("end"), level.Number("value"), level.Number("standardError"))));
        Assert.Equal(5, json.Number("rateBins", "binWidth"));

        // The document is the fitted process: the same likelihood, verdict and spikes.
        RenewalProcess read = Assert.IsType<RenewalProcess>(RenewalFitDocument.Read(output, family).Process);
        Assert.Equal((fit.Model.ParameterCount, fit.Model.Start), (read.ParameterCount, read.Start));
        StatisticalAssert.Close(fit.LogLikelihood, read.LogLikelihood(recording), relative: 1e-12);
        JsonElement gof = (await CommandRun.Of(["gof", output, retina, "--json", .. window])).AssertDone().Json;
        StatisticalAssert.Close(fit.LogLikelihood, gof.Number("logLikelihood"), relative: 1e-12);
        Assert.Equal(entry.Number("ks", "statistic"), gof.GetProperty("units")[0].Number("goodnessOfFit", "ksStatistic"), 1e-12);
        JsonElement drawn = (await CommandRun.Of("simulate", "renewal", output, "--seed", "3", "--json")).AssertDone().Json;
        Assert.Equal(33, drawn.Number("duration"));
        Recording conditions = Recording.FromFlat(new UnitTable([]), [], [0], recording.Observed);
        StatisticalAssert.Close(fit.Model.Simulate(conditions, seed: 3)[0].Times, drawn.GetProperty("units")[0].GetProperty("spikeTimes").Doubles(), absolute: 1e-12);
    }

    [Fact]
    public async Task Rate_Text_ListsLevelsAndAllFamiliesOfOperationalTime()
    {
        string[] fit = ["fit", "renewal", retina, "--target", "on-1", "--window", "0s..40s"];
        CommandRun run = (await CommandRun.Of([.. fit, "--rate", "piecewise:10s"])).AssertDone();
        Assert.All((string[])["log-logistic", "start: equilibrium", "in 4 bins of 10 s:", "rate (Hz)"], part => Assert.Contains(part, run.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("recovering-hazard", run.Output, StringComparison.Ordinal);
        CommandRun many = (await CommandRun.Of([.. fit, "--rate", "piecewise:1s", "--family", "gamma", "--start", "first-spike"])).AssertDone();
        Assert.All((string[])["start: first-spike", "in 40 bins of 1 s: from ", "--json or --out has every level"], part => Assert.Contains(part, many.Output, StringComparison.Ordinal));
        CommandRun constant = (await CommandRun.Of([.. fit, "--rate", "constant", "--family", "gamma"])).AssertDone();
        Assert.Equal((await CommandRun.Of([.. fit, "--family", "gamma"])).AssertDone().Output, constant.Output);
    }

    [Fact]
    public async Task Rate_ImpossibleRequest_IsRefused()
    {
        using TemporaryFolder folder = new();
        string output = folder.PathOf("fit.json");
        string[] fit = ["fit", "renewal", retina, "--target", "on-1", "--window", "0s..20s", "--family", "gamma", "--rate"];
        (await CommandRun.Of([.. fit, "piecewise:5"])).AssertRefused(ExitCode.Usage, "5s");
        (await CommandRun.Of([.. fit, "linear"])).AssertRefused(ExitCode.Usage, "piecewise:2s");
        (await CommandRun.Of([.. fit, "piecewise:5s", "--complete-only"])).AssertRefused(ExitCode.Usage, "--complete-only");
        (await CommandRun.Of([.. fit, "piecewise:5s", "--family", "gamma,recovering-hazard"])).AssertRefused(ExitCode.Usage, "--family");
        (await CommandRun.Of("fit", "renewal", retina, "--target", "on-1", "--rate", "piecewise:5s", "--family", "gamma,recovering-hazard")).AssertRefused(ExitCode.Usage, "no meaning in operational time");
        (await CommandRun.Of([.. fit, "piecewise:5ms"])).AssertRefused(ExitCode.InvalidInput, "unit on-1", "holds no spike", "choose wider bins");
        (await CommandRun.Of([.. fit, "piecewise:50s"])).AssertRefused(ExitCode.InvalidInput, "shorter than a bin", "narrower bins");

        (await CommandRun.Of([.. fit, "piecewise:5s", "--out", output])).AssertDone();
        (await CommandRun.Of("gof", output, retina)).AssertRefused(ExitCode.Usage, "known in 0s..20s only", "--window 0s..20s");
        (await CommandRun.Of("simulate", "renewal", output, "--duration", "30s")).AssertRefused(ExitCode.Usage, "--observed 0s..20s");
        string text = File.ReadAllText(output);
        (await CommandRun.Of("gof", folder.Write("wide.json", text.Replace("\"binWidth\":5", "\"binWidth\":4", StringComparison.Ordinal)), retina)).AssertRefused(ExitCode.InvalidInput, "5 bins", "4 rates");
        (await CommandRun.Of("gof", folder.Write("none.json", text.Replace("\"rates\":[", "\"ratings\":[", StringComparison.Ordinal)), retina)).AssertRefused(ExitCode.InvalidInput, "lacks its rates");
    }

    [Fact]
    public async Task Fit_ImpossibleRequest_IsRefused()
    {
        using TemporaryFolder folder = new();
        (await CommandRun.Of("fit", "renewal", retina, "--target", "on-1", "--family", "gama")).AssertRefused(ExitCode.Usage, "'gama'", "inverse-gaussian");
        (await CommandRun.Of("fit", "renewal", retina, "--target", "none")).AssertRefused(ExitCode.Usage, "'none'");
        (await CommandRun.Of("fit", "renewal", folder.Write("few.csv", "unit,time\na,0.1\na,0.2\n"), "--target", "a")).AssertRefused(ExitCode.InvalidInput, "too few");
    }
}
