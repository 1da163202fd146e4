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
    public double TimeConstant { get; init => field = Positive(value, "time constant of the membrane", "seconds"); } = 20e-3;

    /// <summary>The voltage at which a spike is counted, in volts.</summary>
    /// <value>20 mV by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double Threshold { get; init => field = Finite(value, "threshold"); } = 20e-3;

    /// <summary>The voltage after a spike, in volts; below the threshold.</summary>
    /// <value>10 mV by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double Reset { get; init => field = Finite(value, "reset"); } = 10e-3;

    /// <summary>The absolute refractory period, in seconds.</summary>
    /// <value>2 ms by default; not negative.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double RefractoryPeriod
    {
        get;
        init => field = value >= 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The refractory period must be finite and not negative, in seconds.");
    }

    = 2e-3;

    /// <summary>The drift F(V) of the membrane without input, in volts: τ times its speed.</summary>
    /// <param name="voltage">V, in volts.</param>
    /// <returns>Volts.</returns>
    public abstract double Drift(double voltage);

    /// <summary>Throws if the reset is not below the threshold: such a neuron would fire without end.</summary>
    internal void Validate()
    {
        if (Reset >= Threshold) throw new ArgumentException(FormattableString.Invariant($"The reset ({Reset} V) must lie below the threshold ({Threshold} V)."));
    }

    private protected static double Positive(double value, string name, string unit) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"The {name} must be positive and finite, in {unit}.");

    private protected static double Finite(double value, string name) =>
        double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"The {name} must be finite, in volts.");
}
