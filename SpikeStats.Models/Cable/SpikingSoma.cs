namespace SpikeStats.Models.Cable;

/// <summary>A spherical soma that fires at a threshold, as a leaky integrate-and-fire neuron does.</summary>
public sealed record SpikingSoma
{
    /// <summary>The diameter, in metres.</summary>
    /// <value>20 µm by default; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double Diameter { get; init => field = CableMaterial.Positive(value, "diameter of the soma", "metres"); } = 20e-6;

    /// <summary>The resting potential, in volts.</summary>
    /// <value>-65 mV by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double RestingPotential { get; init => field = Finite(value, "resting potential"); } = -65e-3;

    /// <summary>The threshold, in volts; positive infinity for a membrane that never fires.</summary>
    /// <value>-50 mV by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not a number, or minus infinity.</exception>
    public double Threshold
    {
        get;
        init => field = value > double.NegativeInfinity ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The threshold must be a number, in volts, or infinite for a membrane that never fires.");
    }

    = -50e-3;

    /// <summary>The voltage at which the soma is held after a spike, in volts; below the threshold.</summary>
    /// <value>-65 mV by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double Reset { get; init => field = Finite(value, "reset"); } = -65e-3;

    /// <summary>How long it is held there, in seconds.</summary>
    /// <value>2 ms by default; not negative.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double RefractoryPeriod
    {
        get;
        init => field = value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The refractory period must be finite and not negative, in seconds.");
    }

    = 2e-3;

    /// <summary>The area of its membrane, πd², in square metres.</summary>
    internal double Area => Math.PI * Diameter * Diameter;

    internal void Validate()
    {
        if (Reset >= Threshold) throw new ArgumentException(FormattableString.Invariant($"The reset ({Reset} V) must lie below the threshold ({Threshold} V)."));
    }

    private static double Finite(double value, string name) => double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"The {name} must be finite, in volts.");
}
