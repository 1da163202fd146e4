using SpikeStats.Models.Neurons;

namespace SpikeStats.Models.Theory;

/// <summary>White Gaussian input in the convention of Brunel: τ dV/dt = -V + μ + σ √τ ξ(t), ⟨ξ(t) ξ(t')⟩ = δ(t - t').</summary>
/// <remarks>
/// A membrane that never fires then has mean μ and standard deviation σ/√2. Others write D = σ²/2 (in volts squared, with time in units of τ), or
/// mean the standard deviation σ/√2 by σ: a factor √2 here is the commonest reason why theory and simulation disagree.
/// </remarks>
/// <param name="Mean">μ, in volts; finite.</param>
/// <param name="Sigma">σ, in volts; finite and not negative. 0 is the deterministic neuron.</param>
public readonly record struct WhiteNoiseInput(double Mean, double Sigma)
{
    /// <summary>μ, in volts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double Mean { get; init => field = Require.Finite(value, nameof(Mean), "The mean input μ", "in volts"); } = Require.Finite(Mean, nameof(Mean), "The mean input μ", "in volts");

    /// <summary>σ, in volts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double Sigma { get; init => field = Require.NotNegative(value, nameof(Sigma), "The noise σ", "in volts"); } = Require.NotNegative(Sigma, nameof(Sigma), "The noise σ", "in volts");

    /// <summary>D = σ²/2, in volts squared.</summary>
    public double Diffusion => 0.5 * Sigma * Sigma;
}
