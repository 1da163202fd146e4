using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SpikeStats.Models.Bases;

namespace SpikeStats.Fitting.Glm;

/// <summary>Features Σ_l B[l] x[t - l] of a signal.</summary>
/// <remarks>
/// One function at a time, over the lags at which it is not zero, for 32 bins at once: local bases such as raised cosines cost a fifth of a
/// full convolution, and raw lags a copy.
/// </remarks>
internal sealed class SignalColumns : ColumnGroup
{
    // Bins convolved at once: four vectors of sums stay in registers.
    private const int Tile = 4 * GramKernel.Lanes;

    private readonly double[] signal;
    private readonly LagMatrix basis;

    // For each function: its values between its first and last lag that is not zero, and that first row.
    private readonly (int FirstRow, double[] Values)[] functions;

    public SignalColumns(int firstColumn, double[] signal, LagMatrix basis)
        : base(firstColumn, basis.ColumnCount)
    {
        this.signal = signal;
        this.basis = basis;
        functions = [.. Enumerable.Range(0, basis.ColumnCount).Select(Function)];
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
        double[] rented = ArrayPool<double>.Shared.Rent(functions.Length * Tile);
        Span<double> sums = rented.AsSpan(0, functions.Length * Tile);
        for (int tile = 0; tile < rows; tile += Tile)
        {
            for (int column = 0; column < functions.Length; column++)
            {
                (int firstRow, double[] values) = functions[column];
                Convolve(samples, history + tile - basis.FirstLag - firstRow, values, sums.Slice(column * Tile, Tile));
            }

            // Function by function into row by row, a tile at a time so that both stay in the first-level cache.
            int end = Math.Min(Tile, rows - tile);
            for (int i = 0; i < end; i++)
            {
                Span<double> row = block.Slice(((tile + i) * stride) + FirstColumn, functions.Length);
                for (int column = 0; column < row.Length; column++) row[column] += sums[(column * Tile) + i];
            }
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    // sums[i] = Σ_l values[l] samples[now + i - l] for the bins of a tile.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Convolve(ReadOnlySpan<double> samples, int now, ReadOnlySpan<double> values, Span<double> sums)
    {
        Vector512<double> s0 = default, s1 = default, s2 = default, s3 = default;
        ref double sample = ref Unsafe.Add(ref MemoryMarshal.GetReference(samples), now);
        foreach (double value in values)
        {
            Vector512<double> factor = Vector512.Create(value);
            s0 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref sample), factor, s0);
            s1 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref sample, GramKernel.Lanes), factor, s1);
            s2 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref sample, 2 * GramKernel.Lanes), factor, s2);
            s3 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref sample, 3 * GramKernel.Lanes), factor, s3);
            sample = ref Unsafe.Subtract(ref sample, 1);
        }

        s0.CopyTo(sums);
        s1.CopyTo(sums[GramKernel.Lanes..]);
        s2.CopyTo(sums[(2 * GramKernel.Lanes)..]);
        s3.CopyTo(sums[(3 * GramKernel.Lanes)..]);
    }

    private (int FirstRow, double[] Values) Function(int column)
    {
        double[] values = [.. Enumerable.Range(0, basis.RowCount).Select(row => basis[row, column])];
        int first = Array.FindIndex(values, value => value != 0), last = Array.FindLastIndex(values, value => value != 0);
        return first < 0 ? (0, []) : (first, values[first..(last + 1)]);
    }
}
