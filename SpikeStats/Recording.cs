using System.Globalization;
using SpikeStats.Plotting;

namespace SpikeStats;

/// <summary>Many units recorded on one time axis: spikes, observed intervals, trials and signals.</summary>
/// <remarks>
/// All spike times stand in one flat array; a unit is a range of it. <see cref="Where"/> and the restriction to one interval only
/// choose ranges and share the array; a million units or 10^8 spikes cost no object each. A recording is immutable.
/// </remarks>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed class Recording
{
    private readonly double[] times;
    private readonly int[] starts;
    private readonly int[] ends;

    // Null when every unit was observed in the same intervals, which is the common case.
    private readonly TimeIntervals[]? observedByUnit;

    private Recording(
        UnitTable units, double[] times, int[] starts, int[] ends, TimeIntervals observed, TimeIntervals[]? observedByUnit,
        IReadOnlyList<Trial> trials, IReadOnlyList<SampledSignal> signals, LoadReport loadReport)
    {
        Units = units;
        this.times = times;
        this.starts = starts;
        this.ends = ends;
        Observed = observed;
        this.observedByUnit = observedByUnit;
        Trials = trials;
        Signals = signals;
        LoadReport = loadReport;
    }

    /// <summary>The units.</summary>
    public UnitTable Units { get; }

    /// <summary>The intervals in which every unit was observed.</summary>
    public TimeIntervals Observed { get; }

    /// <summary>The trials, ascending in time; empty for a continuous recording.</summary>
    public IReadOnlyList<Trial> Trials { get; }

    /// <summary>Signals sampled alongside the spikes: stimulus, position, field potential.</summary>
    public IReadOnlyList<SampledSignal> Signals { get; }

    /// <summary>What the loader found, assumed and mended.</summary>
    public LoadReport LoadReport { get; }

    /// <summary>The number of units.</summary>
    public int UnitCount => starts.Length;

    /// <summary>The number of spikes of all units.</summary>
    public long SpikeCount
    {
        get
        {
            long count = 0;
            for (int unit = 0; unit < starts.Length; unit++) count += ends[unit] - starts[unit];
            return count;
        }
    }

    /// <summary>The train of a unit, which shares the memory of the recording.</summary>
    /// <param name="index">Position of the unit, from 0.</param>
    public SpikeTrain this[int index] =>
        SpikeTrain.FromTrusted(times.AsMemory(starts[index], ends[index] - starts[index]), ObservedOf(index), Units.Ids[index]);

    /// <summary>The train of a unit.</summary>
    /// <param name="unit">Identifier of the unit.</param>
    /// <exception cref="UnknownUnitException">There is no such unit.</exception>
    public SpikeTrain this[string unit] => this[Units.IndexOf(unit)];

    /// <summary>The trains of all units, in order.</summary>
    public IEnumerable<SpikeTrain> Trains => Enumerable.Range(0, UnitCount).Select(index => this[index]);

    /// <summary>Makes a recording from a flat array of spike times.</summary>
    /// <param name="units">The units.</param>
    /// <param name="times">Spike times in seconds, unit after unit, ascending within each. The array is not copied and must not change.</param>
    /// <param name="offsets">Where each unit starts in <paramref name="times"/>, and the total at the end; length: number of units + 1.</param>
    /// <param name="observed">The intervals in which all units were observed.</param>
    /// <param name="trials">Trials, ascending and disjoint; none if omitted.</param>
    /// <param name="signals">Signals; none if omitted.</param>
    /// <param name="loadReport">The report of the loader.</param>
    /// <returns>The recording. Cost O(number of spikes) for the check.</returns>
    /// <exception cref="ArgumentException">The offsets do not fit, or the trials overlap or are out of order.</exception>
    /// <exception cref="InvalidRecordingException">A spike time is not finite, out of order or outside the observed intervals.</exception>
    public static Recording FromFlat(
        UnitTable units, double[] times, int[] offsets, TimeIntervals observed, IReadOnlyList<Trial>? trials = null,
        IReadOnlyList<SampledSignal>? signals = null, LoadReport? loadReport = null)
    {
        ArgumentNullException.ThrowIfNull(units);
        ArgumentNullException.ThrowIfNull(times);
        ArgumentNullException.ThrowIfNull(offsets);
        ArgumentNullException.ThrowIfNull(observed);
        if (offsets.Length != units.Count + 1 || offsets[0] != 0 || offsets[^1] != times.Length)
            throw new ArgumentException($"{units.Count} units need {units.Count + 1} offsets from 0 to {times.Length}.", nameof(offsets));
        for (int unit = 0; unit < units.Count; unit++)
        {
            if (offsets[unit + 1] < offsets[unit]) throw new ArgumentException($"Offset {unit + 1} is smaller than the one before it.", nameof(offsets));
        }

        for (int unit = 0; unit < units.Count; unit++)
            SpikeTrain.Validate(times.AsSpan(offsets[unit]..offsets[unit + 1]), observed, units.Ids[unit]);

        return new Recording(
            units, times, offsets[..^1], offsets[1..], observed, null, InOrder(trials), [.. signals ?? []], loadReport ?? LoadReport.InMemory);
    }

    /// <summary>Makes a recording from trains.</summary>
    /// <param name="trains">The trains; their units must have different identifiers. Times are copied into one array.</param>
    /// <param name="trials">Trials, ascending and disjoint; none if omitted.</param>
    /// <param name="signals">Signals; none if omitted.</param>
    /// <returns>The recording. It was observed where every train was.</returns>
    /// <exception cref="ArgumentException">Two trains have the same identifier, or the trials overlap or are out of order.</exception>
    public static Recording FromTrains(
        IEnumerable<SpikeTrain> trains, IReadOnlyList<Trial>? trials = null, IReadOnlyList<SampledSignal>? signals = null)
    {
        SpikeTrain[] all = [.. trains];
        int[] offsets = new int[all.Length + 1];
        for (int i = 0; i < all.Length; i++) offsets[i + 1] = checked(offsets[i] + all[i].Count);
        double[] times = new double[offsets[^1]];
        for (int i = 0; i < all.Length; i++) all[i].Times.CopyTo(times.AsSpan(offsets[i]));
        TimeIntervals observed = Common(Array.ConvertAll(all, train => train.Observed), out TimeIntervals[]? byUnit);
        return new Recording(
            new UnitTable(all.Select(train => train.Unit)), times, offsets[..^1], offsets[1..], observed, byUnit,
            InOrder(trials), [.. signals ?? []], LoadReport.InMemory);
    }

    /// <summary>The intervals in which a unit was observed.</summary>
    /// <param name="index">Position of the unit.</param>
    /// <returns>Its own intervals; they contain <see cref="Observed"/>.</returns>
    public TimeIntervals ObservedOf(int index) => observedByUnit is null ? Observed : observedByUnit[index];

    /// <summary>The signal of a name.</summary>
    /// <param name="name">Name of the signal.</param>
    /// <returns>The signal.</returns>
    /// <exception cref="ArgumentException">There is no such signal; the message lists those there are.</exception>
    public SampledSignal Signal(string name) => Signals.FirstOrDefault(signal => string.Equals(signal.Name, name, StringComparison.Ordinal))
        ?? throw new ArgumentException(
            Signals.Count == 0 ? $"There is no signal '{name}': the recording holds no signal."
                : $"There is no signal '{name}'. Signals of the recording: {string.Join(", ", Signals.Select(signal => signal.Name))}.",
            nameof(name));

    /// <summary>The recording seen only in some intervals.</summary>
    /// <param name="intervals">The intervals to keep.</param>
    /// <returns>The recording on the intersection with its observed intervals; signals stay whole. One interval shares the spike
    /// array (O(units log spikes)); several copy the spikes they hold.</returns>
    public Recording Restrict(TimeIntervals intervals)
    {
        ArgumentNullException.ThrowIfNull(intervals);
        TimeIntervals observed = Observed.Intersect(intervals);
        Trial[] trials = [.. Trials
            .SelectMany(trial => intervals.Intersect(TimeIntervals.FromSorted(trial.Interval)).Select(part => trial with { Interval = part }))];
        TimeIntervals[]? byUnit = ChangeEach(observedByUnit, own => own.Intersect(intervals));
        int[] newStarts = new int[UnitCount], newEnds = new int[UnitCount];
        if (intervals.Count == 1)
        {
            for (int unit = 0; unit < UnitCount; unit++)
            {
                (int start, int end) = SpikeTrain.RangeIn(times.AsSpan(starts[unit]..ends[unit]), intervals[0]);
                newStarts[unit] = starts[unit] + start;
                newEnds[unit] = starts[unit] + end;
            }

            return new Recording(Units, times, newStarts, newEnds, observed, byUnit, trials, Signals, LoadReport);
        }

        // Spikes are counted before they are copied: a growing list would hold two or three times the memory.
        int count = 0;
        for (int unit = 0; unit < UnitCount; unit++)
        {
            SpikeTrain train = this[unit];
            newStarts[unit] = count;
            foreach (TimeInterval interval in intervals) count += train.TimesIn(interval).Length;
            newEnds[unit] = count;
        }

        double[] kept = new double[count];
        for (int unit = 0; unit < UnitCount; unit++)
        {
            SpikeTrain train = this[unit];
            int next = newStarts[unit];
            foreach (TimeInterval interval in intervals)
            {
                ReadOnlySpan<double> inside = train.TimesIn(interval);
                inside.CopyTo(kept.AsSpan(next));
                next += inside.Length;
            }
        }

        return new Recording(Units, kept, newStarts, newEnds, observed, byUnit, trials, Signals, LoadReport);
    }

    /// <summary>The recording with only some of its units.</summary>
    /// <param name="predicate">Tells which units to keep.</param>
    /// <returns>The recording of the kept units, observed where all of them were; it shares the spike array.</returns>
    public Recording Where(Func<Unit, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        int[] kept = [.. Enumerable.Range(0, UnitCount).Where(unit => predicate(Units[unit]))];
        TimeIntervals[]? byUnit = null;
        TimeIntervals observed = observedByUnit is null || kept.Length == 0
            ? Observed
            : Common(Array.ConvertAll(kept, unit => observedByUnit[unit]), out byUnit);
        return new Recording(
            Units.Select(kept), times, Array.ConvertAll(kept, unit => starts[unit]), Array.ConvertAll(kept, unit => ends[unit]),
            observed, byUnit, Trials, Signals, LoadReport);
    }

    /// <summary>The recording moved in time.</summary>
    /// <param name="offset">Seconds to add to spikes, observed intervals, trials and signals.</param>
    /// <returns>A new recording; spike times are copied. A spike that rounding would put on the end of its interval is kept just inside.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The offset is not finite, or so large that an interval would lose its length to rounding.</exception>
    public Recording Shift(double offset)
    {
        TimeIntervals observed = Observed.Shift(offset);
        TimeIntervals[]? byUnit = ChangeEach(observedByUnit, own => own.Shift(offset));
        double[] moved = new double[checked((int)SpikeCount)];
        int[] newStarts = new int[UnitCount], newEnds = new int[UnitCount];
        int next = 0;
        for (int unit = 0; unit < UnitCount; unit++)
        {
            newStarts[unit] = next;
            newEnds[unit] = next += ends[unit] - starts[unit];
            SpikeTrain.Move(
                times.AsSpan(starts[unit]..ends[unit]), offset, ObservedOf(unit), byUnit?[unit] ?? observed, moved.AsSpan(newStarts[unit]..next));
        }

        return new Recording(
            Units, moved, newStarts, newEnds, observed, byUnit,
            [.. Trials.Select(trial => trial with { Interval = trial.Interval.Shift(offset), Zero = trial.Zero + offset })],
            [.. Signals.Select(signal => signal.Shift(offset))], LoadReport);
    }

    /// <summary>Puts the units of several recordings of the same time axis into one.</summary>
    /// <param name="recordings">The recordings; their units must have different identifiers. Each unit keeps its own observed intervals.</param>
    /// <returns>The merged recording, with the trials of the first that has any and the signals of all.</returns>
    /// <exception cref="ArgumentException">Two units have the same identifier, or nothing was given.</exception>
    public static Recording Merge(params IReadOnlyList<Recording> recordings)
    {
        ArgumentNullException.ThrowIfNull(recordings);
        if (recordings.Count == 0) throw new ArgumentException("There is nothing to merge.", nameof(recordings));
        SpikeTrain[] trains = [.. recordings.SelectMany(recording => recording.Trains)];
        Recording merged = FromTrains(trains, recordings.FirstOrDefault(recording => recording.Trials.Count > 0)?.Trials,
            [.. recordings.SelectMany(recording => recording.Signals)]);
        return new Recording(
            UnitTable.Concatenate([.. recordings.Select(recording => recording.Units)]), merged.times, merged.starts, merged.ends, merged.Observed,
            merged.observedByUnit, merged.Trials, merged.Signals, recordings[0].LoadReport);
    }

    /// <summary>The recording with other signals.</summary>
    /// <param name="signals">The signals, which replace those there were.</param>
    /// <returns>The recording; spikes are shared.</returns>
    public Recording WithSignals(params IReadOnlyList<SampledSignal> signals) =>
        new(Units, times, starts, ends, Observed, observedByUnit, Trials, [.. signals], LoadReport);

    /// <summary>The recording at a glance, for a notebook: its numbers, the notes of the loader and a raster.</summary>
    /// <returns>HTML elements that fill about one screen; of many spikes only the first stretch is drawn.</returns>
    public string ToHtml() => RecordingOverview.Html(this);

    /// <summary>One line of text: units, spikes and observed time.</summary>
    /// <returns>The summary, in the invariant culture.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"Recording: {UnitCount} units, {SpikeCount} spikes, {Observed.Duration:G6} s observed, {Trials.Count} trials, {Signals.Count} signals");

    private static Trial[] InOrder(IReadOnlyList<Trial>? trials)
    {
        Trial[] ordered = [.. trials ?? []];
        for (int i = 1; i < ordered.Length; i++)
        {
            if (ordered[i].Interval.Start >= ordered[i - 1].Interval.End) continue;
            throw new ArgumentException(
                $"Trial '{ordered[i].Id}' {ordered[i].Interval} begins before trial '{ordered[i - 1].Id}' {ordered[i - 1].Interval} has ended; lay the trials one after the other.",
                nameof(trials));
        }

        return ordered;
    }

    private static TimeIntervals Common(TimeIntervals[] each, out TimeIntervals[]? byUnit)
    {
        byUnit = null;
        if (each.Length == 0) return TimeIntervals.Empty;
        TimeIntervals common = each[0];
        foreach (TimeIntervals own in each)
        {
            if (own == each[0]) continue;
            byUnit = each;
            common = common.Intersect(own);
        }

        return common;
    }

    /// <summary>Changes the observed intervals of every unit; units that share an object go on sharing one.</summary>
    private static TimeIntervals[]? ChangeEach(TimeIntervals[]? each, Func<TimeIntervals, TimeIntervals> change)
    {
        if (each is null) return null;
        Dictionary<TimeIntervals, TimeIntervals> changed = new(ReferenceEqualityComparer.Instance);
        return Array.ConvertAll(each, own => changed.TryGetValue(own, out TimeIntervals? known) ? known : changed[own] = change(own));
    }
}
