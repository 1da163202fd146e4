namespace SpikeStats.Statistics;

/// <summary>The spikes of all units in one block of time, merged in order of time, with those of a window before the block as partners.</summary>
/// <remarks>
/// Merging k trains of n spikes with a heap costs n log k badly predicted comparisons. Here the spikes are dealt into as many equal
/// buckets of time as there are spikes, and the few in each bucket are sorted: O(n), and O(n log n) at worst. Buffers are reused.
/// </remarks>
internal sealed class MergedBlock(int unitCount)
{
    /// <summary>Room for whole vectors before the first spike.</summary>
    public const int Padding = 8;

    private const int InsertionLimit = 24;

    private double[] times = [];
    private long[] units = [];
    private int[] buckets = [];
    private int[] positions = [];
    private readonly (int Start, int End)[] ranges = new (int, int)[unitCount];
    private readonly int[] positionStarts = new int[unitCount + 1];
    private int count;

    /// <summary>Merged times; those before <see cref="Padding"/> are so early that they are nobody's partner.</summary>
    public ReadOnlySpan<double> Times => times.AsSpan(0, Padding + count);

    /// <summary>The unit of each merged time.</summary>
    public ReadOnlySpan<long> Units => units.AsSpan(0, Padding + count);

    /// <summary>Where the spikes of a unit that lie in the block itself stand in <see cref="Times"/>, ascending.</summary>
    public ReadOnlySpan<int> PositionsOf(int unit) => positions.AsSpan(positionStarts[unit]..positionStarts[unit + 1]);

    /// <summary>Merges the spikes of a block.</summary>
    /// <param name="trains">The trains, one per unit.</param>
    /// <param name="block">The block; it lies in one observed interval.</param>
    /// <param name="observed">The observed interval.</param>
    /// <param name="reach">How long before the block a partner may lie, in seconds.</param>
    public void Load(SpikeTrain[] trains, TimeInterval block, TimeInterval observed, double reach)
    {
        TimeInterval extended = new(Math.Max(observed.Start, block.Start - reach), block.End);
        count = 0;
        for (int unit = 0; unit < trains.Length; unit++)
        {
            ranges[unit] = SpikeTrain.RangeIn(trains[unit].Times, extended);
            count += ranges[unit].End - ranges[unit].Start;
        }

        Reserve();
        times.AsSpan(0, Padding).Fill(extended.Start - (2 * reach));
        Deal(trains, extended);
        SortBuckets();
        FindOwnSpikes(trains, block.Start);
    }

    private void Reserve()
    {
        if (times.Length >= Padding + count && buckets.Length > count) return;
        int capacity = count + (count / 4);
        times = new double[Padding + capacity];
        units = new long[Padding + capacity];
        positions = new int[capacity];
        buckets = new int[capacity + 2];
    }

    private void Deal(SpikeTrain[] trains, TimeInterval extended)
    {
        // buckets[b + 1] counts the spikes of bucket b, then says where the next of them goes.
        Span<int> next = buckets.AsSpan(0, count + 1);
        next.Clear();
        double scale = (count - 1) / Math.Max(extended.Duration, double.Epsilon);
        for (int unit = 0; unit < trains.Length; unit++)
        {
            foreach (double time in trains[unit].Times[ranges[unit].Start..ranges[unit].End]) next[BucketOf(time, extended.Start, scale) + 1]++;
        }

        for (int bucket = 1; bucket < next.Length; bucket++) next[bucket] += next[bucket - 1];
        for (int unit = 0; unit < trains.Length; unit++)
        {
            foreach (double time in trains[unit].Times[ranges[unit].Start..ranges[unit].End])
            {
                int position = Padding + next[BucketOf(time, extended.Start, scale)]++;
                times[position] = time;
                units[position] = unit;
            }
        }
    }

    private int BucketOf(double time, double start, double scale) => Math.Min((int)((time - start) * scale), count - 1);

    private void SortBuckets()
    {
        // After dealing, buckets[b] is where bucket b ends.
        int start = 0;
        for (int bucket = 0; bucket < count; bucket++)
        {
            int end = buckets[bucket];
            if (end - start > InsertionLimit) Array.Sort(times, units, Padding + start, end - start);
            else if (end - start > 1) SortByInsertion(Padding + start, Padding + end);
            start = end;
        }
    }

    private void SortByInsertion(int start, int end)
    {
        for (int i = start + 1; i < end; i++)
        {
            double time = times[i];
            long unit = units[i];
            int hole = i;
            for (; hole > start && times[hole - 1] > time; hole--)
            {
                times[hole] = times[hole - 1];
                units[hole] = units[hole - 1];
            }

            times[hole] = time;
            units[hole] = unit;
        }
    }

    private void FindOwnSpikes(SpikeTrain[] trains, double blockStart)
    {
        int own = 0;
        Span<int> next = new int[unitCount];
        for (int unit = 0; unit < unitCount; unit++)
        {
            ReadOnlySpan<double> extended = trains[unit].Times[ranges[unit].Start..ranges[unit].End];
            int before = 0;
            while (before < extended.Length && extended[before] < blockStart) before++;
            next[unit] = positionStarts[unit] = own;
            own += extended.Length - before;
        }

        positionStarts[unitCount] = own;
        for (int i = Padding + count - own; i < Padding + count; i++) positions[next[(int)units[i]]++] = i;
    }
}
