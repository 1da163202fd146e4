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
    public double Mean { get; init => field = Finite(value); } = Finite(Mean);

    /// <summary>σ, in volts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double Sigma { get; init => field = NotNegative(value); } = NotNegative(Sigma);

    /// <summary>D = σ²/2, in volts squared.</summary>
    public double Diffusion => 0.5 * Sigma * Sigma;

    private static double Finite(double value) =>
        double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The mean input μ must be finite, in volts.");

    private static double NotNegative(double value) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "The noise σ must be finite and not negative, in volts.");
}
