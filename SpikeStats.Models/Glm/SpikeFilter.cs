namespace SpikeStats.Models.Glm;

/// <summary>The effect of the past spikes of a unit: a post-spike filter if the unit is the target itself, a coupling filter otherwise.</summary>
/// <param name="Source">Identifier of the unit whose spikes act.</param>
/// <param name="FirstLag">Lag of the first value, in bins; at least 1, so that no spike explains itself.</param>
/// <param name="LogGain">What a spike adds to the log rate at each lag, dimensionless; -∞ forbids spikes (absolute refractoriness).</param>
public sealed record SpikeFilter(string Source, int FirstLag, IReadOnlyList<double> LogGain)
{
    /// <summary>Lag of the last value, in bins.</summary>
    public int LastLag => FirstLag + LogGain.Count - 1;
}
