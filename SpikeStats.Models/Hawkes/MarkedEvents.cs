using System.Runtime.CompilerServices;

namespace SpikeStats.Models.Hawkes;

/// <summary>The spikes of several units on one time axis, observed interval by observed interval, each with the unit it belongs to.</summary>
internal sealed class MarkedEvents
{
    private MarkedEvents(TimeIntervals observed, double[] times, int[] marks, int[] stretchStarts, int unitCount)
    {
        Observed = observed;
        Times = times;
        Marks = marks;
        StretchStarts = stretchStarts;
        UnitCount = unitCount;
        Counts = new int[unitCount];
        foreach (int mark in marks) Counts[mark]++;
    }

    /// <summary>The intervals in which all units were observed; each starts without a past.</summary>
    public TimeIntervals Observed { get; }

    /// <summary>Spike times, in seconds, ascending.</summary>
    public double[] Times { get; }

    /// <summary>The position of each spike's unit.</summary>
    public int[] Marks { get; }

    /// <summary>The first event of each observed interval, and the number of events at the end.</summary>
    public int[] StretchStarts { get; }

    public int UnitCount { get; }

    /// <summary>Spikes of each unit.</summary>
    public int[] Counts { get; }

    public int Count => Times.Length;

    /// <summary>Merges the trains of some units.</summary>
    /// <exception cref="UnknownUnitException">A unit is not in the recording.</exception>
    /// <exception cref="InvalidRecordingException">The units were not observed in the same intervals.</exception>
    public static MarkedEvents Of(Recording recording, IReadOnlyList<string> units)
    {
        ArgumentNullException.ThrowIfNull(recording);
        SpikeTrain[] trains = [.. units.Select(unit => recording[unit])];
        TimeIntervals observed = trains[0].Observed;
        foreach (SpikeTrain train in trains)
        {
            if (train.Observed == observed) continue;
            throw new InvalidRecordingException(
                $"units '{units[0]}' and '{train.Unit}' were not observed in the same intervals, so that the past of one is unknown to the other",
                $"restrict the recording to the common time: recording.{nameof(Recording.Restrict)}(recording.{nameof(Recording.Observed)})", unit: train.Unit);
        }

        (double[] times, int[] marks) = Merge(trains);
        int[] starts = new int[observed.Count + 1];
        for (int s = 0; s < observed.Count; s++) starts[s + 1] = starts[s] + trains.Sum(train => train.TimesIn(s).Length);
        return new MarkedEvents(observed, times, marks, starts, trains.Length);
    }

    /// <summary>The first events only, as if observation had ended right after the last of them.</summary>
    public MarkedEvents Head(int count)
    {
        double end = Math.BitIncrement(Times[count - 1]);
        TimeIntervals head = Observed.Intersect(TimeIntervals.Of(Observed.Span.Start, end));
        int[] starts = [.. StretchStarts.Take(head.Count), count];
        return new MarkedEvents(head, Times[..count], Marks[..count], starts, UnitCount);
    }

    // Neighbouring pairs of trains are merged until one is left: log2(units) passes over the spikes.
    private static (double[] Times, int[] Marks) Merge(SpikeTrain[] trains)
    {
        int[] ends = new int[trains.Length + 1];
        for (int i = 0; i < trains.Length; i++) ends[i + 1] = ends[i] + trains[i].Count;
        double[] times = new double[ends[^1]], otherTimes = trains.Length > 1 ? new double[ends[^1]] : [];
        int[] marks = new int[ends[^1]], otherMarks = new int[otherTimes.Length];
        for (int i = 0; i < trains.Length; i++)
        {
            trains[i].Times.CopyTo(times.AsSpan(ends[i]));
            marks.AsSpan(ends[i], trains[i].Count).Fill(i);
        }

        for (int width = 1; width < trains.Length; width *= 2)
        {
            (double[] fromTimes, int[] fromMarks, double[] toTimes, int[] toMarks) = (times, marks, otherTimes, otherMarks);
            int pair = 2 * width;
            Parallel.For(0, (trains.Length + pair - 1) / pair, run =>
            {
                int low = ends[run * pair], middle = ends[Math.Min((run * pair) + width, trains.Length)], high = ends[Math.Min((run + 1) * pair, trains.Length)];
                MergeRuns(fromTimes, fromMarks, low, middle, high, toTimes, toMarks);
            });
            (times, marks, otherTimes, otherMarks) = (otherTimes, otherMarks, times, marks);
        }

        return (times, marks);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MergeRuns(double[] times, int[] marks, int low, int middle, int high, double[] toTimes, int[] toMarks)
    {
        int left = low, right = middle;
        int both = low;
        while (left < middle && right < high)
        {
            // Written without a branch on the data: which train fires next cannot be predicted.
            double a = times[left], b = times[right];
            int takeRight = b < a ? 1 : 0;
            int from = takeRight == 0 ? left : right;
            toTimes[both] = takeRight == 0 ? a : b;
            toMarks[both++] = marks[from];
            right += takeRight;
            left += 1 - takeRight;
        }

        Array.Copy(times, left, toTimes, both, middle - left);
        Array.Copy(marks, left, toMarks, both, middle - left);
        both += middle - left;
        Array.Copy(times, right, toTimes, both, high - right);
        Array.Copy(marks, right, toMarks, both, high - right);
    }
}
