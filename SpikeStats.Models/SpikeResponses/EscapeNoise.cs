namespace SpikeStats.Models.SpikeResponses;

/// <summary>A soft threshold: the rate of spikes is ρ(u) = ρ₀ e^((u - θ)/β).</summary>
/// <remarks><b>Source:</b> Gerstner, Kistler, Naud and Paninski, Neuronal Dynamics (2014), section 9.1.</remarks>
/// <param name="RateAtThreshold">ρ₀, in hertz; positive.</param>
/// <param name="Softness">β, in volts; positive. The smaller, the harder the threshold.</param>
public sealed record EscapeNoise(double RateAtThreshold, double Softness)
{
    /// <summary>ρ₀, in hertz.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double RateAtThreshold { get; init => field = Positive(value, "rate at the threshold", "hertz"); } = Positive(RateAtThreshold, "rate at the threshold", "hertz");

    /// <summary>β, in volts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double Softness { get; init => field = Positive(value, "softness of the threshold", "volts"); } = Positive(Softness, "softness of the threshold", "volts");

    /// <summary>The rate at a distance from the threshold.</summary>
    /// <param name="aboveThreshold">u - θ, in volts.</param>
    /// <returns>Hertz.</returns>
    public double Rate(double aboveThreshold) => RateAtThreshold * Math.Exp(aboveThreshold / Softness);

    private static double Positive(double value, string name, string unit) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"The {name} must be positive and finite, in {unit}.");
}
