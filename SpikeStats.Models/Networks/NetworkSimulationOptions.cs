namespace SpikeStats.Models.Networks;

/// <summary>How a spiking network is simulated, and what of it is written down.</summary>
public sealed record NetworkSimulationOptions
{
    /// <summary>The time step Δ, in seconds.</summary>
    /// <value>0.1 ms by default; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double TimeStep
    {
        get;
        init => field = value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The time step must be positive and finite, in seconds.");
    }

    = 0.1e-3;

    /// <summary>How long the network runs before time 0, so that it forgets how it started, in seconds.</summary>
    /// <value>0 by default; not negative.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double WarmUp
    {
        get;
        init => field = value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The time before 0 must be finite and not negative, in seconds.");
    }

    /// <summary>The seed of the connections; null for that of the simulation.</summary>
    /// <value>Null by default. With a value, other seeds of the simulation are other trials of the same network.</value>
    public ulong? ConnectivitySeed { get; init; }

    /// <summary>The names of the populations whose spikes are written down; null for all.</summary>
    /// <value>Null by default.</value>
    public IReadOnlyList<string>? RecordedPopulations { get; init; }

    /// <summary>The neurons whose voltages are written down, as <c>Population.index</c>.</summary>
    /// <value>None by default. A signal has a sample per time step, after the reset if the neuron fires, and the same name as the neuron.</value>
    public IReadOnlyList<string> RecordedVoltages { get; init; } = [];

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
