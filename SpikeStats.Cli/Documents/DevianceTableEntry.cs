using SpikeStats.Fitting.HypothesisTests;

namespace SpikeStats.Cli.Documents;

/// <summary>The terms of a model one after the other, each tested against those before it. Deviances in nats.</summary>
internal sealed record DevianceTableEntry(double NullDeviance, IReadOnlyList<DevianceTableEntry.DevianceRowEntry> Rows)
{
    public static DevianceTableEntry Of(DevianceTable table) => new(
        table.NullDeviance, [.. table.Rows.Select(row => new DevianceRowEntry(row.Term, row.Test.DegreesOfFreedom, row.Test.Statistic, row.ResidualDeviance, row.Test.PValue))]);

    /// <summary>What one term explains, what is left, and the p-value of the likelihood-ratio test.</summary>
    internal sealed record DevianceRowEntry(string Term, int Df, double Deviance, double ResidualDeviance, double P);
}
