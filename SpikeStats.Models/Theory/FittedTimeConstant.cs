namespace SpikeStats.Models.Theory;

/// <summary>A first-order filter in place of a linear response.</summary>
/// <param name="TimeConstant">τ_e, in seconds.</param>
/// <param name="Misfit">The root mean square distance of the filters over the band, relative to that of the response from zero, dimensionless: 0 for a first-order response.</param>
public readonly record struct FittedTimeConstant(double TimeConstant, double Misfit);
