using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SpikeStats.Models.Bases;

namespace SpikeStats.Fitting.Glm;

/// <summary>Features Σ_l B[l] x[t - l] of a signal.</summary>
/// <remarks>
/// Two neighbouring functions at a time, over the lags at which either is not zero, for 32 bins at once: local bases such as raised
/// cosines cost a fifth of a full convolution, raw lags little more than a copy, and every sample that is loaded serves two sums.
/// </remarks>
internal sealed class SignalColumns : ColumnGroup
{
    // Bins convolved at once: four vectors of sums stay in registers.
    private const int Tile = 4 * GramKernel.Lanes;

    private readonly double[] signal;
    private readonly LagMatrix basis;

    private readonly FunctionPair[] pairs;

    public SignalColumns(int firstColumn, double[] signal, LagMatrix basis)
        : base(firstColumn, basis.ColumnCount)
    {
        this.signal = signal;
        this.basis = basis;
        pairs = [.. Enumerable.Range(0, (basis.ColumnCount + 1) / 2).Select(pair => Pair(2 * pair))];
    }

    public override int LastLag => basis.LastLag;

    public override void Add(BinSegment segment, int firstBin, int rows, Span<double> block, int stride)
    {
        // Samples from the longest lag before the block to its end, filled up to whole tiles; zeros stand for what lies before the segment.
        int history = basis.LastLag, padded = (rows + Tile - 1) / Tile * Tile;
        Span<double> samples = history + padded <= 4096 ? stackalloc double[history + padded] : new double[history + padded];
        int missing = Math.Clamp(segment.FirstBin - (firstBin - history), 0, history);
        samples[..missing].Clear();
        signal.AsSpan(firstBin - history + missing, rows + history - missing).CopyTo(samples[missing..]);
        samples[(history + rows)..].Clear();
        double[] rented = ArrayPool<double>.Shared.Rent(2 * pairs.Length * Tile);
        Span<double> sums = rented.AsSpan(0, 2 * pairs.Length * Tile);
        for (int tile = 0; tile < rows; tile += Tile)
        {
            for (int pair = 0; pair < pairs.Length; pair++)
                Convolve(samples, history + tile - basis.FirstLag - pairs[pair].FirstRow, pairs[pair], sums.Slice(2 * pair * Tile, 2 * Tile));

            // Function by function into row by row, a tile at a time so that both stay in the first-level cache.
            int end = Math.Min(Tile, rows - tile);
            for (int i = 0; i < end; i++)
            {
                Span<double> row = block.Slice(((tile + i) * stride) + FirstColumn, ColumnCount);
                for (int column = 0; column < row.Length; column++) row[column] += sums[(column * Tile) + i];
            }
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    // sums[i] = Σ_l left[l] samples[now + i - l] for the bins of a tile, and behind them the same with right.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Convolve(ReadOnlySpan<double> samples, int now, FunctionPair pair, Span<double> sums)
    {
        const int Lanes = GramKernel.Lanes;
        Vector512<double> s0 = default, s1 = default, s2 = default, s3 = default, t0 = default, t1 = default, t2 = default, t3 = default;
        ref double sample = ref Unsafe.Add(ref MemoryMarshal.GetReference(samples), now);
        ReadOnlySpan<double> left = pair.Left, right = pair.Right;
        for (int row = 0; row < left.Length; row++)
        {
            Vector512<double> l = Vector512.Create(left[row]), r = Vector512.Create(right[row]);
            Vector512<double> x0 = Vector512.LoadUnsafe(ref sample), x1 = Vector512.LoadUnsafe(ref sample, Lanes);
            Vector512<double> x2 = Vector512.LoadUnsafe(ref sample, 2 * Lanes), x3 = Vector512.LoadUnsafe(ref sample, 3 * Lanes);
            s0 = Vector512.FusedMultiplyAdd(x0, l, s0);
            s1 = Vector512.FusedMultiplyAdd(x1, l, s1);
            s2 = Vector512.FusedMultiplyAdd(x2, l, s2);
            s3 = Vector512.FusedMultiplyAdd(x3, l, s3);
            t0 = Vector512.FusedMultiplyAdd(x0, r, t0);
            t1 = Vector512.FusedMultiplyAdd(x1, r, t1);
            t2 = Vector512.FusedMultiplyAdd(x2, r, t2);
            t3 = Vector512.FusedMultiplyAdd(x3, r, t3);
            sample = ref Unsafe.Subtract(ref sample, 1);
        }

        s0.CopyTo(sums);
        s1.CopyTo(sums[Lanes..]);
        s2.CopyTo(sums[(2 * Lanes)..]);
        s3.CopyTo(sums[(3 * Lanes)..]);
        t0.CopyTo(sums[(4 * Lanes)..]);
        t1.CopyTo(sums[(5 * Lanes)..]);
        t2.CopyTo(sums[(6 * Lanes)..]);
        t3.CopyTo(sums[(7 * Lanes)..]);
    }

    // The last function of an odd number is paired with zero.
    private FunctionPair Pair(int column)
    {
        double[] left = Function(column), right = column + 1 < basis.ColumnCount ? Function(column + 1) : new double[basis.RowCount];
        int first = 0, end = basis.RowCount;
        while (first < end && left[first] == 0 && right[first] == 0) first++;
        while (end > first && left[end - 1] == 0 && right[end - 1] == 0) end--;
        return new FunctionPair(first, left[first..end], right[first..end]);
    }

    private double[] Function(int column) => [.. Enumerable.Range(0, basis.RowCount).Select(row => basis[row, column])];

    /// <summary>Two functions between the first and the last row at which either is not zero.</summary>
    private sealed record FunctionPair(int FirstRow, double[] Left, double[] Right);
}
