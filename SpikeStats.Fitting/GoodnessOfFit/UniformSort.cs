namespace SpikeStats.Fitting.GoodnessOfFit;

/// <summary>Sorts values that are spread over [0, 1].</summary>
/// <remarks>
/// Values go into buckets of equal width in one pass, then each bucket is sorted. Uniform values, the case of a true model, take O(n), four
/// times less than a general sort of 70,000; in the worst case, all values in one bucket, it is the O(n log n) of that sort.
/// </remarks>
internal static class UniformSort
{
    private const int ValuesPerBucket = 8;

    /// <summary>The values in ascending order.</summary>
    public static double[] Ascending(ReadOnlySpan<double> values)
    {
        int buckets = (values.Length / ValuesPerBucket) + 1;
        int[] next = new int[buckets + 1];
        foreach (double value in values) next[BucketOf(value, buckets) + 1]++;
        for (int bucket = 0; bucket < buckets; bucket++) next[bucket + 1] += next[bucket];

        double[] sorted = new double[values.Length];
        foreach (double value in values) sorted[next[BucketOf(value, buckets)]++] = value;

        // Each entry has moved on to the end of its bucket.
        int start = 0;
        for (int bucket = 0; bucket < buckets; bucket++)
        {
            sorted.AsSpan(start..next[bucket]).Sort();
            start = next[bucket];
        }

        return sorted;
    }

    private static int BucketOf(double value, int buckets) => Math.Min((int)(value * buckets), buckets - 1);
}
