using System.Globalization;
using System.Text;
using SpikeStats.Statistics;
using static SpikeStats.Cli.Reporting.HtmlText;
using static SpikeStats.Plotting.Rendering.XmlText;

namespace SpikeStats.Cli.Reporting;

/// <summary>The table of all units: one row each, with a link to the section of the unit.</summary>
internal static class OverviewTable
{
    private const int MostLabels = 2;

    /// <summary>Appends the table.</summary>
    public static void Append(StringBuilder html, RecordingReport report)
    {
        string[] labels = [.. report.Recording.Units.ColumnNames.Take(MostLabels)];
        string period = Number(report.Options.RefractoryPeriod * 1000);
        html.Append("<div class=\"scroll\"><table id=\"units-table\">\n<thead><tr><th class=\"text\">Unit</th>");
        foreach (string label in labels) html.Append("<th class=\"text\">").Append(Escape(label)).Append("</th>");
        html.Append(
            $"""
            <th>Spikes</th><th>Rate<br/>spikes/s</th><th>Median ISI<br/>ms</th><th title="coefficient of variation">CV</th><th title="local variation">Lv</th><th title="share of intervals shorter than {period} ms">&lt; {period} ms<br/>%</th><th class="text">Fit</th><th>Bits per<br/>spike</th><th title="median over draws">KS p</th><th title="Ljung-Box">Indep. p</th><th class="text">Model</th></tr></thead>
            <tbody>

            """);
        for (int index = 0; index < report.Units.Count; index++) AppendRow(html, report, index, labels);
        html.Append("</tbody>\n</table></div>\n");
    }

    private static void AppendRow(StringBuilder html, RecordingReport report, int index, string[] labels)
    {
        UnitReport unit = report.Units[index];
        UnitSummary summary = unit.Summary;
        html.Append(CultureInfo.InvariantCulture, $"<tr><td class=\"text\"><a href=\"#unit-{index + 1}\">{Escape(unit.Unit)}</a></td>");
        foreach (string label in labels) html.Append("<td class=\"text\">").Append(Escape(report.Recording.Units.Value(index, label) ?? "")).Append("</td>");
        Cell(html, summary.SpikeCount, Count(summary.SpikeCount));
        Cell(html, summary.Rate, Number(summary.Rate));
        Cell(html, summary.IsiMedian, Number(summary.IsiMedian * 1000));
        Cell(html, summary.IsiCv, Fixed(summary.IsiCv, 2));
        Cell(html, summary.Lv, Fixed(summary.Lv, 2));
        Cell(html, summary.RefractoryViolations.Fraction, Fixed(100 * summary.RefractoryViolations.Fraction, 2));
        html.Append("<td class=\"text\">").Append(unit.Fit is null ? "" : FitWords.Short(unit.Fit)).Append("</td>");
        Cell(html, unit.Fit?.BitsPerSpike, unit.Fit is null ? "" : Fixed(unit.Fit.BitsPerSpike, 3));
        Cell(html, unit.Verdict?.PValue, unit.Verdict is null ? "" : Probability(unit.Verdict.PValue));
        Cell(html, unit.Verdict?.DependencePValue, unit.Verdict is null ? "" : Probability(unit.Verdict.DependencePValue));
        html.Append(CultureInfo.InvariantCulture, $"<td class=\"text\" data-v=\"{VerdictChip.Rank(unit)}\">{VerdictChip.Of(unit)}</td></tr>\n");
    }

    private static void Cell(StringBuilder html, double? value, string text)
    {
        html.Append("<td");
        if (value is { } number && double.IsFinite(number)) html.Append(CultureInfo.InvariantCulture, $" data-v=\"{number:G6}\"");
        html.Append('>').Append(text).Append("</td>");
    }
}
