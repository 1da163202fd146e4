namespace SpikeStats.Models.MeanField;

/// <summary>What happens to the asynchronous state on a line of the phase diagram.</summary>
public enum PhaseBoundaryKind
{
    /// <summary>It begins to oscillate: a pair of modes crosses the imaginary axis (Hopf).</summary>
    Oscillation,

    /// <summary>Two fixed points meet and vanish (saddle-node).</summary>
    SaddleNode,
}
