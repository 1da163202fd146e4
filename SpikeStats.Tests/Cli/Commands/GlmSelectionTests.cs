using System.Text.Json;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.HypothesisTests;
using SpikeStats.Fitting.ModelSelection;
using SpikeStats.Loading;
using SpikeStats.Models.Bases;
using SpikeStats.Tests.Loading;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Cli.Commands;

public sealed class GlmSelectionTests
{
    private static readonly string retina = Repository.PathOf("sample-data", "retina.csv");
    private static readonly string[] fit = ["fit", "glm", retina, "--target", "on-1", "--window", "0s..50s", "--bin", "2ms", "--history-basis", "windows:2ms,6ms,20ms"];
    private static readonly Recording recording = RecordingFile.Open(retina).Restrict(TimeIntervals.Of(0, 50));

    [Fact]
    public async Task CrossValidate_Blocks_AreTheScoresOfTheLibrary()
    {
        JsonElement json = (await CommandRun.Of([.. fit, "--cross-validate", "4", "--json"])).AssertDone().Json.GetProperty("crossValidation");
        CrossValidationResult result = CrossValidation.Score(Specification(), recording, new CrossValidationOptions { FoldCount = 4 });
        Assert.Equal("block", json.GetProperty("by").GetString());
        Assert.Equal(
            (result.Total.LogLikelihood, result.Total.NullLogLikelihood, result.BitsPerSpike), (json.Number("logLikelihood"), json.Number("nullLogLikelihood"), json.Number("bitsPerSpike")));
        Assert.Equal(result.Folds.Select(fold => fold.BitsPerSpike), json.GetProperty("folds").EnumerateArray().Select(fold => fold.Number("bitsPerSpike")));
    }

    [Fact]
    public async Task CrossValidate_Trials_AreHeldOutWhole()
    {
        string neuro = Repository.PathOf("sample-data", "neuro.csv");
        JsonElement json = (await CommandRun.Of("fit", "glm", neuro, "--target", "neuro", "--history-basis", "windows:1ms,60ms,100ms", "--cross-validate", "3", "--by", "trial", "--json")).AssertDone().Json.GetProperty("crossValidation");
        Assert.Equal(("trial", 3), (json.GetProperty("by").GetString(), json.GetProperty("folds").GetArrayLength()));
        (await CommandRun.Of([.. fit, "--cross-validate", "3", "--by", "trial"])).AssertRefused(ExitCode.Usage, "3 folds need as many trials");
    }

    [Theory]
    [InlineData("evidence")]
    [InlineData("cv")]
    public async Task Strength_Chosen_IsThatOfTheLibrary(string method)
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("fit.json");
        JsonElement json = (await CommandRun.Of([.. fit, "--penalty", "history=ridge:1", "--strength", method, "--json", "--out", path])).AssertDone().Json;
        GlmSpecification penalised = Specification(new Penalty { Ridge = 1 });
        StrengthChoice choice = method == "evidence"
            ? PenaltyStrength.ByEvidence(penalised, recording)
            : PenaltyStrength.ByCrossValidation(penalised, recording, [.. Enumerable.Range(-4, 9).Select(power => Math.Pow(10, power))]);
        Assert.Equal((method, choice.Factor), (json.At("strength", "method").GetString(), json.Number("strength", "factor")));
        Assert.Equal(choice.Tried.Count, json.At("strength", "tried").GetArrayLength());
        Assert.Equal(choice.Factor, json.GetProperty("terms")[1].Number("penalty", "ridge"), 1e-12);

        // A document with these fields is still a model.
        (await CommandRun.Of("simulate", "glm", path, "--duration", "1s")).AssertDone();
    }

    [Fact]
    public async Task Tests_OfTermsAndCouplings_AreThoseOfTheLibrary()
    {
        string[] coupled = [.. fit, "--coupling", "on-2,off-1", "--coupling-basis", "windows:2ms,10ms"];
        JsonElement json = (await CommandRun.Of([.. coupled, "--deviance-table", "--test-couplings", "--json"])).AssertDone().Json;
        GlmSpecification specification = Specification() with
        {
            Terms = [.. Specification().Terms, new CouplingTerm("on-2", new WindowBasis(0.002, 0.01)), new CouplingTerm("off-1", new WindowBasis(0.002, 0.01))],
        };
        DevianceTable table = DevianceTable.Of(specification, recording);
        JsonElement[] rows = [.. json.At("devianceTable", "rows").EnumerateArray()];
        Assert.Equal(table.NullDeviance, json.Number("devianceTable", "nullDeviance"));
        Assert.Equal(
            table.Rows.Select(row => (row.Term, row.Test.DegreesOfFreedom, row.Test.Statistic, row.ResidualDeviance, row.Test.PValue)),
            rows.Select(row => (row.GetProperty("term").GetString()!, row.GetProperty("df").GetInt32(), row.Number("deviance"), row.Number("residualDeviance"), row.Number("p"))));
        IReadOnlyList<CouplingTest> tests = CouplingTests.Of([specification], recording);
        Assert.Equal(
            tests.Select(test => (test.Source, test.AdjustedPValue, test.IsSignificant)),
            json.GetProperty("couplingTests").EnumerateArray().Select(test => (test.GetProperty("source").GetString()!, test.Number("adjustedP"), test.GetProperty("isSignificant").GetBoolean())));

        CommandRun text = (await CommandRun.Of([.. coupled, "--deviance-table", "--test-couplings", "--cross-validate", "2"])).AssertDone();
        string[] expected = ["held out", "part 2", "term added", "likelihood ratio", "adjusted p"];
        Assert.All(expected, part => Assert.Contains(part, text.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Document_WithoutAnyOfIt_SaysNull()
    {
        JsonElement json = (await CommandRun.Of([.. fit, "--json"])).AssertDone().Json;
        string[] fields = ["strength", "crossValidation", "devianceTable", "couplingTests"];
        Assert.All(fields, field => Assert.Equal(JsonValueKind.Null, json.GetProperty(field).ValueKind));
    }

    [Theory]
    [InlineData("--strength evidence", "--penalty")]
    [InlineData("--strength evidence --penalty history=lasso:1", "--strength cv")]
    [InlineData("--strength best --penalty history=ridge:1", "evidence|cv")]
    [InlineData("--by trial", "--cross-validate")]
    [InlineData("--cross-validate 1", "2 or more")]
    [InlineData("--deviance-table --penalty history=ridge:1", "without penalties")]
    [InlineData("--test-couplings", "--coupling")]
    public async Task Options_ThatContradict_AreRefused(string options, string fragment) =>
        (await CommandRun.Of([.. fit, .. options.Split(' ')])).AssertRefused(ExitCode.Usage, fragment);

    [Fact]
    public async Task Strength_WithoutAnOptimum_ExitsWith1()
    {
        // No spike of a ever follows the one of b, so that the coupling runs to minus infinity and there is no evidence.
        using TemporaryFolder folder = new();
        string spikes = folder.Write("spikes.csv", "# observed: 0s..6s\nunit,time\na,0.55\na,1.25\na,2.55\na,3.15\na,3.25\na,4.75\nb,0.75\n");
        (await CommandRun.Of(
            "fit", "glm", spikes, "--target", "a", "--bin", "100ms", "--history-basis", "lags:2", "--coupling", "b", "--coupling-basis", "lags:1", "--penalty", "history=ridge:1", "--strength", "evidence"))
            .AssertRefused(ExitCode.AnalysisFailed, "did not reach its optimum");
    }

    private static GlmSpecification Specification(Penalty? penalty = null) => new()
    {
        Target = "on-1",
        BinWidth = 0.002,
        Terms = [new HistoryTerm(new WindowBasis(0.002, 0.006, 0.02)) { Penalty = penalty ?? Penalty.None }],
    };
}
