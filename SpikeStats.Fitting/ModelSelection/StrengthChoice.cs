using SpikeStats.Fitting.Glm;

namespace SpikeStats.Fitting.ModelSelection;

/// <summary>The strength of a penalty that the data prefer.</summary>
/// <param name="Factor">Factor of all penalties of the specification, dimensionless.</param>
/// <param name="Specification">The specification with its penalties multiplied by it.</param>
/// <param name="Tried">All strengths that were tried, ascending.</param>
public sealed record StrengthChoice(double Factor, GlmSpecification Specification, IReadOnlyList<StrengthScore> Tried)
{
    /// <summary>Whether the best factor is the smallest or the largest that was tried: the range should then be wider.</summary>
    public bool IsAtEdge => Factor == Tried[0].Factor || Factor == Tried[^1].Factor;
}
