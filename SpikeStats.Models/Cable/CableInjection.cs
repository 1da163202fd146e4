using SpikeStats.Models.Drives;

namespace SpikeStats.Models.Cable;

/// <summary>A current into a neuron.</summary>
/// <param name="Site">Where.</param>
/// <param name="Current">In amperes.</param>
public sealed record CableInjection(CableSite Site, Waveform Current);
