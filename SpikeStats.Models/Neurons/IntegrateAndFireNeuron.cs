namespace SpikeStats.Models.Neurons;

/// <summary>An integrate-and-fire neuron of one variable: τ dV/dt = F(V) + input; at the threshold it fires, is reset and rests for the refractory period.</summary>
/// <remarks>Voltages count from any zero that the mean input counts from too, mostly the resting potential.</remarks>
public abstract record IntegrateAndFireNeuron
{
    /// <summary>Starts from the values of a member of the family.</summary>
    private protected IntegrateAndFireNeuron()
    {
    }

    /// <summary>The time constant τ of the membrane, in seconds.</summary>
    /// <value>20 ms by default; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double TimeConstant { get; init => field = Require.Positive(value, nameof(value), "The time constant of the membrane", "in seconds"); } = 20e-3;

    /// <summary>The voltage at which a spike is counted, in volts.</summary>
    /// <value>20 mV by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double Threshold { get; init => field = Require.Finite(value, nameof(value), "The threshold", "in volts"); } = 20e-3;

    /// <summary>The voltage after a spike, in volts; below the threshold.</summary>
    /// <value>10 mV by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double Reset { get; init => field = Require.Finite(value, nameof(value), "The reset", "in volts"); } = 10e-3;

    /// <summary>The absolute refractory period, in seconds.</summary>
    /// <value>2 ms by default; not negative.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double RefractoryPeriod { get; init => field = Require.NotNegative(value, nameof(value), "The refractory period", "in seconds"); } = 2e-3;

    /// <summary>The drift F(V) of the membrane without input, in volts: τ times its speed.</summary>
    /// <param name="voltage">V, in volts.</param>
    /// <returns>Volts.</returns>
    public abstract double Drift(double voltage);

    /// <summary>Throws if the reset is not below the threshold: such a neuron would fire without end.</summary>
    internal void Validate()
    {
        if (Reset >= Threshold) throw new ArgumentException(FormattableString.Invariant($"The reset ({Reset} V) must lie below the threshold ({Threshold} V)."));
    }
}
