namespace SpikeStats.Models.Neurons;

/// <summary>A leaky integrate-and-fire neuron that escapes over a soft threshold: it fires with the hazard λ(V) = λ_θ e^((V - θ)/Δ).</summary>
/// <remarks>
/// τ dV/dt = -V + μ(t) without noise in the voltage; after a spike the voltage stays at the reset for the refractory period. Given the input, the voltage depends on the time since the
/// last spike alone: a renewal process whose hazard follows the input. Nothing is remembered from before the last spike, so there is no adaptation.
/// <para><b>Source:</b> Gerstner, Kistler, Naud and Paninski, Neuronal Dynamics (2014), chapter 9.</para>
/// </remarks>
public sealed record EscapeNoiseNeuron
{
    /// <summary>The time constant τ of the membrane, in seconds.</summary>
    /// <value>20 ms by default; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double TimeConstant { get; init => field = Require.Positive(value, nameof(value), "The time constant of the membrane", "in seconds"); } = 20e-3;

    /// <summary>The soft threshold θ, in volts.</summary>
    /// <value>20 mV by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double Threshold { get; init => field = Require.Finite(value, nameof(value), "The threshold", "in volts"); } = 20e-3;

    /// <summary>The softness Δ of the threshold: the hazard grows by e over it, in volts.</summary>
    /// <value>2 mV by default; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double Softness { get; init => field = Require.Positive(value, nameof(value), "The softness of the threshold", "in volts"); } = 2e-3;

    /// <summary>The hazard λ_θ at the threshold, in hertz.</summary>
    /// <value>100 Hz by default; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double HazardAtThreshold { get; init => field = Require.Positive(value, nameof(value), "The hazard at the threshold", "in hertz"); } = 100;

    /// <summary>The voltage after a spike, in volts; it may lie above the soft threshold.</summary>
    /// <value>10 mV by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double Reset { get; init => field = Require.Finite(value, nameof(value), "The reset", "in volts"); } = 10e-3;

    /// <summary>The absolute refractory period, in seconds.</summary>
    /// <value>2 ms by default; not negative.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double RefractoryPeriod { get; init => field = Require.NotNegative(value, nameof(value), "The refractory period", "in seconds"); } = 2e-3;

    /// <summary>The hazard λ(V) outside the refractory period.</summary>
    /// <param name="voltage">V, in volts.</param>
    /// <returns>Hertz; infinite where it exceeds the largest number.</returns>
    public double Hazard(double voltage) => HazardAtThreshold * Math.Exp((voltage - Threshold) / Softness);
}
