namespace SpikeStats.Plotting;

/// <summary>The highest point of a curve over the noise.</summary>
/// <param name="Sigma">The noise σ, in volts; NaN if there is none.</param>
/// <param name="Value">The value there, in the unit of the curve.</param>
public readonly record struct ResonanceOptimum(double Sigma, double Value);
