namespace SpikeStats.Models.Glm;

/// <summary>The effect of a signal's present and past: Σ_l k[l] x[t - l].</summary>
/// <param name="Signal">Name of the signal.</param>
/// <param name="FirstLag">Lag of the first value, in bins; 0 is the bin itself.</param>
/// <param name="Gain">What one unit of the signal adds to the log rate at each lag.</param>
public sealed record SignalFilter(string Signal, int FirstLag, IReadOnlyList<double> Gain)
{
    /// <summary>Lag of the last value, in bins.</summary>
    public int LastLag => FirstLag + Gain.Count - 1;
}
