using System.Globalization;
using System.Text;
using SpikeStats.Fitting.Glm;
using SpikeStats.Plotting;
using SpikeStats.Statistics;
using static SpikeStats.Cli.Reporting.HtmlText;
using static SpikeStats.Plotting.Rendering.XmlText;

namespace SpikeStats.Cli.Reporting;

/// <summary>The part of the page about one unit: a line that is always seen, and what opens below it.</summary>
internal static class UnitSection
{
    /// <summary>Appends the section.</summary>
    /// <param name="html">The page.</param>
    /// <param name="report">The report.</param>
    /// <param name="index">Position of the unit.</param>
    /// <param name="isOpen">Whether the section is open when the page is.</param>
    /// <param name="isDetailed">Whether there is room for a raster of the trials.</param>
    public static void Append(StringBuilder html, RecordingReport report, int index, bool isOpen, bool isDetailed)
    {
        UnitReport unit = report.Units[index];
        UnitSummary summary = unit.Summary;
        html.Append(CultureInfo.InvariantCulture, $"<details class=\"unit\" id=\"unit-{index + 1}\"{(isOpen ? " open=\"open\"" : "")}>\n<summary>");
        html.Append(CultureInfo.InvariantCulture, $"<span class=\"name\">{Escape(Named(report.Recording, index))}</span> ");
        html.Append(CultureInfo.InvariantCulture, $"<span class=\"facts\">{Count(summary.SpikeCount, "spike")}, {Number(summary.Rate)} spikes/s, CV {Fixed(summary.IsiCv, 2)}</span> ");
        html.Append(VerdictChip.Of(unit)).Append("</summary>\n<div class=\"body\">\n");
        AppendWords(html, unit);
        Figure sheet = UnitSheet.Of(unit, report.Recording.Trials, isDetailed);
        if (sheet.Panels.Count > 0) html.Append(sheet.ToHtml());
        if (unit.Fit is { } fit) AppendCouplings(html, fit);
        html.Append("</div>\n</details>\n");
    }

    /// <summary>The identifier of a unit, preceded by the word unless it says so itself.</summary>
    public static string Named(Recording recording, int index)
    {
        string id = recording.Units.Ids[index];
        return id.Contains("unit", StringComparison.OrdinalIgnoreCase) ? id : $"Unit {id}";
    }

    private static void AppendWords(StringBuilder html, UnitReport unit)
    {
        UnitSummary summary = unit.Summary;
        html.Append("<dl>\n");
        if (unit.Train.Count is > 0 and < UnitSheet.LeastSpikes)
            Item(html, "Spikes", $"at {string.Join(", ", unit.Train.Times.ToArray().Select(time => Number(time, 6)))} s");
        if (unit.Intervals.Count > 0)
        {
            RefractoryViolations violations = summary.RefractoryViolations;
            Item(
                html, "Intervals",
                $"median {Number(summary.IsiMedian * 1000)} ms, shortest {Number(summary.IsiMin * 1000)} ms; CV {Fixed(summary.IsiCv, 2)}, CV2 {Fixed(summary.Cv2, 2)}, "
                + $"Lv {Fixed(summary.Lv, 2)}; {Count(violations.Count)} of {Count(unit.Intervals.Count)} ({Percent(violations.Fraction, 2)}) shorter than {Number(violations.RefractoryPeriod * 1000)} ms");
        }

        if (unit.Fit is { } fit)
        {
            Item(html, "Model", Escape(FitWords.Model(fit)));
            Item(html, "Fit", Escape(FitWords.Certificate(fit)));
            Item(
                html, "Scores",
                $"{Number(fit.BitsPerSpike)} bits per spike over a constant rate; {Percent(fit.DevianceExplained)} of the deviance explained; "
                + $"AIC {Fixed(fit.Aic, 1)}, {Number(Math.Abs(ConstantAic(fit) - fit.Aic))} {(fit.Aic <= ConstantAic(fit) ? "better" : "worse")} than a constant rate");
        }
        else
        {
            Item(html, "Model", "not fitted: " + Escape(unit.NotFitted.TrimEnd('.')) + ".");
        }

        if (unit is { Rescaling: { } rescaling, Verdict: { } verdict })
        {
            string tests = $"KS p {Relation(verdict.PValue)} ({(rescaling.Draws is null ? "one draw" : $"median of {Count(rescaling.Draws.Draws, "draw")}, {Probability(rescaling.Draws.Minimum)} to {Probability(rescaling.Draws.Maximum)}")}), "
                + $"independence p {Relation(verdict.DependencePValue)}";
            string unseen = rescaling.CoincidentSpikes == 0 ? "" : $" {Count(rescaling.CoincidentSpikes, "spike")} in a bin that already held one are not seen by the test.";
            int colon = verdict.Sentence.IndexOf(':', StringComparison.Ordinal);
            Item(html, "Verdict", $"<strong>{Escape(verdict.Sentence[..colon])}</strong>{Escape(verdict.Sentence[colon..])} {tests}.{unseen}");
        }

        html.Append("</dl>\n");
    }

    private static void AppendCouplings(StringBuilder html, GlmFit fit)
    {
        Figure couplings = UnitSheet.Couplings(fit);
        if (couplings.Panels.Count == 0) return;
        html.Append("<p class=\"note\">Coupling filters, the surest first: the factor by which a spike of the other unit multiplies the rate.</p>\n").Append(couplings.ToHtml());
    }

    private static string Relation(double p) => p < 0.001 ? Probability(p) : "=\u00a0" + Probability(p);

    private static void Item(StringBuilder html, string term, string markup) => html.Append("<dt>").Append(term).Append("</dt><dd>").Append(markup).Append("</dd>\n");

    private static double ConstantAic(GlmFit fit) => 2 - (2 * fit.NullLogLikelihood);
}
