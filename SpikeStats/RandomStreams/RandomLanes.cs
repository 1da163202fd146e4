using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SpikeStats.RandomStreams;

/// <summary>The random streams of eight neighbouring units at once: Philox4x32-10 with a unit in each lane of a vector.</summary>
/// <remarks>
/// Block n of a unit has the same 128 bits as block n of its <see cref="RandomStream"/>. They make two standard normal numbers, by <see cref="BoxMuller"/> from the first 64 bits,
/// and two uniform numbers of 32 bits each. Every operation is exact or rounded as IEEE 754 prescribes, so that the numbers depend neither on the width of the vectors of the
/// machine nor on the unit's place among its neighbours.
/// </remarks>
internal readonly struct RandomLanes
{
    /// <summary>Units per vector.</summary>
    public const int Count = 8;

    /// <summary>A half of the distance between neighbouring uniform numbers; the smallest of them.</summary>
    public const double HalfSpacing = 0.5 / 4294967296;

    private const int Rounds = 10;

    private readonly Vector512<ulong> units;
    private readonly ulong trial, key0, key1;

    /// <summary>Opens the streams.</summary>
    /// <param name="seed">The seed of the whole computation.</param>
    /// <param name="firstUnit">The unit of the first lane.</param>
    /// <param name="trial">Which trial or repetition draws.</param>
    public RandomLanes(ulong seed, uint firstUnit, uint trial)
    {
        units = Vector512.Create((ulong)firstUnit) + Vector512.Create(0UL, 1, 2, 3, 4, 5, 6, 7);
        this.trial = trial;
        key0 = (uint)seed;
        key1 = seed >> 32;
    }

    /// <summary>Draws from consecutive blocks.</summary>
    /// <param name="firstBlock">The first block.</param>
    /// <param name="gaussians">Receives two vectors per block.</param>
    /// <param name="uniforms">Receives a vector per block, for <see cref="Uniform"/>.</param>
    public void Fill(ulong firstBlock, Span<Vector512<double>> gaussians, Span<Vector512<ulong>> uniforms)
    {
        // Loop after loop: in a single one the chain of dependent operations is so long that the processor never sees the next block while this one is under way. What a loop leaves
        // waits in the place of the numbers that it becomes.
        gaussians = gaussians[..(2 * uniforms.Length)];
        DrawBits(firstBlock, gaussians, uniforms);
        for (int i = 0; i + 1 < gaussians.Length; i += 2) gaussians[i + 1] = BoxMuller.Radius(gaussians[i].AsUInt64());
        Turn(gaussians);
    }

    /// <summary>Draws the bits of consecutive blocks.</summary>
    /// <param name="firstBlock">The first block.</param>
    /// <param name="bits">Receives two vectors per block: 128 random bits for each unit. Some hundred at the most, for as many again stand on the stack.</param>
    public void FillBits(ulong firstBlock, Span<Vector512<ulong>> bits)
    {
        Span<Vector512<ulong>> lastWords = stackalloc Vector512<ulong>[bits.Length / 2];
        DrawBits(firstBlock, MemoryMarshal.Cast<Vector512<ulong>, Vector512<double>>(bits), lastWords);
        for (int i = 0; i < lastWords.Length; i++) bits[(2 * i) + 1] = lastWords[i];
    }

    /// <summary>The uniform numbers of a block, (k + 1/2) / 2^32.</summary>
    /// <param name="packed">The vector of the block.</param>
    /// <param name="which">0 for the first ones, 1 for the second.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Uniform(Vector512<ulong> packed, int which)
    {
        // Exact: k + 1/2 needs 33 bits.
        Vector512<double> word = BoxMuller.ToDouble((packed >>> (32 * which)) & Vector512.Create(0xFFFFFFFFUL));
        return (word + Vector512.Create(0.5)) * Vector512.Create(2 * HalfSpacing);
    }

    /// <summary>An upper bound of -log u, cheaper and by no more than 0.06 too large.</summary>
    /// <remarks>The bits of a number count its binary logarithm along chords between powers of two, which lie below it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ExponentialBound(Vector512<double> uniform)
    {
        const double LogTwo = 0.6931471805599453094, Slack = 1e-6;
        return Vector512.FusedMultiplyAdd(
            BoxMuller.ToDouble(uniform.AsUInt64() >>> 20), Vector512.Create(-LogTwo / 4294967296), Vector512.Create((1023 * LogTwo) + Slack));
    }

    /// <summary>The four words of a block, each in the lower half of a lane.</summary>
    internal (Vector512<ulong> X0, Vector512<ulong> X1, Vector512<ulong> X2, Vector512<ulong> X3) Block(ulong block)
    {
        Span<Vector512<double>> pair = stackalloc Vector512<double>[2];
        Span<Vector512<ulong>> rest = stackalloc Vector512<ulong>[1];
        DrawBits(block, pair, rest);
        Vector512<ulong> low = Vector512.Create(0xFFFFFFFFUL), bits = pair[0].AsUInt64();
        return (bits & low, bits >>> 32, rest[0] & low, rest[0] >>> 32);
    }

    // The first two words of each block, packed, and the last two.
    private void DrawBits(ulong firstBlock, Span<Vector512<double>> firstWords, Span<Vector512<ulong>> lastWords)
    {
        Span<Vector512<ulong>> keys = stackalloc Vector512<ulong>[2 * Rounds];
        Schedule(keys);
        Vector512<ulong> factor0 = Vector512.Create(0xD2511F53UL), factor1 = Vector512.Create(0xCD9E8D57UL), low = Vector512.Create(0xFFFFFFFFUL);
        for (int i = 0; i < lastWords.Length; i++)
        {
            ulong block = firstBlock + (ulong)i;
            Vector512<ulong> x0 = Vector512.Create(block & 0xFFFFFFFF), x1 = Vector512.Create(block >> 32), x2 = units, x3 = Vector512.Create(trial);

            // The upper halves hold what is left of products and keys; no multiplication looks at them, and they are cleared at the end.
            for (int round = 0; round < keys.Length; round += 2)
            {
                Vector512<ulong> product0 = Product(x0, factor0), product1 = Product(x2, factor1);
                x0 = (product1 >>> 32) ^ x1 ^ keys[round];
                x2 = (product0 >>> 32) ^ x3 ^ keys[round + 1];
                x1 = product1;
                x3 = product0;
            }

            firstWords[2 * i] = ((x0 & low) | (x1 << 32)).AsDouble();
            lastWords[i] = (x2 & low) | (x3 << 32);
        }
    }

    private static void Turn(Span<Vector512<double>> gaussians)
    {
        for (int i = 0; i + 1 < gaussians.Length; i += 2) (gaussians[i], gaussians[i + 1]) = BoxMuller.Turned(gaussians[i + 1], gaussians[i].AsUInt64());
    }

    private void Schedule(Span<Vector512<ulong>> keys)
    {
        ulong round0 = key0, round1 = key1;
        for (int round = 0; round < Rounds; round++)
        {
            keys[2 * round] = Vector512.Create(round0);
            keys[(2 * round) + 1] = Vector512.Create(round1);
            round0 += 0x9E3779B9;
            round1 += 0xBB67AE85;
        }
    }

    // The full products of the lower halves of lanes, by the instruction for it where there is one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Product(Vector512<ulong> left, Vector512<ulong> right)
    {
        if (Avx512F.IsSupported) return Avx512F.Multiply(left.AsUInt32(), right.AsUInt32());
        if (Avx2.IsSupported)
            return Vector512.Create(Avx2.Multiply(left.GetLower().AsUInt32(), right.GetLower().AsUInt32()), Avx2.Multiply(left.GetUpper().AsUInt32(), right.GetUpper().AsUInt32()));
        return (left & Vector512.Create(0xFFFFFFFFUL)) * right;
    }
}
