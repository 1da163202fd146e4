using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using SpikeStats.Cli.Reporting;
using SpikeStats.Models.Bases;

namespace SpikeStats.Tests.Cli.Reporting;

public sealed class RecordingReportTests
{
    private static readonly XNamespace xhtml = "http://www.w3.org/1999/xhtml";
    private static readonly Lazy<RecordingReport> mixed = new(() => RecordingReport.Create(ReportRecordings.Mixed(), new ReportOptions { Seed = 3 }));

    [Fact]
    public void Create_AnyNumberOfThreads_SameBytes()
    {
        RecordingReport Make(int threads) => RecordingReport.Create(ReportRecordings.Mixed(), new ReportOptions { Seed = 3, HasCouplings = true, Threads = threads });
        RecordingReport one = Make(1), two = Make(2);
        Assert.Equal(one.ToHtml(), two.ToHtml());
        Assert.Equal(one.ToJson(), two.ToJson());
    }

    [Fact]
    public void ToHtml_Page_IsWellFormedAndStandsAlone()
    {
        string html = mixed.Value.ToHtml();
        XElement page = Parse(html);
        Assert.Single(page.Descendants(xhtml + "h1"));
        Assert.DoesNotContain(page.Descendants(), element => element.Attribute("src") is not null);
        Assert.Empty(page.Descendants(xhtml + "link"));
        string[] sections = [.. page.Descendants(xhtml + "details").Select(section => section.Attribute("id")!.Value)];
        Assert.Equal(["unit-1", "unit-2", "unit-3", "unit-4"], sections);
        string[] targets = [.. page.Descendants(xhtml + "a").Select(link => link.Attribute("href")!.Value)];
        Assert.Equal(sections.Select(id => "#" + id), targets);
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", html.Replace(xhtml.NamespaceName, "", StringComparison.Ordinal).Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void ToHtml_Overview_HasARowPerUnitWithItsNumbers()
    {
        XElement table = Parse(mixed.Value.ToHtml()).Descendants(xhtml + "table").Single(element => (string?)element.Attribute("id") == "units-table");
        XElement[] rows = [.. table.Element(xhtml + "tbody")!.Elements()];
        Assert.Equal(["refractory", "echo", "few", "silent"], rows.Select(row => row.Elements().First().Value));
        Assert.Equal(["refractory", "refractory", "", ""], rows.Select(row => row.Elements().ElementAt(7).Value));
        Assert.Equal(mixed.Value.Recording["refractory"].Count, double.Parse(rows[0].Elements().ElementAt(1).Attribute("data-v")!.Value, CultureInfo.InvariantCulture));
        Assert.Equal("12", rows[2].Elements().ElementAt(1).Value);
        Assert.All(rows, row => Assert.Equal(table.Descendants(xhtml + "th").Count(), row.Elements().Count()));
    }

    [Fact]
    public void ToHtml_RefractoryUnit_SaysAtWhichLagsItIsSilent()
    {
        UnitReport unit = mixed.Value.Units[0];
        Assert.True(FitWords.IsOnlyRefractory(unit.Fit!));
        string words = FitWords.Certificate(unit.Fit!);
        Assert.StartsWith("No spike came 1 to 4 ms after another", words, StringComparison.Ordinal);

        // Second route: n spikes, each followed by 4 bins in which a spike has the probability n / bins.
        double expected = (double)unit.Fit!.SpikeCount * unit.Fit.SpikeCount * 4 / unit.Fit.BinCount;
        Assert.Contains($"{HtmlText.Number(expected, 2)} were to be expected without refractoriness", words, StringComparison.Ordinal);
        Assert.Contains(words, SectionOf(mixed.Value, 1).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void ToHtml_UnitsWithoutAModel_SayWhy()
    {
        Assert.Contains("not fitted: 12 spikes are too few; a fit needs 100.", SectionOf(mixed.Value, 3).Value, StringComparison.Ordinal);
        Assert.Contains("not fitted: 0 spikes are too few; a fit needs 100.", SectionOf(mixed.Value, 4).Value, StringComparison.Ordinal);
        Assert.Empty(SectionOf(mixed.Value, 4).Descendants(xhtml + "figure"));
        Assert.Contains("2\u00a0units without a model", Parse(mixed.Value.ToHtml()).Value, StringComparison.Ordinal);
    }

    // The model is the true one up to its basis: it must pass, and in this recording only the two fitted units can.
    [Fact]
    public void Create_UnitsOfTheModelClass_Fit()
    {
        Assert.Equal(2, mixed.Value.FittedCount);
        Assert.Equal(2, mixed.Value.FittingCount);
        Assert.All(mixed.Value.Units.Take(2), unit => Assert.StartsWith("Fits", unit.Verdict!.Sentence, StringComparison.Ordinal));
        Assert.NotEqual(mixed.Value.Units[0].Rescaling!.Seed, mixed.Value.Units[1].Rescaling!.Seed);
    }

    [Fact]
    public void Create_EchoOfAUnit_IsTheOnlyCorrelatedPair()
    {
        CorrelatedPairs pairs = mixed.Value.Pairs;
        Assert.Equal((1, 1, 2), (pairs.TestedCount, pairs.CorrelatedCount, pairs.UnitCount));
        Assert.InRange(pairs.Shown[0].Lag, 0.002, 0.004);
        Assert.True(pairs.Shown[0].Z > 10);
    }

    [Fact]
    public void ToJson_Document_HasItsSchemaAndStringsForWhatIsNoNumber()
    {
        using JsonDocument document = JsonDocument.Parse(mixed.Value.ToJson());
        JsonElement root = document.RootElement;
        Assert.Equal("spikestats.report/1", root.GetProperty("schema").GetString());
        Assert.NotEmpty(root.GetProperty("version").GetString()!);
        Assert.Equal(4, root.GetProperty("unitCount").GetInt32());
        Assert.Equal(2, root.GetProperty("fittedCount").GetInt32());
        Assert.Equal(3u, root.GetProperty("model").GetProperty("seed").GetUInt64());
        JsonElement[] units = [.. root.GetProperty("units").EnumerateArray()];
        JsonElement fit = units[0].GetProperty("fit");
        Assert.Equal("separated", fit.GetProperty("certificate").GetProperty("status").GetString());
        Assert.Equal("-Infinity", fit.GetProperty("terms")[1].GetProperty("coefficients")[0].GetString());
        Assert.Equal(mixed.Value.Units[0].Fit!.LogLikelihood, fit.GetProperty("logLikelihood").GetDouble());
        Assert.True(units[0].GetProperty("goodnessOfFit").GetProperty("fits").GetBoolean());
        Assert.Equal(JsonValueKind.Null, units[3].GetProperty("fit").ValueKind);
        Assert.Equal("NaN", units[3].GetProperty("summary").GetProperty("isiMean").GetString());
        Assert.NotEmpty(units[3].GetProperty("notFitted").GetString()!);
    }

    [Fact]
    public void Create_Trials_AreAveragedAroundTheirZero()
    {
        Recording recording = ReportRecordings.Trials();
        RecordingReport report = RecordingReport.Create(recording, new ReportOptions());
        UnitReport unit = Assert.Single(report.Units);
        Assert.Equal(recording.SpikeCount, unit.Psth!.Counts.ToArray().Sum());
        Assert.Equal(-1, unit.Psth.Bins.Start);
        double before = unit.Psth.Rates.ToArray().Take(50).Average(), after = unit.Psth.Rates.ToArray().Skip(50).Take(25).Average();
        Assert.InRange(before, 8, 12);
        Assert.InRange(after, 42, 58);
        Assert.Contains("Rate around trial zero", report.ToHtml(), StringComparison.Ordinal);
        using JsonDocument document = JsonDocument.Parse(report.ToJson());
        Assert.Equal(unit.Psth.Counts.Length, document.RootElement.GetProperty("units")[0].GetProperty("psth").GetProperty("counts").GetArrayLength());
    }

    [Fact]
    public void Create_SignalThatIsAlwaysZero_IsNamedAsNotIdentified()
    {
        Recording recording = Recording.FromTrains([ReportRecordings.Refractory(2, "u", ReportRecordings.Observed)])
            .WithSignals(SampledSignal.Regular("dark", new double[400], 0, 10));
        RecordingReport report = RecordingReport.Create(recording, new ReportOptions { Stimulus = "dark" });
        Assert.False(FitWords.IsOnlyRefractory(report.Units[0].Fit!));
        string words = SectionOf(report, 1).Value;
        Assert.Contains("The data cannot tell stimulus[0]", words, StringComparison.Ordinal);
        Assert.Contains("did not reach a unique finite optimum", report.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Create_HistoryLongerThanAnyObservedInterval_IsTheReasonOfTheUnit()
    {
        TimeIntervals flashes = TimeIntervals.FromSorted([.. Enumerable.Range(0, 40).Select(i => new TimeInterval(i, i + 0.1))]);
        SpikeTrain glimpsed = SpikeTrain.FromSorted(
            flashes.SelectMany(flash => (double[])[flash.Start + 0.01, flash.Start + 0.04, flash.Start + 0.07]).ToArray(), flashes, "glimpsed");
        Recording recording = Recording.FromTrains([glimpsed, ReportRecordings.Refractory(3, "watched", ReportRecordings.Observed)]);
        RecordingReport report = RecordingReport.Create(recording, new ReportOptions { HistoryBasis = new RaisedCosineLogBasis(5, 0.2) });
        Assert.Equal(1, report.FittedCount);
        Assert.Contains("no bin has a full history", report.Units[0].NotFitted, StringComparison.Ordinal);
        Assert.Contains("no bin has a full history", SectionOf(report, 1).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_Couplings_AreFoundWhereTheyAre()
    {
        RecordingReport report = RecordingReport.Create(ReportRecordings.Coupled(), new ReportOptions { HasCouplings = true });
        CouplingMatrix matrix = report.Couplings!;
        (string source, string target, double strength, double lag, double _) = Assert.Single(matrix.Notable);
        Assert.Equal(("a", "b"), (source, target));
        Assert.InRange(strength, 1.1, 1.9);
        Assert.InRange(lag, 0.001, 0.010);
        Assert.True(double.IsNaN(matrix.Strengths[0, 0]));
        Assert.Contains("1 of 6\u00a0couplings differ from zero", report.ToHtml(), StringComparison.Ordinal);
        Parse(report.ToHtml());
    }

    [Fact]
    public void Create_NamesFullOfMarkup_AreEscaped()
    {
        Recording recording = Recording.FromTrains([SpikeTrain.FromSorted(new double[] { 1, 2 }, ReportRecordings.Observed, "<b>&\"x\"</b>\u0001")]);
        XElement page = Parse(RecordingReport.Create(recording, new ReportOptions { Title = "a < b & c" }).ToHtml());
        Assert.Equal("a < b & c", page.Descendants(xhtml + "h1").Single().Value);
        Assert.Contains("<b>&\"x\"</b>\ufffd", page.Descendants(xhtml + "summary").Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_NothingRecorded_IsAPageAndADocument()
    {
        RecordingReport report = RecordingReport.Create(Recording.FromTrains([]), new ReportOptions());
        Assert.Contains("holds no unit", Parse(report.ToHtml()).Value, StringComparison.Ordinal);
        using JsonDocument document = JsonDocument.Parse(report.ToJson());
        Assert.Equal(0, document.RootElement.GetProperty("unitCount").GetInt32());
    }

    [Fact]
    public void Create_Progress_GrowsToOne()
    {
        Collected progress = new();
        RecordingReport.Create(ReportRecordings.Mixed(), new ReportOptions(), progress);
        Assert.Equal(progress.Values.Order(), progress.Values);
        Assert.Equal(1, progress.Values[^1]);
    }

    [Fact]
    public void Create_Cancelled_Throws()
    {
        using CancellationTokenSource source = new();
        Assert.ThrowsAny<OperationCanceledException>(
            () => RecordingReport.Create(ReportRecordings.Mixed(), new ReportOptions { Threads = 1 }, new Cancelling(source), source.Token));
    }

    [Fact]
    public void Create_ImpossibleOptions_Throws()
    {
        Recording recording = ReportRecordings.Mixed();
        Assert.Throws<ArgumentException>(() => RecordingReport.Create(recording, new ReportOptions { BinWidth = 0 }));
        Assert.Throws<ArgumentException>(() => RecordingReport.Create(recording, new ReportOptions { LeastSpikes = 0 }));
        Assert.Throws<ArgumentException>(() => RecordingReport.Create(recording, new ReportOptions { MostCoupledUnits = 1 }));
        Assert.Throws<ArgumentException>(() => RecordingReport.Create(recording, new ReportOptions { Stimulus = "light" }));
    }

    private static XElement SectionOf(RecordingReport report, int number) =>
        Parse(report.ToHtml()).Descendants(xhtml + "details").Single(section => section.Attribute("id")!.Value == $"unit-{number}");

    private static XElement Parse(string html) => XDocument.Parse(html).Root!;

    private sealed class Collected : IProgress<double>
    {
        public List<double> Values { get; } = [];

        public void Report(double value) => Values.Add(value);
    }

    private sealed class Cancelling(CancellationTokenSource source) : IProgress<double>
    {
        public void Report(double value) => source.Cancel();
    }
}
