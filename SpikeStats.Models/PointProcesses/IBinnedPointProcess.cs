namespace SpikeStats.Models.PointProcesses;

/// <summary>A model of the counts in bins, whose likelihood is a probability and not a density of spike times.</summary>
public interface IBinnedPointProcess : IPointProcess
{
    /// <summary>Width of a bin, in seconds.</summary>
    double BinWidth { get; }

    /// <summary>The log-likelihood as a density of spike times, when the spikes of a bin are uniform within it.</summary>
    /// <remarks>
    /// log P(y) + log y! - y log(binWidth) per bin of count y: only so can it be compared with a model in continuous time. Differences
    /// between models on the same bins do not change.
    /// </remarks>
    /// <param name="recording">The recording.</param>
    /// <returns>Nats; spikes that the model does not see (those beyond the first in a Bernoulli bin) have no part in it.</returns>
    /// <exception cref="UnknownUnitException">A unit that the model needs is missing.</exception>
    double LogDensity(Recording recording);
}
