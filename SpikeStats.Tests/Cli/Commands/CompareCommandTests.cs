using System.Text.Json;
using System.Xml.Linq;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.Comparison;
using SpikeStats.Fitting.Renewal;
using SpikeStats.Loading;
using SpikeStats.Tests.Loading;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Cli.Commands;

public sealed class CompareCommandTests
{
    private static readonly string retina = Repository.PathOf("sample-data", "retina.csv");
    private static readonly string[] compare = ["compare", retina, "--target", "on-1"];

    [Fact]
    public async Task Compare_Json_IsTheComparisonOfTheLibrary()
    {
        JsonElement json = (await CommandRun.Of([.. compare, "--models", "poisson,renewal:gamma", "--folds", "3", "--json"])).AssertDone().Json;
        Assert.Equal("spikestats.compare/1", json.GetProperty("schema").GetString());
        ModelComparison expected = ModelComparison.Fit(
            RecordingFile.Open(retina), "on-1",
            [new ConstantRateCandidate("poisson", "on-1"), new RenewalCandidate("renewal:gamma", new RenewalSpecification { Target = "on-1", Family = new GammaFamily() })],
            new ComparisonOptions { FoldCount = 3 });
        Assert.Equal(expected.SpikeCount, json.GetProperty("spikeCount").GetInt32());
        Assert.Equal(expected.Best!.Name, json.GetProperty("best").GetString());
        foreach ((ModelScore score, JsonElement model) in expected.Models.Zip(json.GetProperty("models").EnumerateArray()))
        {
            Assert.Equal(score.Name, model.GetProperty("name").GetString());
            Assert.Equal(score.LogDensity, model.Number("logLikelihood"));
            Assert.Equal(score.HeldOut!.BitsPerSpike, model.Number("heldOut", "bitsPerSpike"));
            Assert.Equal(score.HeldOut.Folds.Select(fold => fold.LogLikelihood), model.At("heldOut", "folds").EnumerateArray().Select(fold => fold.Number("logLikelihood")));
            Assert.Equal(score.TimeRescaling.KolmogorovSmirnov.Statistic, model.Number("ks", "statistic"));
        }
    }

    [Fact]
    public async Task Compare_AllKinds_PrintsOneTableAndDrawsOneFigure()
    {
        using TemporaryFolder folder = new();
        CommandRun run = (await CommandRun.Of([.. compare, "--models", "glm,hawkes:2,renewal:weibull,poisson", "--folds", "2", "--out", folder.PathOf("figure.svg")])).AssertDone();
        string[] lines = run.Output.Split('\n');
        Assert.StartsWith("Models of unit on-1 on ", lines[0], StringComparison.Ordinal);
        Assert.Equal(["glm", "hawkes:2", "renewal:weibull", "poisson"], lines[3..7].Select(line => line.Split(' ')[0]));
        Assert.Contains("Best on held-out spikes: ", run.Output, StringComparison.Ordinal);
        Assert.NotNull(XDocument.Load(folder.PathOf("figure.svg")).Root);
        await CommandRun.Of([.. compare, "--models", "poisson,renewal:gamma", "--out", folder.PathOf("page.html")]);
        Assert.Contains("<svg", File.ReadAllText(folder.PathOf("page.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_ModelThatFails_IsNamedAndTheOthersStand()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("equal.csv", "unit,time\n" + string.Concat(Enumerable.Range(1, 60).Select(i => FormattableString.Invariant($"a,{i * 0.125}\n"))));
        string[] command = ["compare", file, "--target", "a", "--observed", "0s..8s"];
        CommandRun run = (await CommandRun.Of([.. command, "--models", "renewal:gamma,poisson"])).AssertDone();
        Assert.Contains("renewal:gamma: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("all intervals are equal", run.Error, StringComparison.Ordinal);
        CommandRun none = await CommandRun.Of([.. command, "--models", "renewal:gamma", "--json"]);
        Assert.Equal((int)ExitCode.AnalysisFailed, none.ExitCode);
        Assert.Equal(JsonValueKind.Null, none.Json.GetProperty("best").ValueKind);
        Assert.Equal(1, none.Json.GetProperty("failures").GetArrayLength());
    }

    [Fact]
    public async Task Compare_ImpossibleRequest_IsRefused()
    {
        using TemporaryFolder folder = new();
        (await CommandRun.Of([.. compare, "--models", "gml"])).AssertRefused(ExitCode.Usage, "'gml'", "renewal");
        (await CommandRun.Of([.. compare, "--models", "renewal:gama"])).AssertRefused(ExitCode.Usage, "'gama'", "inverse-gaussian");
        (await CommandRun.Of([.. compare, "--models", "hawkes:9"])).AssertRefused(ExitCode.Usage, "exponentials");
        (await CommandRun.Of([.. compare, "--models", "poisson:2"])).AssertRefused(ExitCode.Usage, "no variants");
        (await CommandRun.Of([.. compare, "--folds", "1"])).AssertRefused(ExitCode.Usage, "--folds");
        (await CommandRun.Of([.. compare, "--by-trial"])).AssertRefused(ExitCode.Usage, "trials");
        (await CommandRun.Of("compare", retina, "--target", "none")).AssertRefused(ExitCode.Usage, "'none'");
        (await CommandRun.Of("compare", folder.Write("few.csv", "unit,time\na,0.1\na,0.2\n"), "--target", "b")).AssertRefused(ExitCode.Usage, "'b'");
        (await CommandRun.Of("compare", folder.PathOf("missing.csv"), "--target", "b")).AssertRefused(ExitCode.InvalidInput, "missing.csv");
    }

    [Fact]
    public async Task Compare_Cancelled_WritesNothing()
    {
        using TemporaryFolder folder = new();
        CommandRun run = await CommandRun.Of(new CancellationToken(canceled: true), [.. compare, "--out", folder.PathOf("figure.svg")]);
        Assert.Equal((int)ExitCode.Cancelled, run.ExitCode);
        Assert.False(File.Exists(folder.PathOf("figure.svg")));
    }

    [Fact]
    public void Models_Text_NamesEachOnceInItsOrder()
    {
        Assert.Equal(["renewal:gamma", "glm", "poisson"], ModelSyntax.Parse("renewal:gamma,glm,renewal:gamma,poisson").Select(choice => choice.Name));
        Assert.Equal(IntervalFamily.All.Select(family => "renewal:" + family.Name), ModelSyntax.Parse("renewal").Select(choice => choice.Name));
    }
}
