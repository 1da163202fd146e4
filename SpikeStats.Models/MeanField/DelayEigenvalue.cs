namespace SpikeStats.Models.MeanField;

/// <summary>One mode λ of the linearised network: rates deviate by e^(λt).</summary>
/// <param name="GrowthRate">The real part of λ, in hertz (inverse seconds, not cycles); the mode grows if it is positive.</param>
/// <param name="Frequency">The imaginary part of λ over 2π, in hertz; 0 for a mode without oscillation.</param>
public readonly record struct DelayEigenvalue(double GrowthRate, double Frequency);
