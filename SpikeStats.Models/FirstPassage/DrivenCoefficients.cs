namespace SpikeStats.Models.FirstPassage;

/// <summary>A driven neuron in the coordinates in which its passage density is smoothest: (θ - μ(t))/σ = α + β I(t) and γ = 1/σ.</summary>
/// <param name="Alpha">(θ - μ₀)/σ, dimensionless.</param>
/// <param name="Beta">-gain/σ, per unit of the drive.</param>
/// <param name="Gamma">1/σ, per volt; positive.</param>
internal readonly record struct DrivenCoefficients(double Alpha, double Beta, double Gamma);
