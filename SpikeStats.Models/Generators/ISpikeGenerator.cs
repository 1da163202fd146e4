namespace SpikeStats.Models.Generators;

/// <summary>Anything that emits spikes under a drive: a neuron, a network, an emulated chip.</summary>
/// <remarks>
/// What drives it is part of it, because a membrane takes a current, a network rates and a chip spikes: each family states its drive in its own type. Everything that only needs
/// spikes (validation, comparison, the command line) is written against this contract. A model with a likelihood is an <see cref="PointProcesses.IPointProcess"/> instead.
/// </remarks>
public interface ISpikeGenerator
{
    /// <summary>The identifiers of the units that it emits, in the order of the recording.</summary>
    IReadOnlyList<string> Units { get; }

    /// <summary>What is computed and how, in one sentence: the equations' scheme, its step or tolerance, and how a crossing of the threshold is found.</summary>
    /// <remarks>It stands in the <see cref="Recording.LoadReport"/> of every recording, so that nobody has to guess which scheme ran.</remarks>
    string Scheme { get; }

    /// <summary>Draws spikes.</summary>
    /// <param name="duration">How long, in seconds from 0; positive.</param>
    /// <param name="seed">Seed; the same seed gives the same spikes whatever the number of threads.</param>
    /// <param name="progress">Receives the fraction done, from 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the simulation.</param>
    /// <returns>All units, observed from 0 to <paramref name="duration"/>, with the voltages that were asked for as signals.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The duration is not positive and finite.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    Recording Simulate(double duration, ulong seed, IProgress<double>? progress = null, CancellationToken cancellationToken = default);
}
