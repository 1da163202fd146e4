using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;

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

    private SpikeColumns(int firstColumn, SpikeColumns other)
        : base(firstColumn, other.ColumnCount)
    {
        bins = other.bins;
        basis = other.basis;
        padded = other.padded;
        paddedColumns = other.paddedColumns;
    }

    public override int LastLag => basis.LastLag;

    /// <summary>Ascending bins of the spikes, one entry per spike.</summary>
    public ReadOnlySpan<int> Bins => bins;

    /// <summary>The sampled basis.</summary>
    public LagMatrix Basis => basis;

    /// <summary>The same features in other columns.</summary>
    /// <param name="firstColumn">Column of the design at which they start.</param>
    public SpikeColumns At(int firstColumn) => new(firstColumn, this);

    /// <summary>Position of the first spike in or after a bin.</summary>
    public int First(int bin) => LinearPredictor.FirstAt(bins, bin);

    /// <summary>Number of bins in the reach of a spike, apart from the ends of segments.</summary>
    public long ActiveBinCount()
    {
        long count = 0;
        for (int spike = 0; spike < bins.Length; spike++)
            count += spike == 0 ? basis.RowCount : Math.Min(basis.RowCount, bins[spike] - bins[spike - 1]);
        return count;
    }

    public override void Add(BinSegment segment, int firstBin, int rows, Span<double> block, int stride)
    {
        int end = firstBin + rows;
        for (int spike = First(Math.Max(segment.FirstBin, firstBin - basis.LastLag)); spike < bins.Length; spike++)
        {
            int bin = bins[spike];
            if (bin + basis.FirstLag >= end) break;
            int firstLag = Math.Max(basis.FirstLag, firstBin - bin), lagCount = Math.Min(basis.LastLag, end - 1 - bin) - firstLag + 1;
            if (lagCount <= 0) continue;
            ReadOnlySpan<double> source = padded.AsSpan((firstLag - basis.FirstLag) * paddedColumns, lagCount * paddedColumns);
            Span<double> target = block.Slice(((bin + firstLag - firstBin) * stride) + FirstColumn, ((lagCount - 1) * stride) + paddedColumns);
            AddRows(source, target, stride);
        }
    }

    public override bool[] SeparatedColumns(ReadOnlySpan<int> eventBins, GlmDesign design)
    {
        bool[] candidate = new bool[ColumnCount];
        for (int column = 0; column < ColumnCount; column++) candidate[column] = HasOneSign(column);
        foreach (int bin in eventBins)
        {
            // A spike or two rules out nearly every column of an ordinary unit.
            if (!candidate.Contains(true)) return candidate;
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

    public override bool IsNegative(int column, GlmDesign design) => Enumerable.Range(0, basis.RowCount).Any(row => basis[row, column] < 0);

    // Adds rows of the padded basis to rows of the block; both spans hold the same number of rows.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddRows(ReadOnlySpan<double> source, Span<double> target, int stride)
    {
        ref double from = ref MemoryMarshal.GetReference(source);
        ref double to = ref MemoryMarshal.GetReference(target);
        for (int left = source.Length; left > 0; left -= paddedColumns)
        {
            for (int column = 0; column < paddedColumns; column += GramKernel.Lanes)
            {
                Vector512<double> sum = Vector512.LoadUnsafe(ref to, (nuint)column) + Vector512.LoadUnsafe(ref from, (nuint)column);
                sum.StoreUnsafe(ref to, (nuint)column);
            }

            from = ref Unsafe.Add(ref from, paddedColumns);
            to = ref Unsafe.Add(ref to, stride);
        }
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
}
