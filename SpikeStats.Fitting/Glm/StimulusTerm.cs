using SpikeStats.Models.Bases;

namespace SpikeStats.Fitting.Glm;

/// <summary>A filter of a signal over the present bin and the past: Σ_l k[l] x[t - l], l from 0.</summary>
/// <param name="Signal">Name of the signal in the recording.</param>
/// <param name="Basis">Functions of lag that span the filter.</param>
public sealed record StimulusTerm(string Signal, Basis Basis) : GlmTerm("stimulus")
{
    /// <inheritdoc/>
    public override string Kind => "stimulus";
}
