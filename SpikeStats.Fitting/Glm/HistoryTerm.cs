using SpikeStats.Models.Bases;

namespace SpikeStats.Fitting.Glm;

/// <summary>The post-spike filter: the effect of the target's own spikes in earlier bins of the same observed interval.</summary>
/// <param name="Basis">Functions of lag that span the filter.</param>
public sealed record HistoryTerm(Basis Basis) : GlmTerm("history")
{
    /// <inheritdoc/>
    public override string Kind => "history";
}
