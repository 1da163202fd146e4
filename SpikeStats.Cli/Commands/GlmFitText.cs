using System.Data;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.Glm;

namespace SpikeStats.Cli.Commands;

/// <summary>A fitted GLM, for people: coefficients, terms, scores, certificate and verdict.</summary>
internal static class GlmFitText
{
    public static string Of(GlmFit fit, GlmFitDocument document) => $"""
        GLM of unit {document.Target}: {document.Observation} counts, {document.Link} link{Shape(document)}, {NumberText.Seconds(document.BinWidth)} bins
        {document.BinCount} bins with {document.SpikeCount} spikes; bins without a full history: {document.Edge}

        {Coefficients(fit)}
        {Terms(document)}
        {Scores(document)}
        {GlmSelectionText.Of(document)}Optimum ({document.Certificate.Status}): {document.Certificate.Message}
        Verdict: {VerdictText.Of(document.GoodnessOfFit, VerdictText.Fitted)}

        """;

    private static AlignedTable Coefficients(GlmFit fit)
    {
        AlignedTable table = new(new TableColumn("coefficient", IsNumber: false), "estimate", "SE", "z", "p");
        foreach (DataRow row in fit.ToDataTable().Rows)
        {
            (double z, double p) = ((double)row["z"], (double)row["pValue"]);
            (string estimate, string standardError) = NumberText.Estimate((double)row["estimate"], (double)row["standardError"]);

            // That the log of a rate in hertz is zero is nobody's question.
            bool isTested = row["term"] is not GlmFitDocument.Term.Baseline && double.IsFinite(z);
            table.Add((string)row["coefficient"], estimate, standardError, isTested ? NumberText.Fixed(z, 2) : "", isTested ? NumberText.Probability(p) : "");
        }

        return table;
    }

    private static string Shape(GlmFitDocument document) =>
        document.Shape is { } shape ? $" (shape {NumberText.Of(shape.Value)}, SE {NumberText.Of(shape.StandardError)})" : "";

    private static AlignedTable Terms(GlmFitDocument document)
    {
        AlignedTable table = new(new TableColumn("term", IsNumber: false), "Wald", "df", "p", new TableColumn("basis", IsNumber: false), new TableColumn("penalty", IsNumber: false));
        foreach (GlmFitDocument.Term term in document.Terms.Where(term => term.Kind != GlmFitDocument.Term.Baseline))
        {
            table.Add(
                term.Name, NumberText.Of(term.Wald.Statistic), NumberText.Count(term.Wald.Df), NumberText.Probability(term.Wald.P),
                term.Basis.Length > 0 ? term.Basis : "powers", Penalty(term.Penalty));
        }

        return table;
    }

    private static string Scores(GlmFitDocument document)
    {
        AlignedTable table = new(new TableColumn("score", IsNumber: false), "value");
        table.Add("log-likelihood (nats)", NumberText.Of(document.LogLikelihood, 10));
        table.Add("of a constant rate (nats)", NumberText.Of(document.NullLogLikelihood, 10));
        table.Add("deviance (nats)", NumberText.Of(document.Deviance, 8));
        table.Add("deviance explained", NumberText.Fixed(document.DevianceExplained, 4));
        table.Add("AIC", NumberText.Of(document.Aic, 8));
        table.Add("BIC", NumberText.Of(document.Bic, 8));
        table.Add("bits per spike", NumberText.Fixed(document.BitsPerSpike, 4));
        table.Add("effective degrees of freedom", NumberText.Of(document.EffectiveDegreesOfFreedom));
        return table.ToString();
    }

    private static string Penalty(GlmFitDocument.PenaltyEntry penalty)
    {
        List<string> parts = [];
        if (penalty.Smoothness > 0) parts.Add($"smooth:{NumberText.Of(penalty.Smoothness)}");
        if (penalty.MarginSmoothness is { } along) parts.Add($"smooth:{string.Join(',', along.Select(strength => NumberText.Of(strength)))}");
        if (penalty.Ridge > 0) parts.Add($"ridge:{NumberText.Of(penalty.Ridge)}");
        if (penalty.Lasso > 0) parts.Add($"lasso:{NumberText.Of(penalty.Lasso)}");
        if (penalty.GroupLasso > 0) parts.Add($"group-lasso:{NumberText.Of(penalty.GroupLasso)}");
        if (penalty.Autoregressive > 0) parts.Add($"ar1:{NumberText.Of(penalty.Autoregressive)},{NumberText.Of(penalty.AutoregressiveCorrelation)}");
        return parts.Count == 0 ? "none" : string.Join("+", parts);
    }
}
