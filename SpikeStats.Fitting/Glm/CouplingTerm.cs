using SpikeStats.Models.Bases;

namespace SpikeStats.Fitting.Glm;

/// <summary>The effect of another unit's spikes in earlier bins of the same observed interval.</summary>
/// <param name="Source">Identifier of the other unit.</param>
/// <param name="Basis">Functions of lag that span the filter.</param>
public sealed record CouplingTerm(string Source, Basis Basis) : GlmTerm($"coupling:{Source}")
{
    /// <inheritdoc/>
    public override string Kind => "coupling";
}
