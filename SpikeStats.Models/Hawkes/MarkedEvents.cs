using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace SpikeStats.Models.Hawkes;

/// <summary>The spikes of several units on one time axis, observed interval by observed interval, each with the unit it belongs to.</summary>
internal sealed class MarkedEvents
{
    private const int BlockLength = 512;

    private int[]? marks;

    // Marks of one unit are all 0; they are made when they are asked for.
    private MarkedEvents(TimeIntervals observed, double[] times, int[]? marks, int[] stretchStarts, int[] counts)
    {
        Observed = observed;
        Times = times;
        this.marks = marks;
        StretchStarts = stretchStarts;
        Counts = counts;
    }

    /// <summary>The intervals in which all units were observed; each starts without a past.</summary>
    public TimeIntervals Observed { get; }

    /// <summary>Spike times, in seconds, ascending.</summary>
    public double[] Times { get; }

    /// <summary>The position of each spike's unit.</summary>
    public int[] Marks => marks ??= new int[Count];

    /// <summary>The first event of each observed interval, and the number of events at the end.</summary>
    public int[] StretchStarts { get; }

    public int UnitCount => Counts.Length;

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

        (double[] times, int[]? marks) = trains.Length == 1 ? (TimesOf(trains[0]), null) : TrainMerge.Of(trains);
        int[] starts = new int[observed.Count + 1];
        for (int s = 0; s < observed.Count; s++) starts[s + 1] = starts[s] + trains.Sum(train => train.TimesIn(s).Length);
        return new MarkedEvents(observed, times, marks, starts, Array.ConvertAll(trains, train => train.Count));
    }

    /// <summary>Some runs of consecutive events, evenly spread, as if nothing else had been observed.</summary>
    /// <param name="count">How many events, about; much less than there are.</param>
    /// <param name="runs">The number of runs; at least 2.</param>
    public MarkedEvents Sample(int count, int runs)
    {
        int length = count / runs;
        TimeInterval[] spans = new TimeInterval[runs];
        for (int r = 0; r < runs; r++)
        {
            int first = (int)((long)r * (Count - length) / (runs - 1));
            spans[r] = new TimeInterval(Times[first], Math.BitIncrement(Times[first + length - 1]));
        }

        TimeIntervals kept = Observed.Intersect(TimeIntervals.Union(spans));
        int[] starts = new int[kept.Count + 1], counts = new int[UnitCount];
        List<double> times = new(count);
        List<int> marks = new(count);
        for (int s = 0; s < kept.Count; s++)
        {
            Range run = TrainMerge.LowerBound(Times, kept[s].Start)..TrainMerge.LowerBound(Times, kept[s].End);
            times.AddRange(Times.AsSpan(run));
            if (UnitCount > 1) marks.AddRange(Marks.AsSpan(run));
            starts[s + 1] = times.Count;
        }

        foreach (int mark in marks) counts[mark]++;
        if (UnitCount == 1) counts[0] = times.Count;
        return new MarkedEvents(kept, [.. times], UnitCount == 1 ? null : [.. marks], starts, counts);
    }

    /// <summary>The shortest time between events of an observed interval that are not simultaneous, in seconds; infinity if there are none.</summary>
    public double ShortestInterval()
    {
        double shortest = double.PositiveInfinity;
        Span<double> block = stackalloc double[BlockLength];
        for (int s = 0; s + 1 < StretchStarts.Length; s++)
        {
            for (int k = StretchStarts[s]; k + 1 < StretchStarts[s + 1];)
            {
                int length = Math.Min(BlockLength, StretchStarts[s + 1] - 1 - k);
                Span<double> intervals = block[..length];
                TensorPrimitives.Subtract(Times.AsSpan(k + 1, length), Times.AsSpan(k, length), intervals);
                double least = TensorPrimitives.Min<double>(intervals);
                if (least > 0)
                {
                    shortest = Math.Min(shortest, least);
                }
                else
                {
                    foreach (double interval in intervals)
                    {
                        if (interval > 0 && interval < shortest) shortest = interval;
                    }
                }

                k += length;
            }
        }

        return shortest;
    }

    /// <summary>The observed interval that holds an event.</summary>
    public int StretchOf(int eventIndex)
    {
        int low = 0, high = StretchStarts.Length - 2;
        while (low < high)
        {
            int middle = (low + high + 1) >>> 1;
            if (StretchStarts[middle] <= eventIndex) low = middle;
            else high = middle - 1;
        }

        return low;
    }

    // The array of the train itself where it holds nothing else: nobody writes to it.
    private static double[] TimesOf(SpikeTrain train) =>
        MemoryMarshal.TryGetArray(train.Memory, out ArraySegment<double> times) && times.Count == times.Array!.Length ? times.Array : train.Times.ToArray();
}
