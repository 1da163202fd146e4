using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SpikeStats.Models.Hawkes;

/// <summary>The spikes of several trains merged into one ascending sequence.</summary>
/// <remarks>Cut by time into chunks that stay in cache and are merged in parallel, neighbouring pairs of trains at a time. <b>Cost:</b> O(spikes × log units).</remarks>
internal static class TrainMerge
{
    // So many spikes, twice, stay in the second-level cache.
    private const int ChunkLength = 1 << 12;

    /// <summary>All spikes in their order, each with the position of its train; of simultaneous ones, the earlier train first.</summary>
    public static (double[] Times, int[] Marks) Of(SpikeTrain[] trains)
    {
        int count = trains.Sum(train => train.Count);
        double[] times = GC.AllocateUninitializedArray<double>(count);
        int[] marks = GC.AllocateUninitializedArray<int>(count);
        double[] cuts = Cuts(trains, count);
        Parallel.For(0, cuts.Length + 1, chunk =>
        {
            int[] bounds = new int[trains.Length + 1];
            int start = 0;
            for (int unit = 0; unit < trains.Length; unit++)
            {
                int low = chunk == 0 ? 0 : LowerBound(trains[unit].Times, cuts[chunk - 1]);
                int high = chunk == cuts.Length ? trains[unit].Count : LowerBound(trains[unit].Times, cuts[chunk]);
                start += low;
                bounds[unit + 1] = bounds[unit] + high - low;
            }

            MergeChunk(trains, chunk == 0 ? double.NegativeInfinity : cuts[chunk - 1], bounds, times.AsSpan(start, bounds[^1]), marks.AsSpan(start, bounds[^1]));
        });
        return (times, marks);
    }

    // Times that cut all spikes into chunks of about the same number: quantiles of every n-th spike of each train.
    private static double[] Cuts(SpikeTrain[] trains, int count)
    {
        int chunks = (count + ChunkLength - 1) / ChunkLength, stride = Math.Max(1, ChunkLength / (4 * trains.Length));
        List<double> sample = new(count / stride);
        foreach (SpikeTrain train in trains)
        {
            for (int k = stride - 1; k < train.Count; k += stride) sample.Add(train.Times[k]);
        }

        sample.Sort();
        return [.. Enumerable.Range(1, Math.Max(0, chunks - 1)).Where(_ => sample.Count > 0).Select(chunk => sample[(int)((long)chunk * sample.Count / chunks)]).Distinct()];
    }

    // Neighbouring pairs of trains are merged until one is left: log2(units) passes over spikes that stay in cache.
    private static void MergeChunk(SpikeTrain[] trains, double from, int[] bounds, Span<double> times, Span<int> marks)
    {
        double[] rentedTimes = ArrayPool<double>.Shared.Rent(times.Length);
        int[] rentedMarks = ArrayPool<int>.Shared.Rent(times.Length);
        Span<double> otherTimes = rentedTimes.AsSpan(0, times.Length);
        Span<int> otherMarks = rentedMarks.AsSpan(0, times.Length);
        // Passes take turns between the two memories; the last one must end in the result.
        bool fromOther = BitOperations.Log2((uint)trains.Length - 1) % 2 == 0;
        for (int unit = 0; unit < trains.Length; unit++)
        {
            ReadOnlySpan<double> train = trains[unit].Times;
            train.Slice(LowerBound(train, from), bounds[unit + 1] - bounds[unit]).CopyTo((fromOther ? otherTimes : times)[bounds[unit]..]);
            (fromOther ? otherMarks : marks)[bounds[unit]..bounds[unit + 1]].Fill(unit);
        }

        for (int width = 1; width < trains.Length; width *= 2, fromOther = !fromOther)
        {
            for (int low = 0; low < trains.Length; low += 2 * width)
            {
                int start = bounds[low], middle = bounds[Math.Min(low + width, trains.Length)], end = bounds[Math.Min(low + (2 * width), trains.Length)];
                if (fromOther) MergeRuns(otherTimes, otherMarks, start, middle, end, times, marks);
                else MergeRuns(times, marks, start, middle, end, otherTimes, otherMarks);
            }
        }

        ArrayPool<double>.Shared.Return(rentedTimes);
        ArrayPool<int>.Shared.Return(rentedMarks);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MergeRuns(ReadOnlySpan<double> times, ReadOnlySpan<int> marks, int low, int middle, int high, Span<double> toTimes, Span<int> toMarks)
    {
        int left = low, right = middle, lastLeft = middle - 1, lastRight = high - 1, front = low, back = high - 1;
        ref double time = ref MemoryMarshal.GetReference(times), toTime = ref MemoryMarshal.GetReference(toTimes);
        ref int mark = ref MemoryMarshal.GetReference(marks), toMark = ref MemoryMarshal.GetReference(toMarks);
        // Each step depends on the one before, so that both ends are filled at once; with two spikes left in each run they do not meet. Written
        // without a branch on the data: which train fires next cannot be predicted.
        while (left < lastLeft && right < lastRight)
        {
            double a = Unsafe.Add(ref time, left), b = Unsafe.Add(ref time, right);
            int takeRight = b < a ? 1 : 0;
            Unsafe.Add(ref toTime, front) = double.MinNative(a, b);
            Unsafe.Add(ref toMark, front++) = Unsafe.Add(ref mark, left + (-takeRight & (right - left)));
            right += takeRight;
            left += 1 - takeRight;

            double c = Unsafe.Add(ref time, lastLeft), d = Unsafe.Add(ref time, lastRight);
            int takeLeft = c > d ? 1 : 0;
            Unsafe.Add(ref toTime, back) = double.MaxNative(c, d);
            Unsafe.Add(ref toMark, back--) = Unsafe.Add(ref mark, lastRight + (-takeLeft & (lastLeft - lastRight)));
            lastLeft -= takeLeft;
            lastRight -= 1 - takeLeft;
        }

        while (left <= lastLeft && right <= lastRight)
        {
            int from = times[right] < times[left] ? right++ : left++;
            toTimes[front] = times[from];
            toMarks[front++] = marks[from];
        }

        times[left..(lastLeft + 1)].CopyTo(toTimes[front..]);
        marks[left..(lastLeft + 1)].CopyTo(toMarks[front..]);
        front += lastLeft + 1 - left;
        times[right..(lastRight + 1)].CopyTo(toTimes[front..]);
        marks[right..(lastRight + 1)].CopyTo(toMarks[front..]);
    }

    /// <summary>The number of times before a given one.</summary>
    public static int LowerBound(ReadOnlySpan<double> times, double time)
    {
        int low = 0, high = times.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (times[middle] < time) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
