using System.Text.Json;
using SpikeStats.Cli.Commands;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;
using SpikeStats.Tests.Loading;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Cli.Commands;

/// <summary>The verbs that write a report. What is in it, the tests of Reporting say.</summary>
public sealed class ReportCommandTests
{
    private static readonly string spikes = Repository.PathOf("sample-data", "retina.csv");
    private static readonly string stimulus = Repository.PathOf("sample-data", "retina-stimulus.csv");

    [Fact]
    public async Task Report_WritesThePageAndTheDocumentBesideIt()
    {
        using TemporaryFolder folder = new();
        string page = folder.PathOf("retina.html"), document = folder.PathOf("retina.json");
        CommandRun run = (await CommandRun.Of("report", spikes, "--stimulus", stimulus, "--observed", "0s..30s", "--on-outside", "drop", "--coupling", "all", "--seed", "3", "--out", page, "--json")).AssertDone();
        Assert.Equal([page, document], Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal));
        Assert.Contains("</html>", File.ReadAllText(page), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(document), run.Output);
        Assert.Equal("spikestats.report/1", run.Json.GetProperty("schema").GetString());
        Assert.Equal(4, run.Json.GetProperty("unitCount").GetInt32());
    }

    [Fact]
    public async Task Report_Text_HasARowPerUnitAndTheFiles()
    {
        using TemporaryFolder folder = new();
        string page = folder.PathOf("retina.html");
        CommandRun run = (await CommandRun.Of("report", spikes, "--observed", "0s..20s", "--on-outside", "drop", "--bin", "2ms", "--out", page)).AssertDone();
        Assert.Matches(@"(?m)^on-1 +\d+ +\d+\.\d{3} .* converged +(yes|no)$", run.Output);
        Assert.Contains($"page: {page}", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_OneFileExists_NeitherIsWritten()
    {
        using TemporaryFolder folder = new();
        string document = folder.Write("retina.json", "precious");
        (await CommandRun.Of("report", spikes, "--out", folder.PathOf("retina.html"))).AssertRefused(ExitCode.Usage, document, "--force");
        Assert.Equal([document], Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData("--stimulus-basis", "lags:3", "need --stimulus FILE")]
    [InlineData("--coupling", "on-1", "all|none")]
    [InlineData("--out", "report.json", "--out report.html")]
    public async Task Report_OptionThatMakesNoSense_IsRefused(string option, string value, string fragment) =>
        (await CommandRun.Of("report", spikes, option, value)).AssertRefused(ExitCode.Usage, fragment);

    [Fact]
    public async Task Report_BadInputOrCancelled_LeavesNoFile()
    {
        using TemporaryFolder folder = new();
        string empty = folder.Write("empty.csv", ""), page = folder.PathOf("report.html");
        (await CommandRun.Of("report", empty, "--out", page)).AssertRefused(ExitCode.InvalidInput, empty, "Remedy:");
        (await CommandRun.Of("report", spikes, "--stimulus", folder.Write("short.csv", "time,value\n0,1\n0.5,2\n"), "--out", page)).AssertRefused(ExitCode.InvalidInput, "short.csv", "covers");
        (await CommandRun.Of(new CancellationToken(canceled: true), "report", spikes, "--out", page)).AssertRefused(ExitCode.Cancelled, "Cancelled");
        Assert.DoesNotContain(Directory.GetFiles(folder.Path), file => Path.GetExtension(file) != ".csv");
    }

    [Fact]
    public async Task Demo_SampleData_IsReported()
    {
        using TemporaryFolder folder = new();
        string page = folder.PathOf("demo.html");
        CommandRun run = (await CommandRun.Of("demo", "--out", page)).AssertDone();
        Assert.Contains("retina.csv", run.Output, StringComparison.Ordinal);
        Assert.Contains($"page: {page}", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(folder.PathOf("demo.json")));
    }

    // Without the sample: the true model passes time rescaling, and a fit without the coupling misses what the coupling explains.
    [Fact]
    public void Demo_SimulatedCells_AreThoseOfTheirModel()
    {
        Recording recording = DemoCells.Simulate(seed: 1, CancellationToken.None);
        GlmPopulation model = DemoCells.Model("flicker");
        Assert.All(model.Units, unit => Assert.InRange(recording[unit].Count / DemoCells.Duration, 5, 60));
        Assert.All(model.Models, truth => Assert.True(TimeRescaling.Test(truth, recording, truth.Unit).Draws!.Median > 1e-3));
        GlmSpecification specification = new() { Target = "second", Terms = [new HistoryTerm(new RaisedCosineLogBasis(4, 0.02)), new CouplingTerm("first", new RaisedCosineLogBasis(4, 0.02))] };
        Assert.True(specification.Fit(recording).Term("coupling:first").Wald.PValue < 1e-6);
    }
}
