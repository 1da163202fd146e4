using System.Text;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Output;

namespace SpikeStats.Cli.Commands;

/// <summary>What was done around the fit of a GLM, for people; nothing if nothing was asked for.</summary>
internal static class GlmSelectionText
{
    public static string Of(GlmFitDocument document)
    {
        StringBuilder text = new();
        if (document.Strength is { } strength)
            text.Append($"Penalties were multiplied by {NumberText.Of(strength.Factor)}, chosen by {(strength.Method == PenaltyStrengthEntry.CrossValidation ? "cross-validation" : strength.Method)} among {NumberText.Count(strength.Tried.Count, "factor")}.\n\n");
        if (document.Relevance is { } relevance) text.Append(Relevance(relevance)).Append('\n');
        if (document.CrossValidation is { } held) text.Append(CrossValidation(held)).Append('\n');
        if (document.DevianceTable is { } table) text.Append(Deviance(table)).Append('\n');
        if (document.CouplingTests is { } tests) text.Append(Couplings(tests)).Append('\n');
        return text.ToString();
    }

    private static string Relevance(RelevanceEntry relevance)
    {
        AlignedTable table = new(new TableColumn("term", IsNumber: false), new TableColumn("penalty", IsNumber: false), "times the stated", "degrees of freedom", new TableColumn("left", IsNumber: false));
        foreach (RelevanceEntry.PenaltyFactor term in relevance.Terms)
            table.Add(term.Term, term.Penalty, NumberText.Of(term.Factor), NumberText.Of(term.DegreesOfFreedom), term.IsSwitchedOff ? "nothing" : "yes");
        return $"{table}{relevance.Message} Log evidence {NumberText.Of(relevance.LogEvidence, 8)} nats.\n";
    }

    private static string CrossValidation(CrossValidationEntry held)
    {
        AlignedTable table = new(new TableColumn("held out", IsNumber: false), "spikes", "log-likelihood", "of training rate", "bits/spike", new TableColumn("optimum", IsNumber: false));
        for (int fold = 0; fold < held.Folds.Count; fold++)
        {
            CrossValidationEntry.FoldEntry entry = held.Folds[fold];
            table.Add(
                $"part {NumberText.Count(fold + 1)}", NumberText.Count(entry.SpikeCount), NumberText.Fixed(entry.LogLikelihood, 2), NumberText.Fixed(entry.NullLogLikelihood, 2),
                NumberText.Fixed(entry.BitsPerSpike, 4), entry.Status);
        }

        table.Add(
            "all", NumberText.Count(held.Folds.Sum(fold => fold.SpikeCount)), NumberText.Fixed(held.LogLikelihood, 2), NumberText.Fixed(held.NullLogLikelihood, 2),
            NumberText.Fixed(held.BitsPerSpike, 4), "");
        return table.ToString();
    }

    private static string Deviance(DevianceTableEntry deviance)
    {
        AlignedTable table = new(new TableColumn("term added", IsNumber: false), "df", "deviance", "left", "p");
        table.Add("baseline", "", "", NumberText.Fixed(deviance.NullDeviance, 2), "");
        foreach (DevianceTableEntry.DevianceRowEntry row in deviance.Rows)
            table.Add(row.Term, NumberText.Count(row.Df), NumberText.Fixed(row.Deviance, 2), NumberText.Fixed(row.ResidualDeviance, 2), NumberText.Probability(row.P));
        return table.ToString();
    }

    private static string Couplings(IReadOnlyList<CouplingTestEntry> tests)
    {
        AlignedTable table = new(new TableColumn("source", IsNumber: false), "likelihood ratio", "df", "p", "adjusted p", "filter sum", new TableColumn("coupled", IsNumber: false));
        foreach (CouplingTestEntry test in tests)
        {
            table.Add(
                test.Source, NumberText.Fixed(test.Statistic, 2), NumberText.Count(test.Df), NumberText.Probability(test.P), NumberText.Probability(test.AdjustedP),
                NumberText.Of(test.FilterSum), test.IsSignificant ? "yes" : "no");
        }

        return table.ToString();
    }
}
