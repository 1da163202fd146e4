using System.Globalization;
using System.Text;
using SpikeStats.Cli.Output;
using SpikeStats.Plotting;
using static SpikeStats.Cli.Reporting.HtmlText;
using static SpikeStats.Plotting.Rendering.XmlText;

namespace SpikeStats.Cli.Reporting;

/// <summary>The page of a report: overview first, details of the units below, and how it was made at the end.</summary>
/// <remarks>
/// Its size is bounded: figures are compact and hold a bounded number of points, and at most 320 units have a section. It refers to
/// nothing outside, so that it can be mailed, archived and opened from a disk.
/// </remarks>
internal static class ReportPage
{
    private const int MostSections = 320;
    private const int MostOpen = 6;
    private const int MostDetailed = 20;
    private const int LeastForDistributions = 8;
    private const int MostNotes = 30;
    private const double Coincidence = 0.001;
    private const int MostCouplingsListed = 15;

    /// <summary>The page.</summary>
    public static string Html(RecordingReport report)
    {
        StringBuilder html = new();
        string title = Title(report);
        html.Append(
            $"""
            <!DOCTYPE html>
            <html lang="en" xmlns="http://www.w3.org/1999/xhtml">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="generator" content="SpikeStats {Escape(ProductVersion.Text)}"/>
            <title>{Escape(title)} – spike train report</title>
            <style>
            {ReportStyle.Css}
            </style>
            </head>
            <body>
            <h1>{Escape(title)}</h1>

            """);
        AppendHead(html, report);
        AppendPopulation(html, report);
        AppendCouplings(html, report);
        AppendPairs(html, report);
        int sections = AppendUnits(html, report);
        AppendMethods(html, report, sections);
        html.Append("<script>\n").Append(ReportStyle.Script).Append("\n</script>\n</body>\n</html>\n");
        return html.ToString();
    }

    private static string Title(RecordingReport report)
    {
        if (report.Options.Title.Length > 0) return report.Options.Title;
        string source = report.Recording.LoadReport.Source;
        return source.Length == 0 ? "Recording" : Path.GetFileName(Path.TrimEndingDirectorySeparator(source));
    }

    private static void AppendHead(StringBuilder html, RecordingReport report)
    {
        Recording recording = report.Recording;
        LoadReport load = recording.LoadReport;
        string source = load.Source.Length == 0 ? "" : $"{Escape(load.Source)} · ";
        html.Append($"<p class=\"source\">{source}{Escape(load.Format)} · SpikeStats {Escape(ProductVersion.Text)}</p>\n<div class=\"tiles\">\n");
        Tile(html, Count(recording.UnitCount), recording.UnitCount == 1 ? "unit" : "units");
        Tile(html, Count(recording.SpikeCount), recording.SpikeCount == 1 ? "spike" : "spikes");
        string stretches = recording.Observed.Count == 1 ? "" : $" in {Count(recording.Observed.Count, "interval")}";
        Tile(html, Number(recording.Observed.Duration, 4) + " s", "observed" + stretches);
        if (recording.Trials.Count > 0) Tile(html, Count(recording.Trials.Count), recording.Trials.Count == 1 ? "trial" : "trials");
        if (recording.Signals.Count > 0) Tile(html, Count(recording.Signals.Count), recording.Signals.Count == 1 ? "signal" : "signals");
        Tile(html, Count(report.FittedCount), "fitted");
        Tile(html, Count(report.FittingCount), "with a model that fits");
        html.Append("</div>\n<p>").AppendJoin(' ', ReportWords.InShort(report)).Append("</p>\n");
        if (load.Count == 0) return;
        html.Append("<ul class=\"notes\">\n");
        foreach (LoadNote note in load.OrderByDescending(note => note.Severity).Take(MostNotes))
        {
            bool isWarning = note.Severity == LoadNoteSeverity.Warning;
            html.Append($"<li{(isWarning ? " class=\"warning\"" : "")}>{(isWarning ? "<b>Warning.</b> " : "")}{Escape(note.Message)}</li>\n");
        }

        if (load.Count > MostNotes) html.Append($"<li>{Count(load.Count - MostNotes, "more note")} of the loader</li>\n");
        html.Append("</ul>\n");
    }

    private static void AppendPopulation(StringBuilder html, RecordingReport report)
    {
        if (report.Recording.SpikeCount > 0 && !report.Recording.Observed.Span.IsEmpty)
            html.Append("<h2>Spikes</h2>\n").Append(PopulationFigures.Spikes(report.Recording).ToHtml());

        if (report.Units.Count == 0) return;
        html.Append("<h2>Units</h2>\n");
        if (report.Units.Count >= LeastForDistributions) html.Append(PopulationFigures.Distributions(report).ToHtml());
        OverviewTable.Append(html, report);
        html.Append("<p class=\"note screen\">Click a heading to sort, a unit to see it.</p>\n");
    }

    private static void AppendCouplings(StringBuilder html, RecordingReport report)
    {
        if (report.Couplings is not { } matrix) return;
        html.Append("<h2>Couplings</h2>\n<div class=\"two\">").Append(PopulationFigures.Couplings(matrix).ToHtml()).Append("<div>\n");
        IReadOnlyList<(string Source, string Target, double Strength, double Lag, double PValue)> notable = matrix.Notable;
        html.Append($"<p>{Count(notable.Count)} of {Count(matrix.Count, "coupling")} differ from zero by Wald’s test at 5 % over all of them (Bonferroni).</p>\n");
        if (notable.Count > 0)
        {
            HtmlTable table = HtmlTable.Of(
                ["From", "To", "Factor on the rate", "At lag (ms)", "p"],
                [.. notable.Take(MostCouplingsListed).Select(coupling => (IReadOnlyList<string>)
                    [coupling.Source, coupling.Target, Number(Math.Exp(coupling.Strength)), Number(coupling.Lag * 1000), Number(coupling.PValue, 2)])],
                notable.Count > MostCouplingsListed ? $"The {MostCouplingsListed} surest" : "");
            html.Append(table.ToHtml());
        }

        html.Append("</div></div>\n");
    }

    private static void AppendPairs(StringBuilder html, RecordingReport report)
    {
        CorrelatedPairs pairs = report.Pairs;
        if (pairs.TestedCount == 0) return;
        html.Append("<h2>Pairs</h2>\n");
        int twice = pairs.Shown.Count(pair => pair.Z > 0 && Math.Abs(pair.Lag) < Coincidence);
        string shown = pairs.Shown.Count == 0 ? "" : pairs.Shown.Count == pairs.CorrelatedCount ? " All are shown, the strongest first." : $" The {Count(pairs.Shown.Count)} strongest are shown.";
        html.Append($"<p>{Count(pairs.CorrelatedCount)} of {Count(pairs.TestedCount, "pair")} of the {Count(pairs.UnitCount)} units with enough spikes {(pairs.CorrelatedCount == 1 ? "is" : "are")} correlated within ± 50 ms.{shown}{(twice == 0 ? "" : $" {Count(twice)} of these {(twice == 1 ? "peaks" : "peak")} within 1 ms of lag zero, as when spikes of one neuron are sorted into two units or waveforms overlap.")}</p>\n");
        if (pairs.Shown.Count == 0) return;
        html.Append(PopulationFigures.Pairs(pairs).ToHtml());
        html.Append("<p class=\"note\">Rate of the second unit at a lag after a spike of the first; bins of 1 ms; band: 95 % of the bins of independent trains. A peak at positive lags: the second fires after the first.</p>\n");
    }

    private static int AppendUnits(StringBuilder html, RecordingReport report)
    {
        int count = report.Units.Count;
        if (count == 0) return 0;
        HashSet<int> shown = [.. Enumerable.Range(0, count).OrderByDescending(index => report.Units[index].Summary.SpikeCount).Take(MostSections)];
        html.Append("<h2>Unit by unit</h2>\n");
        if (count > 1) html.Append("<p class=\"screen\"><button type=\"button\" data-open=\"true\">Open all</button> <button type=\"button\" data-open=\"false\">Close all</button></p>\n");
        for (int index = 0; index < count; index++)
        {
            if (shown.Contains(index)) UnitSection.Append(html, report, index, count <= MostOpen, count <= MostDetailed);
        }

        return shown.Count;
    }

    private static void AppendMethods(StringBuilder html, RecordingReport report, int sections)
    {
        html.Append("<h2>How this was made</h2>\n");
        foreach (string paragraph in ReportWords.Methods(report)) html.Append("<p class=\"note\">").Append(paragraph).Append("</p>\n");
        string[] leftOut = [.. ReportWords.LeftOut(report, sections, report.Units.Count <= MostDetailed)];
        if (leftOut.Length == 0) return;
        html.Append("<p class=\"note\"><b>Left out.</b> ").AppendJoin(' ', leftOut).Append("</p>\n");
    }

    private static void Tile(StringBuilder html, string number, string label) =>
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"tile\"><b>{number}</b><span>{label}</span></div>\n");
}
