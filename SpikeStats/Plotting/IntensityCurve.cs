namespace SpikeStats.Plotting;

/// <summary>A conditional intensity over time.</summary>
/// <param name="Label">Which model, for the legend; may be empty if there is only one curve.</param>
/// <param name="Times">Instants, in seconds, ascending; length n.</param>
/// <param name="Intensity">Intensities, in spikes per second; length n. NaN leaves a gap, for example between observed intervals.</param>
public sealed record IntensityCurve(string Label, ReadOnlyMemory<double> Times, ReadOnlyMemory<double> Intensity);
