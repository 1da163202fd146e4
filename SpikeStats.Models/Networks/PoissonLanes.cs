using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Networks;

/// <summary>Poisson counts of eight neighbouring neurons, step by step, from 32 random bits each by the inverse of the distribution.</summary>
/// <remarks>
/// A count is the number of limits that the bits reach; limits are the distribution function times 2³², rounded. A count is thus wrong with a probability below 10⁻⁸, and tails below
/// 2⁻³³ are cut off. Bits depend on the neuron and the step alone. <b>Cost:</b> some 8 √λ + 10 comparisons, 16 of them at once.
/// </remarks>
internal sealed class PoissonLanes
{
    private const double Range = 4294967296;
    private const int StepsPerBlock = 4, WordBits = 32;

    private readonly uint least;
    private readonly uint[] limits;

    /// <summary>Tabulates the distribution.</summary>
    /// <param name="mean">λ, the mean count per step.</param>
    public PoissonLanes(double mean)
    {
        List<uint> reached = [];
        double cumulative = 0, logMean = Math.Log(mean), logTerm = -mean;
        for (int count = 0; ; count++)
        {
            cumulative += Math.Exp(logTerm);
            double limit = Math.Round(cumulative * Range);
            if (limit >= Range || (count > mean && Math.Exp(logTerm) < 0.5 / Range)) break;
            if (limit == 0) least++;
            else reached.Add((uint)limit);
            logTerm += logMean - Math.Log(count + 1.0);
        }

        limits = [.. reached];
    }

    /// <summary>The vectors of bits that a number of steps needs, wherever it begins.</summary>
    public static int BufferLength(int steps) => 2 * (((steps + StepsPerBlock - 2) / StepsPerBlock) + 1);

    /// <summary>Adds counts times a weight.</summary>
    /// <param name="lanes">The random bits of the neurons.</param>
    /// <param name="firstStep">The first step.</param>
    /// <param name="weight">What each arrival adds.</param>
    /// <param name="sums">What is added to, a vector for each step.</param>
    /// <param name="bits">A buffer of <see cref="BufferLength"/>.</param>
    public void Add(in RandomLanes lanes, long firstStep, double weight, Span<Vector512<double>> sums, Span<Vector512<ulong>> bits)
    {
        (long block, long skipped) = Math.DivRem(firstStep, StepsPerBlock);
        bits = bits[..(2 * (int)((skipped + sums.Length + StepsPerBlock - 1) / StepsPerBlock))];
        lanes.FillBits((ulong)block, bits);
        Vector512<double> weights = Vector512.Create(weight);
        for (int i = 0; i < bits.Length; i++)
        {
            Vector512<ulong> counts = Count(bits[i].AsUInt32()).AsUInt64();
            int step = (2 * i) - (int)skipped;
            if ((uint)step < (uint)sums.Length) sums[step] += weights * BoxMuller.ToDouble(counts & Vector512.Create(0xFFFFFFFFUL));
            if ((uint)(step + 1) < (uint)sums.Length) sums[step + 1] += weights * BoxMuller.ToDouble(counts >>> WordBits);
        }
    }

    /// <summary>The counts of 16 words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector512<uint> Count(Vector512<uint> words)
    {
        // A true comparison is -1. Two sums, so that the chain of dependent operations is half as long.
        Vector512<uint> even = Vector512.Create(least), odd = Vector512<uint>.Zero;
        uint[] table = limits;
        int i = 0;
        for (; i + 1 < table.Length; i += 2)
        {
            even -= Vector512.GreaterThanOrEqual(words, Vector512.Create(table[i]));
            odd -= Vector512.GreaterThanOrEqual(words, Vector512.Create(table[i + 1]));
        }

        if (i < table.Length) even -= Vector512.GreaterThanOrEqual(words, Vector512.Create(table[i]));
        return even + odd;
    }
}
