using SpikeStats.Cli.Documents;
using SpikeStats.Fitting.Glm;

namespace SpikeStats.Cli.Commands;

/// <summary>A specification with the strength of its penalties chosen, and how it was.</summary>
/// <param name="Specification">The specification to fit.</param>
/// <param name="Strength">The one factor of all penalties; null if none was asked for.</param>
/// <param name="Relevance">The factor of each penalty; null if none were asked for.</param>
internal sealed record ChosenStrength(GlmSpecification Specification, PenaltyStrengthEntry? Strength = null, RelevanceEntry? Relevance = null)
{
    /// <summary>Whether a search that was asked for found what it looked for.</summary>
    public bool IsFound => Relevance?.IsConverged ?? true;
}
