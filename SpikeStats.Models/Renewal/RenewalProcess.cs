using SpikeStats.Models.PointProcesses;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Renewal;

/// <summary>A renewal process of one unit: intervals between spikes are independent and of one distribution.</summary>
/// <remarks>
/// The intensity is the hazard at the time since the last spike. In an observed interval [a, b) with spikes t₁ … t_n,
/// log L = w + Σ log f(t_k - t_(k-1)) + log S(b - t_n): the last interval is open, and what the wait w for the first spike adds depends on
/// <see cref="Start"/>. Nothing is carried over a gap of the observation.
/// <para>With a <see cref="Rate"/> λ(t) the process is inhomogeneous by time rescaling: it runs in the operational time Λ(t) = ∫ λ, in which its
/// intervals are independent and have mean 1. Intervals above become differences of Λ, log λ(t_k) is added for each spike, and the intensity is
/// λ(t) h(Λ(t) - Λ(t_last)). With exponential intervals it is the Poisson process of that rate, with a constant rate r the process of intervals divided by r.</para>
/// <para><b>Accuracy:</b> that of the distribution; tested against closed forms, brute-force integration of the hazard and the Poisson
/// process. <b>Cost:</b> one density per spike.</para>
/// <para><b>Source:</b> Cox, Renewal Theory (1962); Daley and Vere-Jones, An Introduction to the Theory of Point Processes (2003), section 7.2;
/// Berman, Biometrika 68:143 (1981), Barbieri et al., J Neurosci Methods 105:25 (2001), for operational time.</para>
/// </remarks>
public sealed class RenewalProcess : IPointProcess
{
    private readonly string[] units;

    /// <summary>Creates a process.</summary>
    /// <param name="unit">Identifier of the unit.</param>
    /// <param name="intervals">The distribution of the intervals.</param>
    /// <param name="start">What the process says about the wait for the first spike of an observed interval.</param>
    /// <param name="parameterCount">Number of parameters that were estimated; 0 if the distribution is given.</param>
    /// <exception cref="ArgumentException">The start is in equilibrium, but the mean interval is infinite.</exception>
    public RenewalProcess(string unit, IntervalDistribution intervals, RenewalStart start = RenewalStart.FirstSpike, int parameterCount = 0)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(intervals);
        ArgumentOutOfRangeException.ThrowIfNegative(parameterCount);
        if (!Enum.IsDefined(start)) throw new ArgumentOutOfRangeException(nameof(start), start, "There is no such start.");
        if (start == RenewalStart.Equilibrium && !double.IsFinite(intervals.Mean))
            throw new ArgumentException($"A process of {intervals.Name} intervals with an infinite mean has no equilibrium; start it at the first spike.", nameof(start));
        units = [unit];
        Intervals = intervals;
        Start = start;
        ParameterCount = parameterCount;
    }

    /// <summary>Creates an inhomogeneous process by time rescaling.</summary>
    /// <param name="rate">The rate λ(t), which gives the unit too: constant, constant in each bin, or computed from covariates on bins.</param>
    /// <param name="intervals">The distribution of the intervals in operational time, dimensionless; its mean must be 1.</param>
    /// <param name="start">What the process says about the wait for the first spike of an observed interval; equilibrium is that of operational time.</param>
    /// <param name="parameterCount">Number of parameters that were estimated, those of the rate included; 0 if all is given.</param>
    /// <exception cref="ArgumentException">The mean of the intervals is not 1 to within 10^-6.</exception>
    public RenewalProcess(PoissonProcess rate, IntervalDistribution intervals, RenewalStart start = RenewalStart.FirstSpike, int parameterCount = 0)
        : this(rate is null ? throw new ArgumentNullException(nameof(rate)) : rate.Units[0], intervals, start, parameterCount)
    {
        if (!(Math.Abs(intervals.Mean - 1) <= 1e-6))
            throw new ArgumentException(FormattableString.Invariant($"Intervals in operational time have mean 1, or else the rate would not be the rate; the mean is {intervals.Mean}."), nameof(intervals));
        Rate = rate;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Units => units;

    /// <summary>The rate whose integral is the time in which the process runs; null if it runs in seconds.</summary>
    public PoissonProcess? Rate { get; }

    /// <summary>The distribution of the intervals.</summary>
    public IntervalDistribution Intervals { get; }

    /// <summary>What the process says about the wait for the first spike of an observed interval.</summary>
    public RenewalStart Start { get; }

    /// <inheritdoc/>
    public int ParameterCount { get; }

    /// <inheritdoc/>
    public double LogLikelihood(Recording recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        SpikeTrain train = recording[units[0]];
        double sum = 0;
        foreach (TimeInterval interval in train.Observed)
        {
            ReadOnlySpan<double> times = train.TimesIn(interval);
            OperationalTime clock = OperationalTime.Of(Rate, interval);
            if (Start == RenewalStart.Equilibrium) sum += LogFirstWait(clock, interval, times);
            if (times.IsEmpty) continue;
            for (int i = 1; i < times.Length; i++) sum += Intervals.LogDensity(clock.Between(times[i - 1], times[i])) + clock.LogSpeed(times[i]);
            sum += Intervals.LogSurvivor(clock.Between(times[^1], interval.End));
        }

        return sum;
    }

    /// <summary>The mean hazard in each bin of a grid, given the spikes before and within it.</summary>
    /// <param name="recording">The recording whose history the intensity is conditioned on.</param>
    /// <param name="unit">Identifier of the unit.</param>
    /// <param name="grid">The grid.</param>
    /// <returns>Hertz, one value per bin; NaN in a bin that is not wholly observed or, without equilibrium, begins before the first spike of its
    /// observed interval.</returns>
    /// <exception cref="UnknownUnitException">The process is not one of this unit, or the recording does not hold it.</exception>
    public double[] Intensity(Recording recording, string unit, BinGrid grid)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(grid);
        ThrowIfOther(unit);
        SpikeTrain train = recording[unit];
        double[] intensity = new double[grid.BinCount];
        Array.Fill(intensity, double.NaN);
        foreach (BinSegment segment in grid.Segments)
        {
            int index = train.Observed.IndexOf(segment.Start);
            if (index < 0) continue;
            TimeInterval interval = train.Observed[index];
            HazardClock clock = new(this, OperationalTime.Of(Rate, interval), interval.Start, train.TimesIn(interval));
            double from = clock.AdvanceTo(segment.Start);
            for (int i = 0; i < segment.BinCount; i++)
            {
                double end = segment.Start + ((i + 1) * grid.BinWidth);

                // The computed edge of the last bin may lie an ulp beyond the interval that it was cut from.
                if (end - interval.End > 1e-9 * grid.BinWidth) break;
                double to = clock.AdvanceTo(Math.Min(end, interval.End));
                intensity[segment.FirstBin + i] = (to - from) / grid.BinWidth;
                from = to;
            }
        }

        return intensity;
    }

    /// <inheritdoc/>
    /// <remarks>Without equilibrium a segment begins at the first spike, which is not one of its events; there is none for an observed interval without a spike.</remarks>
    public Compensator Compensate(Recording recording, string unit)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ThrowIfOther(unit);
        SpikeTrain train = recording[unit];
        List<CompensatorSegment> segments = new(train.Observed.Count);
        foreach (TimeInterval interval in train.Observed)
        {
            ReadOnlySpan<double> times = train.TimesIn(interval);
            OperationalTime clock = OperationalTime.Of(Rate, interval);
            bool isEquilibrium = Start == RenewalStart.Equilibrium;
            if (!isEquilibrium && times.IsEmpty) continue;
            int first = isEquilibrium ? 0 : 1;
            double[] atEvents = new double[times.Length - first];
            double sum = 0;
            for (int i = first; i < times.Length; i++)
            {
                sum -= i == 0 ? Intervals.LogEquilibriumSurvivor(clock.Between(interval.Start, times[0])) : Intervals.LogSurvivor(clock.Between(times[i - 1], times[i]));
                atEvents[i - first] = sum;
            }

            double atEnd = sum - (times.IsEmpty ? Intervals.LogEquilibriumSurvivor(clock.Between(interval.Start, interval.End)) : Intervals.LogSurvivor(clock.Between(times[^1], interval.End)));
            TimeInterval defined = isEquilibrium ? interval : new TimeInterval(times[0], interval.End);
            segments.Add(new CompensatorSegment(defined, atEvents, atEnd, default, default, atEnd));
        }

        return new Compensator(unit, IsDiscrete: false, segments, CoincidentSpikes: 0);
    }

    /// <summary>Draws spikes, interval after interval; each observed interval begins in equilibrium.</summary>
    /// <remarks>If the mean interval is infinite there is no equilibrium, and an interval begins with the observation.</remarks>
    /// <param name="conditions">The intervals in which to draw: those in which the unit was observed, or all units if there is no such unit.</param>
    /// <param name="seed">Seed; interval n of the recording draws from the stream (seed, 0, n).</param>
    /// <param name="cancellationToken">Cancels the simulation.</param>
    /// <returns>A recording of the unit with the trials and signals of <paramref name="conditions"/>.</returns>
    public Recording Simulate(Recording conditions, ulong seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        TimeIntervals observed = conditions.Units.Contains(units[0]) ? conditions[units[0]].Observed : conditions.Observed;
        List<double> events = [];
        for (int s = 0; s < observed.Count; s++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RandomStream stream = new(seed, unit: 0, trial: (uint)s);
            TimeInterval interval = observed[s];
            OperationalTime clock = OperationalTime.Of(Rate, interval);
            double time = clock.After(interval.Start, ForwardRecurrence.Sample(Intervals, stream), interval.End);
            for (; time < interval.End; time = clock.After(time, Intervals.Sample(stream), interval.End)) events.Add(time);
        }

        return Recording.FromTrains([SpikeTrain.FromSorted(events.ToArray(), observed, units[0])], conditions.Trials, conditions.Signals);
    }

    // log(S / mean), or of the silence of the whole interval.
    private double LogFirstWait(OperationalTime clock, TimeInterval interval, ReadOnlySpan<double> times) => times.IsEmpty
        ? Intervals.LogEquilibriumSurvivor(clock.Between(interval.Start, interval.End))
        : Intervals.LogSurvivor(clock.Between(interval.Start, times[0])) - Math.Log(Intervals.Mean) + clock.LogSpeed(times[0]);

    private void ThrowIfOther(string unit)
    {
        if (!string.Equals(unit, units[0], StringComparison.Ordinal)) throw new UnknownUnitException(unit, units);
    }

    /// <summary>Integrates the hazard along the spikes of one observed interval.</summary>
    private ref struct HazardClock(RenewalProcess process, OperationalTime operational, double start, ReadOnlySpan<double> times)
    {
        private readonly ReadOnlySpan<double> times = times;
        private readonly OperationalTime operational = operational;
        private int passed;
        private double atLastSpike;

        /// <summary>The hazard integrated from the start, or from the first spike, to an instant; instants ascend. NaN before the first spike.</summary>
        public double AdvanceTo(double time)
        {
            while (passed < times.Length && times[passed] <= time)
            {
                atLastSpike += SinceLastSpike(times[passed]) is var gained && double.IsNaN(gained) ? 0 : gained;
                passed++;
            }

            return atLastSpike + SinceLastSpike(time);
        }

        private readonly double SinceLastSpike(double time)
        {
            if (passed > 0) return -process.Intervals.LogSurvivor(operational.Between(times[passed - 1], time));
            return process.Start == RenewalStart.Equilibrium ? -process.Intervals.LogEquilibriumSurvivor(operational.Between(start, time)) : double.NaN;
        }
    }
}
