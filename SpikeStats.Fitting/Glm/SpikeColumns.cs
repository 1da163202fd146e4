using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SpikeStats.Models.Bases;

namespace SpikeStats.Fitting.Glm;

/// <summary>Features Σ_s B[t - s] of the past spikes s of one unit, scattered spike by spike: cost per spike and lag, not per bin.</summary>
internal sealed class SpikeColumns : ColumnGroup
{
    private readonly int[] bins;
    private readonly LagMatrix basis;
    private readonly double[] padded;
    private readonly int paddedColumns;

    public SpikeColumns(int firstColumn, int[] bins, LagMatrix basis)
        : base(firstColumn, basis.ColumnCount)
    {
        this.bins = bins;
        this.basis = basis;
        paddedColumns = (basis.ColumnCount + GramKernel.Lanes - 1) / GramKernel.Lanes * GramKernel.Lanes;
        padded = new double[basis.RowCount * paddedColumns];
        for (int row = 0; row < basis.RowCount; row++) basis.Row(row).CopyTo(padded.AsSpan(row * paddedColumns));
    }

    public override int LastLag => basis.LastLag;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Add(BinSegment segment, int firstBin, int rows, Span<double> block, int stride)
    {
        int end = firstBin + rows;
        for (int spike = First(Math.Max(segment.FirstBin, firstBin - basis.LastLag)); spike < bins.Length; spike++)
        {
            int bin = bins[spike];
            int firstLag = Math.Max(basis.FirstLag, firstBin - bin), lastLag = Math.Min(basis.LastLag, end - 1 - bin);
            if (bin + basis.FirstLag >= end) break;
            for (int lag = firstLag; lag <= lastLag; lag++)
            {
                ref double source = ref padded[(lag - basis.FirstLag) * paddedColumns];
                ref double target = ref MemoryMarshal.GetReference(block[(((bin + lag - firstBin) * stride) + FirstColumn)..]);
                for (int column = 0; column < paddedColumns; column += GramKernel.Lanes)
                {
                    Vector512<double> sum = Vector512.LoadUnsafe(ref target, (nuint)column) + Vector512.LoadUnsafe(ref source, (nuint)column);
                    sum.StoreUnsafe(ref target, (nuint)column);
                }
            }
        }
    }

    public override bool[] SeparatedColumns(ReadOnlySpan<int> eventBins, GlmDesign design)
    {
        bool[] candidate = new bool[ColumnCount];
        for (int column = 0; column < ColumnCount; column++) candidate[column] = HasOneSign(column);
        foreach (int bin in eventBins)
        {
            int earliest = Math.Max(design.Grid.SegmentOf(bin).FirstBin, bin - basis.LastLag);
            for (int spike = First(earliest); spike < bins.Length && bins[spike] <= bin - basis.FirstLag; spike++)
            {
                ReadOnlySpan<double> features = basis.Row(bin - bins[spike] - basis.FirstLag);
                for (int column = 0; column < ColumnCount; column++) candidate[column] &= features[column] == 0;
            }
        }

        for (int column = 0; column < ColumnCount; column++) candidate[column] = candidate[column] && IsActive(column, design);
        return candidate;
    }

    private bool HasOneSign(int column)
    {
        bool positive = false, negative = false;
        for (int row = 0; row < basis.RowCount; row++)
        {
            positive |= basis[row, column] > 0;
            negative |= basis[row, column] < 0;
        }

        return positive != negative;
    }

    private bool IsActive(int column, GlmDesign design)
    {
        foreach (int bin in bins)
        {
            BinSegment segment = design.Grid.SegmentOf(bin);
            for (int row = 0; row < basis.RowCount; row++)
            {
                int reached = bin + basis.FirstLag + row;
                if (reached >= segment.FirstBin + segment.BinCount) break;
                if (basis[row, column] != 0 && reached >= segment.FirstBin + design.DroppedBins) return true;
            }
        }

        return false;
    }

    // Position of the first spike in or after a bin.
    private int First(int bin)
    {
        int low = 0, high = bins.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (bins[middle] < bin) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
