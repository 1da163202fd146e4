namespace SpikeStats.Cli.Commands;

/// <summary>What every fit of a Hawkes process is given.</summary>
/// <param name="Units">The units; each is a target and a source of all.</param>
/// <param name="Recording">The recording.</param>
/// <param name="Threads">Most threads to use; -1 for one per processor.</param>
internal sealed record HawkesTask(IReadOnlyList<string> Units, Recording Recording, int Threads);
