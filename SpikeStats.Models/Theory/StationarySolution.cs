namespace SpikeStats.Models.Theory;

/// <summary>A stationary solution of the Fokker-Planck equation of a neuron.</summary>
/// <param name="Rate">ν, in hertz.</param>
/// <param name="RelativeError">How much the last extrapolation changed the rate, relative to it, dimensionless: an upper bound of the error of the grid in practice.</param>
/// <param name="Voltages">Voltages of the grid, in volts, ascending; the last is the threshold.</param>
/// <param name="Density">The density there, per volt; it integrates to 1 - ν t_ref.</param>
public sealed record StationarySolution(double Rate, double RelativeError, IReadOnlyList<double> Voltages, IReadOnlyList<double> Density);
