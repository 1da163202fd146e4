using System.Text.Json;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.Renewal;
using SpikeStats.Loading;
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

    [Fact]
    public async Task Fit_ImpossibleRequest_IsRefused()
    {
        using TemporaryFolder folder = new();
        (await CommandRun.Of("fit", "renewal", retina, "--target", "on-1", "--family", "gama")).AssertRefused(ExitCode.Usage, "'gama'", "inverse-gaussian");
        (await CommandRun.Of("fit", "renewal", retina, "--target", "none")).AssertRefused(ExitCode.Usage, "'none'");
        (await CommandRun.Of("fit", "renewal", folder.Write("few.csv", "unit,time\na,0.1\na,0.2\n"), "--target", "a")).AssertRefused(ExitCode.InvalidInput, "too few");
    }
}
