namespace SpikeStats.Models.Neurons;

/// <summary>The quadratic integrate-and-fire neuron: F(V) = (V - V_rest)(V - V_c)/V_s.</summary>
/// <remarks>
/// It rests at V_rest and the spike starts by itself above V_c; <see cref="IntegrateAndFireNeuron.Threshold"/> is the voltage at which it is cut off. <b>Source:</b> Latham, Richmond,
/// Nelson and Nirenberg, J Neurophysiol 83:808 (2000).
/// </remarks>
public sealed record QuadraticIntegrateAndFire : IntegrateAndFireNeuron
{
    /// <summary>Creates a neuron that is cut off at 200 mV and reset to -50 mV.</summary>
    public QuadraticIntegrateAndFire()
    {
        Threshold = 200e-3;
        Reset = -50e-3;
    }

    /// <summary>The resting voltage V_rest, in volts.</summary>
    /// <value>0 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double Rest { get; init => field = Require.Finite(value, nameof(value), "The resting voltage", "in volts"); }

    /// <summary>The critical voltage V_c, in volts.</summary>
    /// <value>20 mV by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double Onset { get; init => field = Require.Finite(value, nameof(value), "The onset of the spike", "in volts"); } = 20e-3;

    /// <summary>The scale V_s of the parabola, in volts: V_c - V_rest gives the membrane its time constant at rest.</summary>
    /// <value>20 mV by default; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double Scale { get; init => field = Require.Positive(value, nameof(value), "The scale of the parabola", "in volts"); } = 20e-3;

    /// <inheritdoc/>
    public override double Drift(double voltage) => (voltage - Rest) * (voltage - Onset) / Scale;
}
