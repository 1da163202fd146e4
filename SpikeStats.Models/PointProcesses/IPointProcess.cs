namespace SpikeStats.Models.PointProcesses;

/// <summary>A model with a conditional intensity λ(t | history).</summary>
/// <remarks>Everything that judges, compares, simulates or draws models is written against it.</remarks>
public interface IPointProcess
{
    /// <summary>The identifiers of the units whose spikes the model explains.</summary>
    IReadOnlyList<string> Units { get; }

    /// <summary>The number of free parameters, for information criteria.</summary>
    int ParameterCount { get; }

    /// <summary>The log-likelihood of the modelled units in a recording, in nats, with every constant (such as -log y!).</summary>
    /// <param name="recording">Spikes, observed intervals, and whatever signals and other units the model needs.</param>
    /// <returns>Nats; negative infinity if the model forbids a spike that was seen.</returns>
    /// <exception cref="UnknownUnitException">A unit that the model needs is missing.</exception>
    double LogLikelihood(Recording recording);

    /// <summary>The conditional intensity of a unit on a grid of bins, for figures and scores.</summary>
    /// <param name="recording">The recording whose history the intensity is conditioned on.</param>
    /// <param name="unit">Identifier of a modelled unit.</param>
    /// <param name="grid">The grid.</param>
    /// <returns>The mean intensity in each bin, in hertz; NaN where the model is not defined (no full history yet). One value per bin.</returns>
    double[] Intensity(Recording recording, string unit, BinGrid grid);

    /// <summary>The intensity integrated up to each spike of a unit: what the time-rescaling theorem needs.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="unit">Identifier of a modelled unit.</param>
    /// <returns>The compensator, one segment per observed interval.</returns>
    Compensator Compensate(Recording recording, string unit);

    /// <summary>Draws spikes of the modelled units.</summary>
    /// <param name="conditions">Observed intervals, signals, trials and the given spikes of units that the model needs but does not explain.</param>
    /// <param name="seed">Seed; the same seed gives the same spikes whatever the number of threads.</param>
    /// <param name="cancellationToken">Cancels the simulation.</param>
    /// <returns>A recording of the modelled units on the observed intervals of <paramref name="conditions"/>.</returns>
    /// <exception cref="RunawayException">Spikes beget spikes without end.</exception>
    Recording Simulate(Recording conditions, ulong seed, CancellationToken cancellationToken = default);
}
