namespace SpikeStats.Fitting.Thresholds;

/// <summary>One rectangular pulse and whether the neuron fired.</summary>
/// <param name="Duration">d, in seconds; positive.</param>
/// <param name="Strength">I: current in amperes, or light in any unit; finite, 0 for a trial without a pulse.</param>
/// <param name="HasSpike">Whether there was a spike.</param>
public readonly record struct PulseResponse(double Duration, double Strength, bool HasSpike);
