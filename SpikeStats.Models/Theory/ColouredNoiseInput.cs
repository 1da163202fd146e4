namespace SpikeStats.Models.Theory;

/// <summary>Gaussian input with a correlation time, as synapses make it: τ dV/dt = -V + μ + x(t), τ_s dx/dt = -x + σ √τ ξ(t).</summary>
/// <remarks>
/// Its integral over long times is that of <see cref="WhiteNoiseInput"/> with the same σ, to which it tends as τ_s goes to 0. x has the variance σ² τ/(2τ_s), a membrane that never
/// fires σ² τ/(2(τ + τ_s)).
/// </remarks>
/// <param name="Mean">μ, in volts; finite.</param>
/// <param name="Sigma">σ, in volts; finite and not negative.</param>
/// <param name="CorrelationTime">τ_s, in seconds; finite and positive.</param>
public readonly record struct ColouredNoiseInput(double Mean, double Sigma, double CorrelationTime)
{
    /// <summary>μ, in volts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double Mean { get; init => field = Finite(value, nameof(Mean)); } = Finite(Mean, nameof(Mean));

    /// <summary>σ, in volts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double Sigma { get; init => field = NotNegative(value, nameof(Sigma)); } = NotNegative(Sigma, nameof(Sigma));

    /// <summary>τ_s, in seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double CorrelationTime { get; init => field = Positive(value, nameof(CorrelationTime)); } = Positive(CorrelationTime, nameof(CorrelationTime));

    /// <summary>The white input with the same μ and σ.</summary>
    public WhiteNoiseInput White => new(Mean, Sigma);

    private static double Finite(double value, string name) =>
        double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, "The mean input μ must be finite, in volts.");

    private static double NotNegative(double value, string name) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "The noise σ must be finite and not negative, in volts.");

    private static double Positive(double value, string name) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "The correlation time of the noise must be positive and finite, in seconds.");
}
