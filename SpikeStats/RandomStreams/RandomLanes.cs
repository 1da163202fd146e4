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
        Span<Vector512<ulong>> keys = stackalloc Vector512<ulong>[2 * Rounds];
        Schedule(keys);
        ref Vector512<ulong> key = ref MemoryMarshal.GetReference(keys);

        // Two loops: in a single one the chain of dependent operations is so long that the processor never sees the next block while this one is under way. The bits wait in the
        // place of the numbers that they become.
        gaussians = gaussians[..(2 * uniforms.Length)];
        for (int block = 0; block < uniforms.Length; block++)
        {
            (Vector512<ulong> x0, Vector512<ulong> x1, Vector512<ulong> x2, Vector512<ulong> x3) = Block(firstBlock + (ulong)block, ref key);
            gaussians[2 * block] = (x0 | (x1 << 32)).AsDouble();
            uniforms[block] = x2 | (x3 << 32);
        }

        for (int i = 0; i + 1 < gaussians.Length; i += 2) (gaussians[i], gaussians[i + 1]) = BoxMuller.Of(gaussians[i].AsUInt64());
    }

    /// <summary>Draws the bits of consecutive blocks.</summary>
    /// <param name="firstBlock">The first block.</param>
    /// <param name="bits">Receives two vectors per block: 128 random bits for each unit.</param>
    public void FillBits(ulong firstBlock, Span<Vector512<ulong>> bits)
    {
        Span<Vector512<ulong>> keys = stackalloc Vector512<ulong>[2 * Rounds];
        Schedule(keys);
        ref Vector512<ulong> key = ref MemoryMarshal.GetReference(keys);
        for (int i = 0; i + 1 < bits.Length; i += 2)
        {
            (Vector512<ulong> x0, Vector512<ulong> x1, Vector512<ulong> x2, Vector512<ulong> x3) = Block(firstBlock + (ulong)(i / 2), ref key);
            bits[i] = x0 | (x1 << 32);
            bits[i + 1] = x2 | (x3 << 32);
        }
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

    /// <summary>The four words of a block, each in the lower half of a lane.</summary>
    internal (Vector512<ulong> X0, Vector512<ulong> X1, Vector512<ulong> X2, Vector512<ulong> X3) Block(ulong block)
    {
        Span<Vector512<ulong>> keys = stackalloc Vector512<ulong>[2 * Rounds];
        Schedule(keys);
        return Block(block, ref MemoryMarshal.GetReference(keys));
    }

    // Written out: a loop would have twice the instructions, and the processor would see less of the next block while this one is under way.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (Vector512<ulong> X0, Vector512<ulong> X1, Vector512<ulong> X2, Vector512<ulong> X3) Block(ulong block, ref Vector512<ulong> keys)
    {
        Vector512<ulong> x0 = Vector512.Create(block & 0xFFFFFFFF), x1 = Vector512.Create(block >> 32), x2 = units, x3 = Vector512.Create(trial), low = Vector512.Create(0xFFFFFFFFUL);
        Round(ref x0, ref x1, ref x2, ref x3, ref keys);
        Round(ref x0, ref x1, ref x2, ref x3, ref Unsafe.Add(ref keys, 2));
        Round(ref x0, ref x1, ref x2, ref x3, ref Unsafe.Add(ref keys, 4));
        Round(ref x0, ref x1, ref x2, ref x3, ref Unsafe.Add(ref keys, 6));
        Round(ref x0, ref x1, ref x2, ref x3, ref Unsafe.Add(ref keys, 8));
        Round(ref x0, ref x1, ref x2, ref x3, ref Unsafe.Add(ref keys, 10));
        Round(ref x0, ref x1, ref x2, ref x3, ref Unsafe.Add(ref keys, 12));
        Round(ref x0, ref x1, ref x2, ref x3, ref Unsafe.Add(ref keys, 14));
        Round(ref x0, ref x1, ref x2, ref x3, ref Unsafe.Add(ref keys, 16));
        Round(ref x0, ref x1, ref x2, ref x3, ref Unsafe.Add(ref keys, 18));
        return (x0 & low, x1 & low, x2 & low, x3 & low);
    }

    // The upper halves hold what is left of products and keys; no multiplication looks at them, and they are cleared at the end.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(ref Vector512<ulong> x0, ref Vector512<ulong> x1, ref Vector512<ulong> x2, ref Vector512<ulong> x3, ref Vector512<ulong> keys)
    {
        Vector512<ulong> product0 = Product(x0, Vector512.Create(0xD2511F53UL)), product1 = Product(x2, Vector512.Create(0xCD9E8D57UL));
        x0 = (product1 >>> 32) ^ x1 ^ keys;
        x2 = (product0 >>> 32) ^ x3 ^ Unsafe.Add(ref keys, 1);
        x1 = product1;
        x3 = product0;
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
