namespace SpikeStats.Plotting;

/// <summary>A density of interspike intervals.</summary>
/// <param name="Label">Which theory or model, for the legend; may be empty if there is only one curve.</param>
/// <param name="Intervals">Intervals, in seconds, ascending; length n.</param>
/// <param name="Density">The density, per second; length n.</param>
public sealed record IntervalDensityCurve(string Label, ReadOnlyMemory<double> Intervals, ReadOnlyMemory<double> Density);
