namespace SpikeStats.Models.Synapses;

/// <summary>A membrane with one synapse: V' = -V/τ + x, x' = -x/τ_s + y, y' = -y/τ_r.</summary>
/// <param name="Voltage">V, the deviation from rest, in volts.</param>
/// <param name="Current">x, the synaptic current over the capacitance, in volts per second.</param>
/// <param name="Rise">y, the stage before the current, in volts per square second; 0 for kernels that rise at once.</param>
public readonly record struct SynapticState(double Voltage, double Current, double Rise);
