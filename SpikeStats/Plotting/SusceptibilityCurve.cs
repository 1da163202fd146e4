using System.Numerics;

namespace SpikeStats.Plotting;

/// <summary>A susceptibility over frequency.</summary>
/// <param name="Name">What is modulated, for example <c>mean input</c>; the heading of its panels.</param>
/// <param name="Unit">The unit of the values, for the axis of the gain, for example <c>Hz/V</c>.</param>
/// <param name="Frequencies">Frequencies, in hertz, ascending; length n.</param>
/// <param name="Values">χ(f), in the unit named; length n.</param>
public sealed record SusceptibilityCurve(string Name, string Unit, ReadOnlyMemory<double> Frequencies, ReadOnlyMemory<Complex> Values);
