namespace SpikeStats.Plotting;

/// <summary>How an axis maps values to positions.</summary>
public enum AxisScale
{
    /// <summary>Equal steps stand for equal differences.</summary>
    Linear,

    /// <summary>Equal steps stand for equal ratios; values that are not positive leave gaps.</summary>
    Logarithmic,
}
