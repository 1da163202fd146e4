namespace SpikeStats.RandomStreams;

/// <summary>A deterministic stream of random numbers for a (seed, unit, trial): Philox4x32-10.</summary>
/// <remarks>
/// Counter-based: block n of the stream is a keyed permutation of (n, unit, trial) under the seed, so that streams of different units
/// or trials are independent and results do not depend on which thread draws them, or in which order.
/// <para><b>Source:</b> Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011; tested against the
/// known-answer vectors of their Random123 distribution.</para>
/// <para>An instance is not safe for concurrent use; make one per stream.</para>
/// </remarks>
public sealed class RandomStream
{
    private readonly uint key0, key1, unit, trial;
    private ulong block;
    private ulong pending;
    private bool hasPending;
    private double pendingGaussian = double.NaN;

    /// <summary>Opens a stream.</summary>
    /// <param name="seed">The seed of the whole computation.</param>
    /// <param name="unit">Which unit, neuron or other parallel part draws.</param>
    /// <param name="trial">Which trial or repetition draws.</param>
    public RandomStream(ulong seed, uint unit = 0, uint trial = 0)
    {
        key0 = (uint)seed;
        key1 = (uint)(seed >> 32);
        this.unit = unit;
        this.trial = trial;
    }

    /// <summary>Draws 64 random bits.</summary>
    /// <returns>A uniformly distributed integer.</returns>
    public ulong NextUInt64()
    {
        if (hasPending)
        {
            hasPending = false;
            return pending;
        }

        (uint a, uint b, uint c, uint d) = Philox4x32((uint)block, (uint)(block >> 32), unit, trial, key0, key1);
        block++;
        pending = ((ulong)d << 32) | c;
        hasPending = true;
        return ((ulong)b << 32) | a;
    }

    /// <summary>Draws a number that is uniform on the open interval (0, 1).</summary>
    /// <returns>(k + 1/2) / 2^53 for a uniform integer k of 53 bits; never 0 and never 1, so that its logarithm is finite.</returns>
    public double NextDouble() => ((NextUInt64() >> 11) + 0.5) * (1.0 / 9007199254740992.0);

    /// <summary>Draws an exponentially distributed number.</summary>
    /// <returns>A number of mean 1.</returns>
    public double NextExponential() => -Math.Log(NextDouble());

    /// <summary>Draws a standard normal number (Box and Muller 1958).</summary>
    /// <returns>A number of mean 0 and variance 1.</returns>
    public double NextGaussian()
    {
        if (!double.IsNaN(pendingGaussian))
        {
            double kept = pendingGaussian;
            pendingGaussian = double.NaN;
            return kept;
        }

        double radius = Math.Sqrt(-2 * Math.Log(NextDouble()));
        (double sine, double cosine) = Math.SinCos(2 * Math.PI * NextDouble());
        pendingGaussian = radius * sine;
        return radius * cosine;
    }

    /// <summary>Draws a Poisson distributed number.</summary>
    /// <param name="mean">The mean count; not negative.</param>
    /// <returns>A count. Cost O(mean): exponential gaps are added up until they exceed the mean.</returns>
    public int NextPoisson(double mean)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(mean);
        if (!double.IsFinite(mean)) throw new ArgumentOutOfRangeException(nameof(mean), mean, "The mean must be finite.");
        int count = 0;
        for (double sum = NextExponential(); sum <= mean; sum += NextExponential()) count++;
        return count;
    }

    /// <summary>The Philox4x32 bijection with ten rounds.</summary>
    internal static (uint X0, uint X1, uint X2, uint X3) Philox4x32(uint x0, uint x1, uint x2, uint x3, uint key0, uint key1)
    {
        for (int round = 0; round < 10; round++)
        {
            ulong product0 = 0xD2511F53UL * x0;
            ulong product1 = 0xCD9E8D57UL * x2;
            (x0, x1, x2, x3) = ((uint)(product1 >> 32) ^ x1 ^ key0, (uint)product1, (uint)(product0 >> 32) ^ x3 ^ key1, (uint)product0);
            key0 += 0x9E3779B9;
            key1 += 0xBB67AE85;
        }

        return (x0, x1, x2, x3);
    }
}
