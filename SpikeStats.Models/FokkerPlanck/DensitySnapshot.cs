namespace SpikeStats.Models.FokkerPlanck;

/// <summary>The density of the voltage at an instant.</summary>
/// <param name="Time">The instant, in seconds: the end of the step nearest to the one that was asked for.</param>
/// <param name="Density">The density at the voltages of the response, per volt; not negative.</param>
/// <param name="Refractory">The share of the neurons that is refractory: the rest of the mass.</param>
public sealed record DensitySnapshot(double Time, IReadOnlyList<double> Density, double Refractory);
