using SpikeStats.Models.PointProcesses;
using SpikeStats.RandomStreams;
using SpikeStats.Statistics;

namespace SpikeStats.Models.Stability;

/// <summary>How long a fragile model stays bounded: the mean time until it runs away, from simulations, with its uncertainty.</summary>
/// <remarks>
/// Runs begin in silence and end when the simulation refuses to go on (<see cref="RunawayException"/>) or at the end of the conditions. With D escapes in a time T
/// at risk over all runs the mean time is T / D, and its 95 % interval follows from the exact limits of the Poisson count D.
/// <para><b>Assumptions:</b> escapes come at a constant rate, as they do from a metastable state that forgets its past much faster than it is left. Of a
/// divergent model, which runs away at once, the mean is the time that it takes; there the interval is too wide.</para>
/// <para><b>Accuracy:</b> tested against a model whose escape is geometric. <b>Cost:</b> one simulation per run.</para>
/// <para><b>Source:</b> the question: Gerhard, Deger and Truccolo, PLoS Comput Biol 13:e1005390 (2017), whose averages in figure 9 are from simulations too; the
/// limits: Garwood, Biometrika 28:437 (1936).</para>
/// </remarks>
public sealed record DivergenceTime
{
    private const double Level = 0.95;

    private DivergenceTime(int runCount, IReadOnlyList<double> times, double timeAtRisk)
    {
        RunCount = runCount;
        Times = times;
        TimeAtRisk = timeAtRisk;
    }

    /// <summary>The number of simulated runs.</summary>
    public int RunCount { get; }

    /// <summary>How long each of the runs that ran away had lasted, in seconds, in the order of the runs.</summary>
    public IReadOnlyList<double> Times { get; }

    /// <summary>Simulated time over all runs until they ran away or ended, in seconds.</summary>
    public double TimeAtRisk { get; }

    /// <summary>The estimated mean time, in seconds; infinite if no run ran away.</summary>
    public double Mean => TimeAtRisk / Times.Count;

    /// <summary>Lower end of the 95 % interval of the mean, in seconds.</summary>
    public double Low => TimeAtRisk / PoissonLimits.MeanInterval(Times.Count, Level).Upper;

    /// <summary>Upper end of the 95 % interval of the mean, in seconds; infinite if no run ran away.</summary>
    public double High => TimeAtRisk / PoissonLimits.MeanInterval(Times.Count, Level).Lower;

    /// <summary>Estimates the mean time.</summary>
    /// <param name="model">A model that throws a <see cref="RunawayException"/> when it runs away.</param>
    /// <param name="conditions">Observed intervals, which end a run that stays bounded, and whatever signals and other units the model needs.</param>
    /// <param name="runCount">Number of runs; at least 1.</param>
    /// <param name="seed">Seed; runs have streams of their own, so that the result does not depend on the number of threads.</param>
    /// <param name="progress">Told the fraction of runs that are done.</param>
    /// <param name="cancellationToken">Cancels the simulations.</param>
    /// <returns>The estimate.</returns>
    /// <exception cref="ArgumentException">Nothing is observed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no run.</exception>
    public static DivergenceTime Of(
        IPointProcess model, Recording conditions, int runCount = 20, ulong seed = 1, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(conditions);
        ArgumentOutOfRangeException.ThrowIfLessThan(runCount, 1);
        if (!(conditions.Observed.Duration > 0)) throw new ArgumentException("Nothing is observed, so that there is no time in which a run could run away.", nameof(conditions));
        double[] escapes = new double[runCount];
        int done = 0;
        Parallel.For(0, runCount, new ParallelOptions { CancellationToken = cancellationToken }, run =>
        {
            escapes[run] = Escape(model, conditions, new RandomStream(seed, unit: 0, trial: (uint)run).NextUInt64(), cancellationToken);
            progress?.Report((double)Interlocked.Increment(ref done) / runCount);
        });
        double[] times = [.. escapes.Where(double.IsFinite)];
        return new DivergenceTime(runCount, times, times.Sum() + ((runCount - times.Length) * conditions.Observed.Duration));
    }

    /// <summary>The probability that a run stays bounded for a given time, e^(-duration/mean).</summary>
    /// <param name="duration">How long, in seconds; not negative.</param>
    /// <returns>The estimate with its 95 % limits, probabilities.</returns>
    public (double Estimate, double Low, double High) Survival(double duration)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(duration);
        return (Math.Exp(-duration / Mean), Math.Exp(-duration / Low), Math.Exp(-duration / High));
    }

    /// <summary>The estimate in a sentence.</summary>
    /// <returns>The sentence, in the invariant culture.</returns>
    public override string ToString() => Times.Count == 0
        ? FormattableString.Invariant($"None of {RunCount} runs ran away in {TimeAtRisk:G4} s; the mean time is above {Low:G3} s (95 %).")
        : FormattableString.Invariant($"{Times.Count} of {RunCount} runs ran away; mean time {Mean:G3} s, 95 % interval {Low:G3} to {High:G3} s.");

    // How much of the observed time had passed when the run ran away; infinite if it did not.
    private static double Escape(IPointProcess model, Recording conditions, ulong seed, CancellationToken cancellationToken)
    {
        try
        {
            _ = model.Simulate(conditions, seed, cancellationToken);
            return double.PositiveInfinity;
        }
        catch (RunawayException runaway)
        {
            return conditions.Observed.Sum(interval => Math.Clamp(runaway.Time - interval.Start, 0, interval.Duration));
        }
    }
}
