namespace SpikeStats.Models.Neurons;

/// <summary>The exponential integrate-and-fire neuron: F(V) = -V + Δ e^((V - V_T)/Δ).</summary>
/// <remarks>
/// The spike starts by itself above V_T; <see cref="IntegrateAndFireNeuron.Threshold"/> is the voltage at which it is cut off and must lie well above, by ten Δ or so, so that the cut
/// does not matter. <b>Source:</b> Fourcaud-Trocmé, Hansel, van Vreeswijk and Brunel, J Neurosci 23:11628 (2003).
/// </remarks>
public sealed record ExponentialIntegrateAndFire : IntegrateAndFireNeuron
{
    /// <summary>Creates a neuron that is cut off at 50 mV.</summary>
    public ExponentialIntegrateAndFire() => Threshold = 50e-3;

    /// <summary>The voltage V_T from which the spike starts, in volts.</summary>
    /// <value>20 mV by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double Onset { get; init => field = Require.Finite(value, nameof(value), "The onset of the spike", "in volts"); } = 20e-3;

    /// <summary>The sharpness Δ of the onset, in volts.</summary>
    /// <value>3 mV by default; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double Sharpness { get; init => field = Require.Positive(value, nameof(value), "The sharpness of the spike onset", "in volts"); } = 3e-3;

    /// <inheritdoc/>
    public override double Drift(double voltage) => (Sharpness * Math.Exp((voltage - Onset) / Sharpness)) - voltage;
}
