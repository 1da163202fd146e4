using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Output;

namespace SpikeStats.Cli.Commands;

/// <summary>Fitted renewal processes, for people: parameters, and scores side by side.</summary>
internal static class RenewalFitText
{
    // More levels than fit a screen are summed up; the document has them all.
    private const int MostLevels = 30;

    public static string Of(RenewalFitDocument document)
    {
        AlignedTable parameters = new(new TableColumn("family", IsNumber: false), new TableColumn("parameter", IsNumber: false), "estimate", "SE", new TableColumn("unit", IsNumber: false));
        AlignedTable scores = new(new TableColumn("family", IsNumber: false), "log-likelihood", "AIC", "BIC", "bits/spike", "KS D", "p", new TableColumn("optimum", IsNumber: false));
        foreach (RenewalFitDocument.FamilyEntry family in document.Families)
        {
            foreach (RenewalFitDocument.RenewalParameterEntry parameter in family.Parameters)
            {
                (string estimate, string standardError) = NumberText.Estimate(parameter.Value, parameter.StandardError);
                parameters.Add(family.Family, parameter.Name, estimate, standardError, parameter.Unit == "1" ? "" : parameter.Unit);
            }

            scores.Add(
                family.Family, NumberText.Fixed(family.LogLikelihood, 2), NumberText.Fixed(family.Aic, 2), NumberText.Fixed(family.Bic, 2), NumberText.Fixed(family.BitsPerSpike, 4),
                NumberText.Of(family.Ks.Statistic), NumberText.Probability(family.Ks.PValue), family.Certificate.Status);
        }

        string best = document.Best is null ? "No family reached its optimum." : $"Smallest AIC: {document.Best}. The families were fitted to the same intervals, so that the p-values are somewhat too large.";
        return $"""
            Renewal processes of unit {document.Target}: {NumberText.Count(document.IntervalCount, "complete interval")}, {NumberText.Count(document.OpenIntervalCount, "open one")}; start: {document.Start}

            {parameters}
            {scores}
            {best}{Rates(document)}

            """;
    }

    private static string Rates(RenewalFitDocument document)
    {
        if (document.RateBins is not { } bins) return "";
        RenewalFitDocument.FamilyEntry shown = document.Families.FirstOrDefault(family => family.Family == document.Best) ?? document.Families[0];
        IReadOnlyList<RenewalFitDocument.RateLevelEntry> levels = shown.Rates!;
        string heading = $"Parameters are those of operational time, in which the mean interval is 1. The rate with {shown.Family} intervals, in {NumberText.Count(levels.Count, "bin")} of {NumberText.Seconds(bins.BinWidth)}";
        if (levels.Count > MostLevels)
            return $"\n{heading}: from {NumberText.Fixed(levels.Min(level => level.Value), 3)} Hz to {NumberText.Fixed(levels.Max(level => level.Value), 3)} Hz; --json or --out has every level.";
        AlignedTable table = new("from (s)", "to (s)", "rate (Hz)", "SE");
        foreach (RenewalFitDocument.RateLevelEntry level in levels)
        {
            (string estimate, string standardError) = NumberText.Estimate(level.Value, level.StandardError);
            table.Add(NumberText.Of(level.Start, 7), NumberText.Of(level.End, 7), estimate, standardError);
        }

        return $"\n{heading}:\n\n{table.ToString().TrimEnd('\n')}";
    }
}
