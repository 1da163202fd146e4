namespace SpikeStats.Models.Neurons;

/// <summary>The leaky integrate-and-fire neuron: τ dV/dt = -V + input; at the threshold it fires, is reset and rests for the refractory period.</summary>
/// <remarks>
/// Voltages count from the resting potential, or from any other zero that the mean input counts from too. The defaults are those of Brunel, J Comput
/// Neurosci 8:183 (2000).
/// </remarks>
public sealed record LeakyIntegrateAndFire
{
    /// <summary>The time constant τ of the membrane, in seconds.</summary>
    /// <value>20 ms by default; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double TimeConstant
    {
        get;
        init => field = value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The time constant of the membrane must be positive and finite, in seconds.");
    }

    = 20e-3;

    /// <summary>The threshold, in volts.</summary>
    /// <value>20 mV by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double Threshold
    {
        get;
        init => field = double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The threshold must be finite, in volts.");
    }

    = 20e-3;

    /// <summary>The voltage after a spike, in volts; below the threshold.</summary>
    /// <value>10 mV by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double Reset
    {
        get;
        init => field = double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The reset must be finite, in volts.");
    }

    = 10e-3;

    /// <summary>The absolute refractory period, in seconds.</summary>
    /// <value>2 ms by default; not negative.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double RefractoryPeriod
    {
        get;
        init => field = value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The refractory period must be finite and not negative, in seconds.");
    }

    = 2e-3;

    /// <summary>Throws if the reset is not below the threshold: such a neuron would fire without end.</summary>
    /// <exception cref="ArgumentException">The reset is at or above the threshold.</exception>
    internal LeakyIntegrateAndFire Validated() => Reset < Threshold
        ? this
        : throw new ArgumentException(FormattableString.Invariant($"The reset ({Reset} V) must lie below the threshold ({Threshold} V)."));
}
