using SpikeStats.Models.PointProcesses;
using SpikeStats.RandomStreams;

namespace SpikeStats.Fitting.GoodnessOfFit;

/// <summary>The time-rescaling test of a model whose parameters were fitted to the same spikes.</summary>
/// <remarks>
/// A fitted model lies closer to its spikes than the true one, so the p-value of a model that is given is too large. Here the distribution
/// of D is that of recordings simulated from the fitted model and fitted again.
/// <para><b>Assumption:</b> the refit is the same procedure that gave the model. <b>Cost:</b> a simulation and a fit per replicate.</para>
/// <para><b>Source:</b> Davison and Hinkley, "Bootstrap methods and their application", 1997, section 4.2.</para>
/// </remarks>
public static class ParametricBootstrap
{
    /// <summary>Judges a fitted model.</summary>
    /// <param name="fitted">The model fitted to the recording.</param>
    /// <param name="recording">The recording.</param>
    /// <param name="unit">Identifier of a unit that the model explains.</param>
    /// <param name="refit">Fits the model to a recording; it gets the simulated spikes of the modelled units together with the other units,
    /// the trials and the signals of <paramref name="recording"/>.</param>
    /// <param name="options">Options; the defaults if omitted.</param>
    /// <param name="progress">Receives the finished fraction.</param>
    /// <param name="cancellationToken">Cancels between replicates.</param>
    /// <returns>The verdict.</returns>
    /// <exception cref="UnknownUnitException">The model does not explain the unit, or the recording does not hold it.</exception>
    public static ParametricBootstrapResult Test(
        IPointProcess fitted, Recording recording, string unit, Func<Recording, IPointProcess> refit, ParametricBootstrapOptions? options = null,
        IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fitted);
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(refit);
        options ??= new ParametricBootstrapOptions();
        options.Validate();
        // One draw is enough within a replicate: the distribution over replicates is over draws too.
        TimeRescalingOptions rescaling = options.TimeRescaling with { Draws = 1, Lags = 0, Seed = options.Seed };
        double statistic = TimeRescaling.Test(fitted, recording, unit, rescaling, cancellationToken).KolmogorovSmirnov.Statistic;

        Recording others = recording.Where(candidate => !fitted.Units.Contains(candidate.Id, StringComparer.Ordinal));
        double[] replicates = new double[options.Replicates];
        int atLeastAsLarge = 0;
        for (int n = 0; n < replicates.Length; n++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ulong seed = new RandomStream(options.Seed, unit: 0, trial: (uint)n).NextUInt64();
            Recording simulated = Recording.Merge(fitted.Simulate(recording, seed, cancellationToken), others).WithSignals(recording.Signals);
            replicates[n] = TimeRescaling.Test(refit(simulated), simulated, unit, rescaling with { Seed = seed }, cancellationToken).KolmogorovSmirnov.Statistic;
            if (replicates[n] >= statistic) atLeastAsLarge++;
            progress?.Report((n + 1.0) / replicates.Length);
        }

        double p = double.IsNaN(statistic) ? double.NaN : (1.0 + atLeastAsLarge) / (1 + replicates.Length);
        return new ParametricBootstrapResult(statistic, p, replicates);
    }
}
