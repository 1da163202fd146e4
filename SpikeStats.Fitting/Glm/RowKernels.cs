using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SpikeStats.Fitting.Glm;

/// <summary>Products of a row-major block with vectors. Rows are a multiple of 8 doubles long; calls per row would cost more than their work.</summary>
internal static class RowKernels
{
    /// <summary>predictor = offset + X w.</summary>
    /// <param name="block">X: rows × stride.</param>
    /// <param name="stride">Doubles per row.</param>
    /// <param name="weights">w, of length stride.</param>
    /// <param name="offset">Added to every product.</param>
    /// <param name="predictor">Receives one value per row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Predict(ReadOnlySpan<double> block, int stride, ReadOnlySpan<double> weights, double offset, Span<double> predictor)
    {
        ref double row = ref MemoryMarshal.GetReference(block);
        ref double w = ref MemoryMarshal.GetReference(weights);
        for (int i = 0; i < predictor.Length; i++)
        {
            Vector512<double> even = default, odd = default;
            int column = 0;
            for (; column + (2 * GramKernel.Lanes) <= stride; column += 2 * GramKernel.Lanes)
            {
                even = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref row, (nuint)column), Vector512.LoadUnsafe(ref w, (nuint)column), even);
                odd = Vector512.FusedMultiplyAdd(
                    Vector512.LoadUnsafe(ref row, (nuint)(column + GramKernel.Lanes)), Vector512.LoadUnsafe(ref w, (nuint)(column + GramKernel.Lanes)), odd);
            }

            if (column < stride)
                even = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref row, (nuint)column), Vector512.LoadUnsafe(ref w, (nuint)column), even);
            predictor[i] = offset + Vector512.Sum(even + odd);
            row = ref Unsafe.Add(ref row, stride);
        }
    }

    /// <summary>result += Xᵀ v, four vectors of columns at a time so that their sums stay in registers.</summary>
    /// <param name="block">X: rows × stride.</param>
    /// <param name="stride">Doubles per row.</param>
    /// <param name="vector">v, one value per row.</param>
    /// <param name="result">Sums, of length stride.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddTransposedProduct(ReadOnlySpan<double> block, int stride, ReadOnlySpan<double> vector, Span<double> result)
    {
        const int Lanes = GramKernel.Lanes;
        ref double target = ref MemoryMarshal.GetReference(result);
        int column = 0;
        for (; column + (4 * Lanes) <= stride; column += 4 * Lanes)
        {
            Vector512<double> s0 = default, s1 = default, s2 = default, s3 = default;
            ref double x = ref Unsafe.Add(ref MemoryMarshal.GetReference(block), column);
            foreach (double value in vector)
            {
                Vector512<double> factor = Vector512.Create(value);
                s0 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x), factor, s0);
                s1 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x, Lanes), factor, s1);
                s2 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x, 2 * Lanes), factor, s2);
                s3 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x, 3 * Lanes), factor, s3);
                x = ref Unsafe.Add(ref x, stride);
            }

            Add(ref target, column, s0);
            Add(ref target, column + Lanes, s1);
            Add(ref target, column + (2 * Lanes), s2);
            Add(ref target, column + (3 * Lanes), s3);
        }

        for (; column < stride; column += Lanes)
        {
            Vector512<double> sum = default;
            ref double x = ref Unsafe.Add(ref MemoryMarshal.GetReference(block), column);
            foreach (double value in vector)
            {
                sum = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x), Vector512.Create(value), sum);
                x = ref Unsafe.Add(ref x, stride);
            }

            Add(ref target, column, sum);
        }
    }

    /// <summary>scaled = diag(v) X.</summary>
    /// <param name="block">X: rows × stride.</param>
    /// <param name="stride">Doubles per row.</param>
    /// <param name="vector">v, one value per row.</param>
    /// <param name="scaled">Receives rows × stride.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(ReadOnlySpan<double> block, int stride, ReadOnlySpan<double> vector, Span<double> scaled)
    {
        ref double from = ref MemoryMarshal.GetReference(block);
        ref double to = ref MemoryMarshal.GetReference(scaled);
        foreach (double value in vector)
        {
            Vector512<double> factor = Vector512.Create(value);
            for (int column = 0; column < stride; column += GramKernel.Lanes)
                (Vector512.LoadUnsafe(ref from, (nuint)column) * factor).StoreUnsafe(ref to, (nuint)column);
            from = ref Unsafe.Add(ref from, stride);
            to = ref Unsafe.Add(ref to, stride);
        }
    }

    /// <summary>Drops the rows in which a feature of some columns is not zero, and moves the others together.</summary>
    /// <param name="block">X: rows × stride.</param>
    /// <param name="stride">Doubles per row.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="counts">One count per row, moved along.</param>
    /// <returns>Number of rows that are left.</returns>
    public static int RemoveMasked(Span<double> block, int stride, ReadOnlySpan<int> columns, Span<double> counts)
    {
        if (columns.IsEmpty) return counts.Length;
        int kept = 0;
        for (int row = 0; row < counts.Length; row++)
        {
            bool masked = false;
            foreach (int column in columns) masked |= block[(row * stride) + column] != 0;
            if (masked) continue;
            if (kept != row)
            {
                block.Slice(row * stride, stride).CopyTo(block.Slice(kept * stride, stride));
                counts[kept] = counts[row];
            }

            kept++;
        }

        return kept;
    }

    private static void Add(ref double target, int column, Vector512<double> value) =>
        (Vector512.LoadUnsafe(ref target, (nuint)column) + value).StoreUnsafe(ref target, (nuint)column);
}
