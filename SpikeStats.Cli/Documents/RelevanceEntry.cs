using SpikeStats.Fitting.ModelSelection;

namespace SpikeStats.Cli.Documents;

/// <summary>The strength of every penalty of every term, chosen by the evidence.</summary>
/// <param name="LogEvidence">Laplace's approximation, in nats.</param>
/// <param name="Iterations">Number of fits.</param>
/// <param name="IsConverged">Whether the evidence is stationary.</param>
/// <param name="Message">How the search ended.</param>
/// <param name="Terms">One entry per penalty.</param>
internal sealed record RelevanceEntry(double LogEvidence, int Iterations, bool IsConverged, string Message, IReadOnlyList<RelevanceEntry.PenaltyFactor> Terms)
{
    public static RelevanceEntry Of(RelevanceResult result) => new(
        result.LogEvidence, result.Iterations, result.IsConverged, result.Message,
        [.. result.Terms.Select(term => new PenaltyFactor(term.Term, term.Penalty, term.Factor, term.DegreesOfFreedom, term.IsSwitchedOff))]);

    /// <summary>A penalty of a term: by what its stated strength was multiplied, and how many parameters the data determine in spite of it.</summary>
    internal sealed record PenaltyFactor(string Term, string Penalty, double Factor, double DegreesOfFreedom, bool IsSwitchedOff);
}
