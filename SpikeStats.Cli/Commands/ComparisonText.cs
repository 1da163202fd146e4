using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Output;

namespace SpikeStats.Cli.Commands;

/// <summary>A comparison of models, for people: one table, and which model predicts best.</summary>
internal static class ComparisonText
{
    public static string Of(ComparisonDocument document)
    {
        AlignedTable table = new(
            new TableColumn("model", IsNumber: false), "log-likelihood", "parameters", "AIC", "BIC", "bits/spike", "held out", "SE", "behind best", "SE", "KS D", "p",
            new TableColumn("verdict", IsNumber: false));
        foreach (ComparisonDocument.ComparedModelEntry model in document.Models)
        {
            ComparisonDocument.HeldOutEntry? heldOut = model.HeldOut;
            table.Add(
                model.Name, NumberText.Fixed(model.LogLikelihood, 2), NumberText.Of(model.ParameterCount), NumberText.Fixed(model.Aic, 2), NumberText.Fixed(model.Bic, 2),
                NumberText.Fixed(model.BitsPerSpike, 4), NumberText.Fixed(heldOut?.BitsPerSpike ?? double.NaN, 4), NumberText.Fixed(heldOut?.StandardError ?? double.NaN, 4),
                NumberText.Fixed(heldOut?.BehindBest ?? double.NaN, 4), NumberText.Fixed(heldOut?.BehindBestStandardError ?? double.NaN, 4), NumberText.Of(model.Ks.Statistic, 3),
                NumberText.Probability(model.Ks.PValue), model.Fits switch { true => "fits", false => "does not fit", null => "not judged" });
        }

        string failures = string.Concat(document.Failures.Select(failure => $"{failure.Name}: {failure.Reason}\n"));
        ComparisonDocument.ComparedModelEntry? best = document.Models.FirstOrDefault(model => model.Name == document.Best);
        string conclusion = best is null ? "No model could be fitted.\n" : $"Best on {(best.HeldOut is null ? "all spikes (AIC)" : "held-out spikes")}: {best.Name}. {best.Sentence}\n";
        return $"""
            Models of unit {document.Target} on {NumberText.Count(document.SpikeCount, "spike")}; {NumberText.Count(document.FoldCount, "fold")} by {document.HeldOutBy}, guard bands of at least {NumberText.Seconds(document.GuardBand)}

            {table}
            {failures}{conclusion}
            """;
    }
}
