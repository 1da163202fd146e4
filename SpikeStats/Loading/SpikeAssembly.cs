using System.Globalization;

namespace SpikeStats.Loading;

/// <summary>
/// Makes a recording of collected spikes: units and trials in order, trials end to end on one time axis, observed intervals stated or assumed.
/// </summary>
internal static class SpikeAssembly
{
    /// <summary>A first spike within this part of the time from 0 to the last is taken as the sign that the recording began at 0.</summary>
    private const double BeginsAtZero = 0.1;

    /// <summary>Makes the recording.</summary>
    /// <param name="collector">The spikes.</param>
    /// <param name="options">The options.</param>
    /// <param name="format">The format in words.</param>
    /// <param name="source">The file or folder.</param>
    /// <param name="isUnitStated">Whether the file or the options state the unit of time.</param>
    /// <param name="notes">The notes so far.</param>
    /// <param name="columns">Columns of the unit table: one text per unit in the order of the file.</param>
    /// <exception cref="InvalidRecordingException">There is no spike and no stated window, or a group holds duplicates that are refused.</exception>
    public static Recording Assemble(
        SpikeCollector collector, LoadOptions options, string format, string source, bool isUnitStated, IReadOnlyList<LoadNote> notes,
        IReadOnlyDictionary<string, string[]>? columns = null)
    {
        if (collector.Units.Labels.Count == 0)
            throw new InvalidRecordingException("it holds no spike", "check that it is the right file", source);
        int[] units = collector.Units.Ranking(), trials = collector.Trials.Ranking();
        int[] order = GroupOrder(collector, units, trials);
        (double[] times, int[] offsets) = Flatten(collector, order, source);
        LoadNote? suspicion = TimeScaleCheck.Judge(times, offsets, Array.ConvertAll(order, group => collector.Groups[group].Unit), isUnitStated);

        bool isContinuous = trials.Length <= 1;
        TimeIntervals window = options.Observed ?? Assume(times, offsets, isContinuous, source);
        List<LoadNote> all = [.. notes];
        if (suspicion is not null) all.Add(suspicion);
        if (options.Observed is null) all.Add(WindowNote(window, isContinuous));
        TimeIntervals observed = isContinuous ? window : Repeat(window, trials.Length);
        if (!isContinuous) Place(times, offsets, TrialRanks(collector, order, trials), window, observed);
        all.AddRange(collector.Tally.Notes(collector.Units.Labels));
        if (!isContinuous && !collector.ListsTrials && MissingTrials(collector.Trials.Labels) is { } gap) all.Add(gap);

        UnitTable table = new(
            units.Select(unit => collector.Units.Labels[unit]),
            columns?.ToDictionary(column => column.Key, column => Array.ConvertAll(units, unit => column.Value[unit]), StringComparer.Ordinal));
        return Recording.FromFlat(
            table, times, UnitOffsets(collector, order, offsets, units.Length),
            observed,
            isContinuous ? [] : [.. trials.Select((trial, k) => new Trial(collector.Trials.Labels[trial], Slot(window.Span, k), Zero(window.Span, k)))],
            loadReport: new LoadReport(format, source, all));
    }

    /// <summary>Groups by unit, then trial.</summary>
    private static int[] GroupOrder(SpikeCollector collector, int[] units, int[] trials)
    {
        int[] unitRank = Inverse(units), trialRank = Inverse(trials);
        long[] keys = new long[collector.GroupCount];
        int[] order = new int[collector.GroupCount];
        for (int group = 0; group < order.Length; group++)
        {
            SpikeGroup own = collector.Groups[group];
            order[group] = group;
            keys[group] = ((long)unitRank[own.Unit] << 32) | (uint)(trialRank.Length == 0 ? 0 : trialRank[own.Trial]);
        }

        Array.Sort(keys, order);
        return order;
    }

    private static int[] Inverse(int[] ranking)
    {
        int[] inverse = new int[ranking.Length];
        for (int rank = 0; rank < ranking.Length; rank++) inverse[ranking[rank]] = rank;
        return inverse;
    }

    private static int[] TrialRanks(SpikeCollector collector, int[] order, int[] trials)
    {
        int[] rank = Inverse(trials);
        return Array.ConvertAll(order, group => rank[collector.Groups[group].Trial]);
    }

    /// <summary>One array, group after group in order; unsorted groups sorted, and the duplicates judged that sorting brought together or that are kept.</summary>
    private static (double[] Times, int[] Offsets) Flatten(SpikeCollector collector, int[] order, string source)
    {
        int[] offsets = new int[order.Length + 1], starts = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            starts[order[i]] = offsets[i];
            offsets[i + 1] = offsets[i] + collector.Groups[order[i]].Count;
        }

        double[] times = new double[offsets[^1]];
        collector.MoveTo(starts, times);
        int written = 0;
        for (int i = 0; i < order.Length; i++)
        {
            SpikeGroup group = collector.Groups[order[i]];
            Span<double> own = times.AsSpan(offsets[i]..(offsets[i] + group.Count));
            offsets[i] = written;
            if (!group.IsUnsorted && !collector.KeepsDuplicates)
            {
                own.CopyTo(times.AsSpan(written));
                written += own.Length;
                continue;
            }

            if (group.IsUnsorted) own.Sort();
            for (int k = 0; k < own.Length; k++)
            {
                bool repeats = k > 0 && own[k] == own[k - 1];
                if (!repeats || collector.AdmitsDuplicate(group.Unit, own[k], null, source)) times[written++] = own[k];
            }
        }

        offsets[^1] = written;
        return (written == times.Length ? times : times[..written], offsets);
    }

    private static int[] UnitOffsets(SpikeCollector collector, int[] order, int[] offsets, int unitCount)
    {
        int[] counts = new int[unitCount];
        for (int i = 0; i < order.Length; i++) counts[collector.Groups[order[i]].Unit] += offsets[i + 1] - offsets[i];
        int[] units = collector.Units.Ranking();
        int[] unitOffsets = new int[unitCount + 1];
        for (int rank = 0; rank < unitCount; rank++) unitOffsets[rank + 1] = unitOffsets[rank] + counts[units[rank]];
        return unitOffsets;
    }

    /// <summary>The window that the spikes suggest; its end lies one step of the number format behind the last spike, so that it holds it.</summary>
    private static TimeIntervals Assume(double[] times, int[] offsets, bool isContinuous, string source)
    {
        if (times.Length == 0)
            throw new InvalidRecordingException("it holds no spike, so that nothing says when it was recorded", "state it with --observed", source);
        double first = double.PositiveInfinity, last = double.NegativeInfinity;
        for (int group = 0; group + 1 < offsets.Length; group++)
        {
            if (offsets[group] == offsets[group + 1]) continue;
            first = Math.Min(first, times[offsets[group]]);
            last = Math.Max(last, times[offsets[group + 1] - 1]);
        }

        bool fromZero = first >= 0 && (!isContinuous || first <= BeginsAtZero * last || first == last);
        return TimeIntervals.Of(fromZero ? 0 : first, Math.BitIncrement(last));
    }

    private static LoadNote WindowNote(TimeIntervals window, bool isContinuous)
    {
        string what = isContinuous ? "When the units were observed" : "The window of a trial";
        double start = Math.Floor(window.Span.Start), end = Math.Ceiling(window.Span.End);
        return new LoadNote(
            LoadNoteSeverity.Information,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what} is not stated; it is assumed to be {window} from the spikes. State it, for example with --observed {start}s..{end}s."));
    }

    private static TimeInterval Slot(TimeInterval window, int trial) => new(trial * window.Duration, (trial + 1) * window.Duration);

    private static double Zero(TimeInterval window, int trial) => Slot(window, trial).Start - window.Start;

    /// <summary>An instant of a trial on the axis of the recording; the difference is taken first because it is the exact one.</summary>
    private static double OnAxis(double time, TimeInterval window, int trial) => time - window.Start + Slot(window, trial).Start;

    private static TimeIntervals Repeat(TimeIntervals window, int trialCount)
    {
        List<TimeInterval> intervals = new(window.Count * trialCount);
        for (int trial = 0; trial < trialCount; trial++)
        {
            TimeInterval slot = Slot(window.Span, trial);
            for (int i = 0; i < window.Count; i++)
            {
                // The outer bounds are those of the slot exactly, so that rounding makes no trial overlap the next.
                double start = i == 0 ? slot.Start : OnAxis(window[i].Start, window.Span, trial);
                double end = i == window.Count - 1 ? slot.End : OnAxis(window[i].End, window.Span, trial);
                intervals.Add(new TimeInterval(start, end));
            }
        }

        return TimeIntervals.FromSorted([.. intervals]);
    }

    /// <summary>Moves every spike from the time of its trial to the axis of the recording.</summary>
    private static void Place(double[] times, int[] offsets, int[] trialRanks, TimeIntervals window, TimeIntervals observed)
    {
        for (int group = 0; group < trialRanks.Length; group++)
        {
            int trial = trialRanks[group];
            foreach (ref double time in times.AsSpan(offsets[group]..offsets[group + 1]))
            {
                // Rounding must not carry a spike out of its interval.
                TimeInterval interval = observed[(trial * window.Count) + window.IndexOf(time)];
                time = Math.Clamp(OnAxis(time, window.Span, trial), interval.Start, Math.BitDecrement(interval.End));
            }
        }
    }

    /// <summary>Gaps in numbered trials: a trial in which no unit fired leaves no row.</summary>
    private static LoadNote? MissingTrials(IReadOnlyList<string> trials)
    {
        const int MostListed = 20;
        HashSet<long> numbers = [];
        foreach (string trial in trials)
        {
            if (!long.TryParse(trial, NumberStyles.Integer, CultureInfo.InvariantCulture, out long number)) return null;
            numbers.Add(number);
        }

        // Trial numbers that are years apart name something else than a sequence.
        long first = numbers.Min(), last = numbers.Max();
        if (last - (decimal)first >= 2m * numbers.Count) return null;
        long[] missing = [.. Enumerable.Range(0, (int)(last - first)).Select(k => first + k).Where(number => !numbers.Contains(number))];
        if (missing.Length == 0) return null;
        string more = missing.Length > MostListed ? $" and {missing.Length - MostListed} more" : "";
        return new LoadNote(
            LoadNoteSeverity.Warning,
            $"No spike has the trial {string.Join(", ", missing.Take(MostListed).Select(number => number.ToString(CultureInfo.InvariantCulture)))}{more}. "
            + "A trial without any spike leaves no row; such trials are missing from the observed time, and rates are too high by that much.");
    }
}
