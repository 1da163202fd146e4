namespace SpikeStats.Models.FirstPassage;

/// <summary>A density of passage times on a grid.</summary>
/// <param name="Step">The step of the grid, in seconds; element n belongs to the time n times this.</param>
/// <param name="Density">The density, in hertz.</param>
/// <param name="Error">The estimated largest error, in hertz: the difference from half the number of steps, divided by 2^3.5 - 1.</param>
public sealed record VolterraSolution(double Step, IReadOnlyList<double> Density, double Error);
