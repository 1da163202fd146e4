using System.Data;
using System.Globalization;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Plotting;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Fitting.Comparison;

/// <summary>A <see cref="ModelComparison"/> as tables.</summary>
internal static class ComparisonView
{
    private const string NumberFormat = "0.####";

    /// <summary>All scores; one row per candidate.</summary>
    public static DataTable Table(ModelComparison comparison)
    {
        DataTable table = new("models") { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("model", typeof(string));
        string[] numbers = ["logDensity", "parameterCount", "aic", "bic", "bitsPerSpike", "heldOutBitsPerSpike", "heldOutStandardError", "ksStatistic", "ksPValue"];
        foreach (string column in numbers) table.Columns.Add(column, typeof(double));
        table.Columns.Add("verdict", typeof(string));
        foreach (ModelScore score in comparison.Models)
        {
            KolmogorovSmirnovResult ks = score.TimeRescaling.KolmogorovSmirnov;
            table.Rows.Add(
                score.Name, score.LogDensity, score.ParameterCount, score.Aic, score.Bic, score.BitsPerSpike, score.HeldOut?.BitsPerSpike ?? double.NaN,
                score.HeldOut?.StandardError ?? double.NaN, ks.Statistic, ks.PValue, Verdict(comparison, score));
        }

        foreach (CandidateFailure failure in Unscored(comparison))
            table.Rows.Add([failure.Name, .. numbers.Select(_ => (object)double.NaN), failure.Reason]);
        return table;
    }

    /// <summary>Scores, verdicts and the figure.</summary>
    public static string Html(ModelComparison comparison)
    {
        using DataTable scores = new("scores") { Locale = CultureInfo.InvariantCulture };
        scores.Columns.Add("model", typeof(string));
        foreach (string column in (string[])["log-likelihood", "parameters", "AIC", "BIC", "bits per spike", "held out", "± SE", "KS distance"]) scores.Columns.Add(column, typeof(double));
        scores.Columns.Add("p", typeof(string));
        List<string[]> verdicts = [];
        foreach (ModelScore score in comparison.Models)
        {
            double p = score.TimeRescaling.Verdict().PValue;
            scores.Rows.Add(
                score.Name, score.LogDensity, score.ParameterCount, score.Aic, score.Bic, score.BitsPerSpike, (object?)score.HeldOut?.BitsPerSpike ?? DBNull.Value,
                (object?)score.HeldOut?.StandardError ?? DBNull.Value, score.TimeRescaling.KolmogorovSmirnov.Statistic, p < 0.001 ? "< 0.001" : NumberText.Fixed(p, 3));
            verdicts.Add([score.Name, Verdict(comparison, score)]);
        }

        verdicts.AddRange(Unscored(comparison).Select(failure => (string[])[failure.Name, failure.Reason]));
        string caption = $"Models of unit {comparison.Unit} on {CaptionText.Count(comparison.SpikeCount, "spike")}";
        return HtmlTable.Of(scores, caption, NumberFormat).ToHtml() + HtmlTable.Of(["model", "verdict"], verdicts, "Time rescaling, and what else to know").ToHtml() + comparison.Plot().ToHtml();
    }

    private static IEnumerable<CandidateFailure> Unscored(ModelComparison comparison) =>
        comparison.Failures.Where(failure => !comparison.Models.Any(score => string.Equals(score.Name, failure.Name, StringComparison.Ordinal)));

    // The verdict of time rescaling, and what else a reader must know of a fit.
    private static string Verdict(ModelComparison comparison, ModelScore score)
    {
        List<string> parts = [score.TimeRescaling.Verdict().Sentence];
        if (score.Certificate is { IsConverged: false } certificate) parts.Add($"The fit did not reach an optimum: {certificate.Message}");
        parts.AddRange(comparison.Failures.Where(failure => string.Equals(failure.Name, score.Name, StringComparison.Ordinal)).Select(failure => failure.Reason));
        return string.Join(' ', parts);
    }
}
