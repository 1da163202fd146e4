namespace SpikeStats.Models.FokkerPlanck;

/// <summary>Noise with an exponential correlation: τ dV/dt = F(V) + μ + x with τ_s dx/dt = -x + σ √τ ξ(t).</summary>
/// <remarks>For τ_s → 0 it is the white noise with the same μ and σ. x has the standard deviation σ √(τ/(2τ_s)).</remarks>
/// <param name="Mean">μ, in volts; finite.</param>
/// <param name="Sigma">σ, in volts; positive and finite.</param>
/// <param name="CorrelationTime">τ_s, in seconds; positive and finite.</param>
public readonly record struct ColouredNoiseInput(double Mean, double Sigma, double CorrelationTime)
{
    /// <summary>μ, in volts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double Mean { get; init => field = Finite(value); } = Finite(Mean);

    /// <summary>σ, in volts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double Sigma { get; init => field = Positive(value, "noise σ", "volts"); } = Positive(Sigma, "noise σ", "volts");

    /// <summary>τ_s, in seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double CorrelationTime { get; init => field = Positive(value, "correlation time", "seconds"); } = Positive(CorrelationTime, "correlation time", "seconds");

    private static double Finite(double value) =>
        double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The mean input μ must be finite, in volts.");

    private static double Positive(double value, string name, string unit) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"The {name} must be positive and finite, in {unit}.");
}
