namespace SpikeStats.Statistics;

/// <summary>The spike train metric of Victor and Purpura: the least cost of turning one train into the other.</summary>
/// <remarks>
/// Deleting or inserting a spike costs 1, moving it by Δt costs q |Δt|. For q = 0 the distance is the difference of the numbers of spikes;
/// for q → ∞ it is the number of spikes without a partner at the same instant. Moving pays only over less than 2/q.
/// <para>The cost saved against deleting everything and inserting everything, G, obeys
/// G_ij = max(G_(i-1)j, G_i(j-1), G_(i-1)(j-1) + 2 - q |a_i - b_j|), and the distance is n + m - G_nm. Rows of G change only where
/// |a_i - b_j| &lt; 2/q: only this band is visited.</para>
/// <para>The trains should have been observed for the same time: spikes that were not seen count as missing.</para>
/// <para><b>Accuracy:</b> exact up to rounding, some 10^-16 of the number of spikes.</para>
/// <para><b>Source:</b> Victor and Purpura, Journal of Neurophysiology 76 (1996) 1310-1326, D^spike[q]; the recursion there is that of
/// Sellers (1974) for the distance itself.</para>
/// </remarks>
public static class VictorPurpura
{
    /// <summary>The distance between two trains.</summary>
    /// <param name="first">One train.</param>
    /// <param name="second">The other.</param>
    /// <param name="cost">Cost q of moving a spike, per second; finite, not negative.</param>
    /// <returns>The distance, a pure number; n if the other train is empty. Cost O(pairs of spikes closer than 2/q).</returns>
    /// <exception cref="ArgumentOutOfRangeException">The cost is negative or not finite.</exception>
    public static double Distance(SpikeTrain first, SpikeTrain second, double cost)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        RequireCost(cost);
        ReadOnlySpan<double> a = first.Times, b = second.Times;
        double reach = 2 / cost;

        // gain[j] is G of the spikes of a so far and the first j of b, up to j = high; beyond, it is gain[high].
        double[] gain = new double[b.Length + 1];
        int low = 0, high = 0;
        foreach (double time in a)
        {
            while (low < b.Length && time - b[low] >= reach) low++;
            for (; high < b.Length && b[high] - time < reach; high++) gain[high + 1] = gain[high];
            double diagonal = gain[low], left = diagonal;
            for (int j = low; j < high; j++)
            {
                double above = gain[j + 1];
                left = Math.Max(Math.Max(above, left), diagonal + (2 - (cost * Math.Abs(time - b[j]))));
                gain[j + 1] = left;
                diagonal = above;
            }
        }

        return a.Length + b.Length - gain[high];
    }

    /// <summary>The distances between all pairs of trains.</summary>
    /// <remarks>One train meets eight others at a time, one in each lane of a vector.</remarks>
    /// <param name="trains">The trains: units of a recording, or trials of one unit shifted to a common zero.</param>
    /// <param name="cost">Cost q of moving a spike, per second; finite, not negative.</param>
    /// <param name="threads">Largest number of threads; -1 for one per processor. The result does not depend on it.</param>
    /// <param name="progress">Told the fraction of trains that have been compared with all others, from 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the computation.</param>
    /// <returns>The distances. Cost at most O(trains² · spikes² / 8).</returns>
    /// <exception cref="ArgumentOutOfRangeException">The cost is negative or not finite.</exception>
    public static DistanceMatrix Distances(
        IReadOnlyList<SpikeTrain> trains, double cost, int threads = -1, IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(trains);
        RequireCost(cost);
        DistanceMatrix distances = new(trains);
        TrainBundle[] bundles = TrainBundle.Of(trains);
        int done = 0;
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, trains.Count, parallel, first =>
        {
            for (int bundle = first / TrainBundle.Size; bundle < bundles.Length; bundle++)
            {
                double[] toBundle = bundles[bundle].DistancesTo(trains[first].Times, cost);
                for (int lane = 0; lane < toBundle.Length; lane++)
                {
                    int second = (bundle * TrainBundle.Size) + lane;
                    if (second > first) distances.Set(first, second, toBundle[lane]);
                }
            }

            progress?.Report(Interlocked.Increment(ref done) / (double)trains.Count);
        });
        return distances;
    }

    private static void RequireCost(double cost)
    {
        if (!(cost >= 0) || !double.IsFinite(cost))
            throw new ArgumentOutOfRangeException(nameof(cost), cost, "The cost of moving a spike must be finite and not negative.");
    }
}
