using System.Text;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.Glm;

namespace SpikeStats.Cli.Commands;

/// <summary>A fitted GLM, for people: coefficients, terms, scores, certificate and verdict.</summary>
internal static class GlmFitText
{
    private const double RejectionLevel = 0.05;

    public static string Of(GlmFitDocument document) => $"""
        GLM of unit {document.Target}: {document.Observation} counts, {document.Link} link, {NumberText.Seconds(document.BinWidth)} bins
        {document.BinCount} bins with {document.SpikeCount} spikes; bins without a full history: {document.Edge}

        {Coefficients(document)}
        {Terms(document)}
        {Scores(document)}
        Optimum ({document.Certificate.Status}): {document.Certificate.Message}
        Fit: {Verdict(document.GoodnessOfFit)}

        """;

    private static TextTable Coefficients(GlmFitDocument document)
    {
        TextTable table = new(new TextColumn("coefficient", IsNumber: false), "estimate", "SE", "z", "p");
        foreach (GlmFitDocument.Term term in document.Terms)
        {
            for (int i = 0; i < term.Coefficients.Count; i++)
            {
                (double estimate, double standardError) = (term.Coefficients[i], term.StandardErrors[i]);
                (string estimateText, string standardErrorText) = NumberText.Estimate(estimate, standardError);
                WaldTest test = WaldTest.OfCoefficient(estimate, standardError);

                // That the log of a rate in hertz is zero is nobody's question.
                bool isTested = term.Kind != GlmFitDocument.Term.Baseline && test.DegreesOfFreedom > 0;
                table.Add(
                    term.CoefficientNames[i], estimateText, standardErrorText, isTested ? NumberText.Fixed(estimate / standardError, 2) : "",
                    isTested ? NumberText.Probability(test.PValue) : "");
            }
        }

        return table;
    }

    private static TextTable Terms(GlmFitDocument document)
    {
        TextTable table = new(new TextColumn("term", IsNumber: false), "Wald", "df", "p", new TextColumn("basis", IsNumber: false), new TextColumn("penalty", IsNumber: false));
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
        TextTable table = new(new TextColumn("score", IsNumber: false), "value");
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

    private static string Verdict(GlmFitDocument.Verdict verdict)
    {
        if (verdict.N == 0) return "there is no rescaled interval to judge.";
        StringBuilder text = new();
        bool isRejected = verdict.Discrete.MedianPValue < RejectionLevel;
        text.Append(isRejected ? "time rescaling rejects the model" : "time rescaling does not reject the model");
        text.Append($" (KS D = {NumberText.Of(verdict.Discrete.KsStatistic)}, p = {NumberText.Probability(verdict.Discrete.KsPValue)}, n = {verdict.N}, ");
        text.Append($"seed {verdict.Seed}; median p of {verdict.Discrete.Draws} draws {NumberText.Probability(verdict.Discrete.MedianPValue)}). ");
        text.Append(verdict.LjungBoxPValue < RejectionLevel ? "Successive rescaled intervals are correlated" : "Successive rescaled intervals look independent");
        text.Append($" (Ljung-Box p = {NumberText.Probability(verdict.LjungBoxPValue)}). ");
        text.Append("The model was fitted to the same spikes, so that these p-values are somewhat too large.");
        if (verdict.CoincidentSpikes > 0) text.Append($" {verdict.CoincidentSpikes} spikes share a bin with another and are not seen by the test; use narrower bins.");
        return text.ToString();
    }

    private static string Penalty(GlmFitDocument.PenaltyEntry penalty)
    {
        List<string> parts = [];
        if (penalty.Smoothness > 0) parts.Add($"smooth:{NumberText.Of(penalty.Smoothness)}");
        if (penalty.Ridge > 0) parts.Add($"ridge:{NumberText.Of(penalty.Ridge)}");
        return parts.Count == 0 ? "none" : string.Join("+", parts);
    }
}
