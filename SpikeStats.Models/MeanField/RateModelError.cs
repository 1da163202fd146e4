namespace SpikeStats.Models.MeanField;

/// <summary>What a rate model gets wrong about the stability of its network.</summary>
public enum RateModelError
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It oscillates where the neurons do not.</summary>
    FalseAlarm,

    /// <summary>It is stable where the neurons oscillate.</summary>
    MissedInstability,
}
