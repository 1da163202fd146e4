namespace SpikeStats.Statistics;

/// <summary>The spike train metric of van Rossum: the distance between trains filtered by a causal exponential.</summary>
/// <remarks>
/// D² = (1/τ) ∫ (f - g)² dt, with f(t) = Σ_i exp(-(t - a_i)/τ) over the spikes a_i ≤ t, g likewise, and the integral over all time. One
/// spike more gives D² = 1/2; two spikes far apart in different trains give D² = 1.
/// <para>Merging both trains with signs s = +1 and -1 gives D² = Σ_k s_k (s_k/2 + R_k), where R_k = Σ_(l&lt;k) s_l exp(-(t_k - t_l)/τ) needs
/// one exponential per spike. No grid is laid; the result is exact up to rounding (10^-16 of the number of spikes, in D²).</para>
/// <para>The trains should have been observed for the same time: spikes that were not seen count as missing.</para>
/// <para><b>Source:</b> van Rossum, Neural Computation 13 (2001) 751-763; for the recursion Houghton and Kreuz, Network 23 (2012) 48-58.</para>
/// </remarks>
public static class VanRossum
{
    /// <summary>The distance between two trains.</summary>
    /// <param name="first">One train.</param>
    /// <param name="second">The other.</param>
    /// <param name="timeConstant">Time constant τ of the filter, in seconds; positive.</param>
    /// <returns>D, a pure number; 0 for equal trains. Cost O(n + m).</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time constant is not positive.</exception>
    public static double Distance(SpikeTrain first, SpikeTrain second, double timeConstant)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        RequireTimeConstant(timeConstant);
        return Distance(first.Times, second.Times, timeConstant);
    }

    /// <summary>The distances between all pairs of trains.</summary>
    /// <param name="trains">The trains: units of a recording, or trials of one unit shifted to a common zero.</param>
    /// <param name="timeConstant">Time constant τ of the filter, in seconds; positive.</param>
    /// <param name="threads">Largest number of threads; -1 for one per processor. The result does not depend on it.</param>
    /// <param name="progress">Told the fraction of trains that have been compared with all others, from 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the computation.</param>
    /// <returns>The distances. Cost O(trains² · spikes).</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time constant is not positive.</exception>
    public static DistanceMatrix Distances(
        IReadOnlyList<SpikeTrain> trains, double timeConstant, int threads = -1, IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(trains);
        RequireTimeConstant(timeConstant);
        DistanceMatrix distances = new(trains);
        int done = 0;
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, trains.Count, parallel, first =>
        {
            for (int second = first + 1; second < trains.Count; second++)
                distances.Set(first, second, Distance(trains[first].Times, trains[second].Times, timeConstant));
            progress?.Report(Interlocked.Increment(ref done) / (double)trains.Count);
        });
        return distances;
    }

    private static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double timeConstant)
    {
        double squared = 0, filtered = 0, previous = 0;
        int i = 0, j = 0;
        while (i < a.Length || j < b.Length)
        {
            // At ties the order does not matter: the filtered sum is not decayed in between.
            bool fromFirst = j == b.Length || (i < a.Length && a[i] <= b[j]);
            double time = fromFirst ? a[i++] : b[j++], sign = fromFirst ? 1 : -1;
            filtered *= Math.Exp((previous - time) / timeConstant);
            squared += sign * ((sign / 2) + filtered);
            filtered += sign;
            previous = time;
        }

        return Math.Sqrt(Math.Max(squared, 0));
    }

    private static void RequireTimeConstant(double timeConstant)
    {
        if (!(timeConstant > 0) || !double.IsFinite(timeConstant))
            throw new ArgumentOutOfRangeException(nameof(timeConstant), timeConstant, "The time constant must be positive.");
    }
}
