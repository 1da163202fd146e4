using SpikeStats.Fitting.HypothesisTests;

namespace SpikeStats.Cli.Documents;

/// <summary>The likelihood-ratio test of one coupling, with its p-value adjusted for the number of couplings.</summary>
internal sealed record CouplingTestEntry(string Source, double Statistic, int Df, double P, double AdjustedP, bool IsSignificant, double FilterSum)
{
    public static CouplingTestEntry Of(CouplingTest test) => new(
        test.Source, test.Test.Statistic, test.Test.DegreesOfFreedom, test.Test.PValue, test.AdjustedPValue, test.IsSignificant, test.FilterSum);
}
