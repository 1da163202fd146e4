namespace SpikeStats.Plotting.Rendering;

/// <summary>A mark on an axis; one without a label is drawn shorter.</summary>
internal readonly record struct Tick(double Value, string Label)
{
    public bool IsMinor { get; init; }
}
