using SpikeStats.Models.Theory;

namespace SpikeStats.Models.Ensembles;

/// <summary>How many neurons an ensemble has and how they are simulated.</summary>
public sealed record EnsembleOptions
{
    /// <summary>The number of neurons.</summary>
    /// <value>1 by default; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public int Count
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "An ensemble has at least one neuron.");
    }

    = 1;

    /// <summary>How voltages are stepped and crossings found.</summary>
    /// <value><see cref="SteppingScheme.Bridge"/> by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">There is no such scheme.</exception>
    public SteppingScheme Scheme
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "There is no such scheme.");
    }

    = SteppingScheme.Bridge;

    /// <summary>The time step, in seconds.</summary>
    /// <value>0.1 ms by default; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double TimeStep
    {
        get;
        init => field = value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The time step must be positive and finite, in seconds.");
    }

    = 0.1e-3;

    /// <summary>The voltage from which all neurons start, in volts; null for their reset.</summary>
    /// <value>Null by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double? InitialVoltage
    {
        get;
        init => field = value is null || double.IsFinite(value.Value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The initial voltage must be finite, in volts.");
    }

    /// <summary>How long the neurons run before time 0, so that they forget how they started, in seconds; a drive that changes has its value at 0 until then.</summary>
    /// <value>0 by default; not negative.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double WarmUp
    {
        get;
        init => field = value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The time before 0 must be finite and not negative, in seconds.");
    }

    /// <summary>Most threads; -1 for one per processor.</summary>
    /// <value>-1 by default. Results do not depend on it.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is 0 or less than -1.</exception>
    public int Threads
    {
        get;
        init => field = value is -1 or > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The number of threads must be positive, or -1 for one per processor.");
    }

    = -1;
}
