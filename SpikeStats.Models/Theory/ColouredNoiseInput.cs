using SpikeStats.Models.Neurons;

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
    public double Mean { get; init => field = Require.Finite(value, nameof(Mean), "The mean input μ", "in volts"); } = Require.Finite(Mean, nameof(Mean), "The mean input μ", "in volts");

    /// <summary>σ, in volts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double Sigma { get; init => field = Require.NotNegative(value, nameof(Sigma), "The noise σ", "in volts"); } = Require.NotNegative(Sigma, nameof(Sigma), "The noise σ", "in volts");

    /// <summary>τ_s, in seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double CorrelationTime { get; init => field = Require.Positive(value, nameof(CorrelationTime), "The correlation time of the noise", "in seconds"); } = Require.Positive(CorrelationTime, nameof(CorrelationTime), "The correlation time of the noise", "in seconds");

    /// <summary>The white input with the same μ and σ.</summary>
    public WhiteNoiseInput White => new(Mean, Sigma);
}
