namespace SpikeStats.Fitting.Stability;

/// <summary>What became of the wish for a stable model.</summary>
public enum StableRefitStatus
{
    /// <summary>The fit is stable as it is, and was left alone.</summary>
    AlreadyStable = 0,

    /// <summary>A constraint on the history filter made it stable.</summary>
    Constrained = 1,

    /// <summary>No history filter makes it stable.</summary>
    Infeasible = 2,
}
