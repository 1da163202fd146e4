namespace SpikeStats.Models.Synapses;

/// <summary>A synaptic weight over time; it changes at arrivals of spikes at the synapse.</summary>
/// <param name="Times">When it changed, in seconds on the axis of the synapse (delays included), ascending.</param>
/// <param name="Weights">The weight right after each change, in the unit of the weight; one per time.</param>
/// <param name="Final">The weight in the end, in the same unit; the initial one if nothing changed it.</param>
public sealed record WeightCourse(IReadOnlyList<double> Times, IReadOnlyList<double> Weights, double Final);
