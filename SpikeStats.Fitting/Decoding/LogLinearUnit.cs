namespace SpikeStats.Fitting.Decoding;

/// <summary>A unit whose log rate is linear in a hidden state: log λ = baseline + gain · x.</summary>
/// <param name="Unit">Identifier of the unit.</param>
/// <param name="Baseline">Logarithm of the rate in hertz at the state 0.</param>
/// <param name="Gain">What one unit of each component of the state adds to the log rate.</param>
public sealed record LogLinearUnit(string Unit, double Baseline, IReadOnlyList<double> Gain);
