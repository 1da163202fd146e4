namespace SpikeStats.Models.Bases;

/// <summary>A set of functions of lag that span the filters of a model.</summary>
/// <remarks>
/// A basis is defined in seconds and sampled when the bin width is known. Filters of a signal start at lag 0 (the bin itself), filters of
/// past spikes at lag 1, so that nothing is explained by itself.
/// </remarks>
public abstract class Basis
{
    /// <summary>The basis in words and numbers, as the command line spells it, for example <c>raised-cosine:n=10,window=0.2s</c>.</summary>
    public abstract string Description { get; }

    /// <summary>Samples the basis on the lags of a bin width.</summary>
    /// <param name="binWidth">Width of a bin, in seconds; positive.</param>
    /// <param name="firstLag">Lag of the first row, in bins: 0 for a signal, 1 for past spikes.</param>
    /// <returns>The sampled basis.</returns>
    /// <exception cref="ArgumentException">The basis cannot be sampled at this bin width, for example because a window is narrower than a bin.</exception>
    public abstract LagMatrix Sample(double binWidth, int firstLag);

    /// <summary>The description.</summary>
    /// <returns><see cref="Description"/>.</returns>
    public sealed override string ToString() => Description;
}
