using System.Collections.Concurrent;
using System.Globalization;
using MathNet.Numerics.Distributions;

namespace SpikeStats.Statistics;

/// <summary>The correlograms of all pairs of units of a recording, counted in one pass over the merged spikes.</summary>
/// <remarks>
/// Definitions are those of <see cref="Correlogram"/>. All pairs share one observed time, <see cref="Recording.Observed"/> (where every
/// unit was observed), so that they can be compared; use <see cref="Correlogram.Cross"/> for a pair that was observed for longer.
/// <para><b>Cost:</b> O(spikes + pairs of spikes within the window) time; units² · window / binWidth integers of memory, once for the result
/// and once per thread (fewer threads are used where that would exceed 1 GiB).</para>
/// </remarks>
public sealed class CorrelogramMatrix
{
    private const long MemoryLimit = 1L << 30;
    private const int SpikesPerBlock = 16384;
    private const int SpikesPerUnitAndBlock = 128;

    private readonly SpikeTrain[] trains;
    private readonly int[] counts;
    private readonly double[] overlap;
    private readonly double duration;

    private CorrelogramMatrix(SpikeTrain[] trains, HistogramBins bins, int[] counts, double[] overlap, double duration)
    {
        this.trains = trains;
        Bins = bins;
        this.counts = counts;
        this.overlap = overlap;
        this.duration = duration;
    }

    /// <summary>The bins of lag, in seconds.</summary>
    public HistogramBins Bins { get; }

    /// <summary>The number of units.</summary>
    public int UnitCount => trains.Length;

    /// <summary>The correlogram of a pair, or the autocorrelogram if both units are the same.</summary>
    /// <param name="reference">Position of the reference.</param>
    /// <param name="target">Position of the target; not smaller than <paramref name="reference"/>.</param>
    /// <exception cref="ArgumentException">The target comes before the reference: ask for the pair the other way round; the lag changes sign.</exception>
    public Correlogram this[int reference, int target]
    {
        get
        {
            int[] own = CountsOf(reference, target).ToArray();
            return new Correlogram(trains[reference], trains[target], reference == target, Bins, own, overlap, duration);
        }
    }

    /// <summary>The numbers of pairs of spikes, without a copy.</summary>
    /// <param name="reference">Position of the reference.</param>
    /// <param name="target">Position of the target; not smaller than <paramref name="reference"/>.</param>
    /// <returns>One count per bin.</returns>
    /// <exception cref="ArgumentException">The target comes before the reference.</exception>
    public ReadOnlySpan<int> CountsOf(int reference, int target)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(reference);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(target, UnitCount);
        if (target < reference) throw new ArgumentException($"The target {target} comes before the reference {reference}; exchange them and the sign of the lag.", nameof(target));
        return counts.AsSpan(StartOf(reference, target, UnitCount, Bins.Count), Bins.Count);
    }

    /// <summary>Counts all pairs.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="options">Lags, bins and threads; the defaults if omitted.</param>
    /// <param name="progress">Told the fraction that is done, from 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the count.</param>
    /// <returns>The correlograms; all counts are 0 without spikes. The same whatever the number of threads.</returns>
    /// <exception cref="ArgumentException">The window is no whole number of bins, or the result would exceed 2^31 counts.</exception>
    /// <exception cref="OverflowException">Some bin holds 2^31 pairs of spikes or more.</exception>
    public static CorrelogramMatrix Of(
        Recording recording, CorrelogramOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recording);
        options ??= new CorrelogramOptions();
        SpikeTrain[] trains = [.. recording.Trains.Select(train => train.Observed == recording.Observed ? train : train.Restrict(recording.Observed))];
        LagBins bins = new(options, trains.Select(HistogramBins.RoundingOf).DefaultIfEmpty().Max());
        int[] counts = new int[LengthOf(trains.Length, bins)];
        int StartOfPair(int reference, int target) => StartOf(reference, target, trains.Length, bins.Count);

        List<(TimeInterval Block, TimeInterval Observed)> blocks = BlocksOf(recording.Observed, trains, bins.Reach);
        ConcurrentBag<PairCounter> counters = [];
        int done = 0;
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = ThreadsFor(options, bins, trains.Length), CancellationToken = cancellationToken };
        Parallel.For(0, blocks.Count, parallel, block =>
        {
            if (!counters.TryTake(out PairCounter? counter)) counter = new PairCounter(bins, trains.Length);
            counter.Count(trains, blocks[block].Block, blocks[block].Observed);
            counters.Add(counter);
            progress?.Report(Interlocked.Increment(ref done) / (double)blocks.Count);
        });

        // Integers: the sum does not depend on which thread counted which block.
        foreach (PairCounter counter in counters) counter.AddTo(counts, StartOfPair);
        Parallel.For(0, trains.Length, parallel, unit => Correlogram.CountOwnPairs(trains[unit], bins, counts.AsSpan(StartOfPair(unit, unit), bins.Count)));
        return new CorrelogramMatrix(trains, bins.Axis, counts, bins.Overlap(recording.Observed), recording.Observed.Duration);
    }

    /// <summary>The pairs of units whose cross-correlograms depart from those of independent trains of constant rate.</summary>
    /// <remarks>
    /// For every bin of every pair, z = 2 (√(c + 3/8) - √(E + 3/8)), with c the number of pairs of spikes and E that expected of independent
    /// trains: nearly standard normal if c is Poisson, and conservative where E is small. A pair is listed if its largest |z| exceeds the
    /// normal quantile at level / (2 · bins · pairs) (Bonferroni).
    /// <para><b>Assumption:</b> constant rates. Rates that drift together depart from it without any connection between the units.</para>
    /// <para><b>Source:</b> Anscombe, Biometrika 35 (1948) 246-254.</para>
    /// </remarks>
    /// <param name="level">Probability of listing any pair if all are independent, at most; between 0 and 1.</param>
    /// <returns>The pairs, the largest |z| first; empty for fewer than two units. Cost O(units² · bins).</returns>
    /// <exception cref="ArgumentOutOfRangeException">The level does not lie between 0 and 1.</exception>
    public IReadOnlyList<CorrelatedPair> CorrelatedPairs(double level = 0.05)
    {
        PoissonLimits.RequireLevel(level);
        if (UnitCount < 2) return [];
        double limit = -Normal.InvCDF(0, 1, level / (Bins.Count * (double)UnitCount * (UnitCount - 1)));
        List<CorrelatedPair> correlated = [];
        for (int reference = 0; reference < UnitCount; reference++)
        {
            for (int target = reference + 1; target < UnitCount; target++)
            {
                CorrelatedPair pair = StrongestDeparture(this[reference, target]);
                if (Math.Abs(pair.Z) > limit) correlated.Add(pair);
            }
        }

        // The sort is stable: equal departures keep the order of the units.
        return [.. correlated.OrderByDescending(pair => Math.Abs(pair.Z))];
    }

    /// <summary>One line of text: units, lags and bin width.</summary>
    /// <returns>The summary, in the invariant culture.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"CorrelogramMatrix: {UnitCount} units, lags [{Bins.Start} s, {Bins.End} s), bins of {Bins.BinWidth} s");

    private static CorrelatedPair StrongestDeparture(Correlogram correlogram)
    {
        double[] expected = correlogram.Expected(CorrelogramScale.Count);
        ReadOnlySpan<int> counts = correlogram.Counts;
        (int strongest, double largest) = (0, 0);
        for (int bin = 0; bin < counts.Length; bin++)
        {
            double z = 2 * (Math.Sqrt(counts[bin] + 0.375) - Math.Sqrt(expected[bin] + 0.375));
            if (Math.Abs(z) > Math.Abs(largest)) (strongest, largest) = (bin, z);
        }

        return new CorrelatedPair(correlogram, correlogram.Bins.Start + ((strongest + 0.5) * correlogram.Bins.BinWidth), largest);
    }

    // Rows of the upper triangle, the diagonal first in each.
    private static int StartOf(int reference, int target, int unitCount, int binCount) =>
        ((reference * unitCount) - (reference * (reference - 1) / 2) + (target - reference)) * binCount;

    private static int LengthOf(int unitCount, LagBins bins)
    {
        long length = (long)unitCount * (unitCount + 1) / 2 * bins.Count;
        if (length <= Array.MaxLength && PairCounter.SizeOf(bins, unitCount) / sizeof(uint) <= Array.MaxLength) return (int)length;
        throw new ArgumentException($"All pairs of {unitCount} units with {bins.Count} bins need {length} counts, more than {Array.MaxLength}; use fewer units or wider bins.");
    }

    private static int ThreadsFor(CorrelogramOptions options, LagBins bins, int unitCount)
    {
        long affordable = Math.Clamp(MemoryLimit / Math.Max(PairCounter.SizeOf(bins, unitCount), 1), 1, 1024);
        return options.Threads == -1 ? (int)affordable : (int)Math.Min(affordable, options.Threads);
    }

    private static List<(TimeInterval Block, TimeInterval Observed)> BlocksOf(TimeIntervals observed, SpikeTrain[] trains, double reach)
    {
        // A block holds enough spikes that the counters of a unit are worth fetching, few enough that the merged spikes stay in the
        // second-level cache, and is much longer than the window that is read again before it.
        long spikes = trains.Sum(train => (long)train.Count);
        double target = Math.Max(SpikesPerBlock, SpikesPerUnitAndBlock * trains.Length);
        double span = Math.Max(observed.Duration * target / Math.Max(spikes, 1), 8 * reach);
        List<(TimeInterval, TimeInterval)> blocks = [];
        foreach (TimeInterval interval in observed)
        {
            int parts = (int)Math.Clamp(Math.Ceiling(interval.Duration / span), 1, int.MaxValue / 2);
            for (int part = 0; part < parts; part++)
            {
                double start = interval.Start + (interval.Duration * part / parts), end = interval.Start + (interval.Duration * (part + 1) / parts);
                blocks.Add((new TimeInterval(start, part + 1 == parts ? interval.End : end), interval));
            }
        }

        return blocks;
    }
}
