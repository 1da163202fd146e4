namespace SpikeStats.Models.Stability;

/// <summary>What becomes of a self-exciting model that runs for long.</summary>
public enum StabilityVerdict
{
    /// <summary>From every rate below the limit the unit returns to a stable stationary rate.</summary>
    Stable = 0,

    /// <summary>The rate has a stable fixed point, but a large enough fluctuation carries it beyond an unstable one, from where it runs away.</summary>
    Fragile = 1,

    /// <summary>The rate has no stable fixed point below the limit: it runs away at once.</summary>
    Divergent = 2,
}
