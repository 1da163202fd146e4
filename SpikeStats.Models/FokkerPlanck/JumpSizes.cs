namespace SpikeStats.Models.FokkerPlanck;

/// <summary>How the sizes of the jumps of the voltage are distributed.</summary>
public enum JumpSizes
{
    /// <summary>Exponentially with the given mean.</summary>
    Exponential,

    /// <summary>All alike.</summary>
    Fixed,
}
