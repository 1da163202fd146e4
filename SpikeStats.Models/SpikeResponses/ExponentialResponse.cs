namespace SpikeStats.Models.SpikeResponses;

/// <summary>A kernel that decays: A e^(-t/τ).</summary>
/// <remarks>With A = V_r - θ and the time constant of the membrane it is the reset of a leaky integrate-and-fire neuron without refractory period.</remarks>
/// <param name="Amplitude">A, right after the spike, in volts.</param>
/// <param name="TimeConstant">τ, in seconds; positive.</param>
public sealed record ExponentialResponse(double Amplitude, double TimeConstant) : ResponseKernel
{
    // e^-40 is far below the rounding of what it is added to.
    private const double TimeConstants = 40;

    /// <summary>The amplitude, in volts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double Amplitude { get; init => field = Finite(value); } = Finite(Amplitude);

    /// <summary>The time constant, in seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double TimeConstant { get; init => field = Positive(value); } = Positive(TimeConstant);

    /// <inheritdoc/>
    public override double Support => TimeConstants * TimeConstant;

    private protected override double Inside(double lag) => Amplitude * Math.Exp(-lag / TimeConstant);

    private static double Finite(double value) =>
        double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The amplitude must be finite, in volts.");

    private static double Positive(double value) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "The time constant must be positive and finite, in seconds.");
}
