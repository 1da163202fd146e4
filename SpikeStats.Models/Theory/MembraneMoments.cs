namespace SpikeStats.Models.Theory;

/// <summary>Mean and variance of the voltage of a neuron that fires, over the time in which it is not refractory.</summary>
/// <param name="Mean">In volts; μ for a neuron that never fires.</param>
/// <param name="Variance">In volts squared; σ²/2 for a neuron that never fires.</param>
/// <param name="FreeFraction">1 - ν t_ref, the share of time in which it is not refractory.</param>
public readonly record struct MembraneMoments(double Mean, double Variance, double FreeFraction);
