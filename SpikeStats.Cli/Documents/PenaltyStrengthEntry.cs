using SpikeStats.Fitting.ModelSelection;

namespace SpikeStats.Cli.Documents;

/// <summary>The factor of all penalties that the data prefer.</summary>
/// <param name="Method"><see cref="Evidence"/> or <see cref="CrossValidation"/>.</param>
/// <param name="Factor">By which the penalties that were asked for were multiplied, dimensionless.</param>
/// <param name="IsAtEdge">Whether it is the smallest or largest that was tried.</param>
/// <param name="Tried">All factors, ascending, with their log evidence or held-out log-likelihood in nats.</param>
internal sealed record PenaltyStrengthEntry(string Method, double Factor, bool IsAtEdge, IReadOnlyList<StrengthScore> Tried)
{
    public const string Evidence = "evidence", CrossValidation = "cv";

    public static PenaltyStrengthEntry Of(StrengthChoice choice, string method) => new(method, choice.Factor, choice.IsAtEdge, choice.Tried);
}
