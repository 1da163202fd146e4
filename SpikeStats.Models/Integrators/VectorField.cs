namespace SpikeStats.Models.Integrators;

/// <summary>The right-hand side of an ordinary differential equation.</summary>
/// <param name="time">The instant.</param>
/// <param name="state">The state there.</param>
/// <param name="slope">Receives the derivative of the state with respect to time.</param>
internal delegate void VectorField(double time, ReadOnlySpan<double> state, Span<double> slope);
