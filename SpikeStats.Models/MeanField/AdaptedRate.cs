namespace SpikeStats.Models.MeanField;

/// <summary>The rate of an adapting neuron before and after it has adapted.</summary>
/// <param name="Onset">The rate before adaptation sets in, in hertz.</param>
/// <param name="OnsetSlope">Its slope in the mean input, in hertz per volt.</param>
/// <param name="Steady">The rate in the steady state, in hertz.</param>
/// <param name="SteadySlope">Its slope in the mean input, in hertz per volt.</param>
public readonly record struct AdaptedRate(double Onset, double OnsetSlope, double Steady, double SteadySlope);
