using System.Numerics.Tensors;
using SpikeStats.Fitting.Glm;
using SpikeStats.Models.Bases;

namespace SpikeStats.Fitting.Populations;

/// <summary>G = XᵀX of a baseline and filtered spikes, from the lags between spikes: no feature is ever computed.</summary>
/// <remarks>
/// Two spikes at bins a and b contribute Σ_t B[t - a, β] B[t - b, γ] to the entry of their units, which depends on b - a only: it suffices
/// to count the pairs of each lag (a correlogram) and to multiply the counts with the lag products of the basis once. Pairs of which a
/// common bin lies outside the rows, at the ends of a segment, are summed bin by bin.
/// <para>Cost O(pairs of spikes within the longest lag + units² · lags · functions²), whatever the number of bins.</para>
/// </remarks>
internal sealed class SpikePairGram
{
    private readonly GlmDesign design;
    private readonly SpikeColumns[] units;
    private readonly LagMatrix basis;
    private readonly double[][] products;
    private readonly double[] gram;
    private readonly int[][] segmentStarts;

    private SpikePairGram(GlmDesign design)
    {
        this.design = design;
        units = [.. design.Groups.Skip(1).Cast<SpikeColumns>()];
        basis = units[0].Basis;
        products = [.. Enumerable.Range(1 - basis.RowCount, (2 * basis.RowCount) - 1).Select(LagProduct)];
        gram = new double[design.ColumnCount * design.ColumnCount];
        segmentStarts = Array.ConvertAll(units, SegmentStarts);
    }

    /// <summary>Sums the Gram matrix.</summary>
    /// <param name="design">A design of the intercept and spike columns of one basis.</param>
    /// <param name="threadCount">Threads at most; -1 for all.</param>
    /// <param name="cancellationToken">Cancels the sum.</param>
    /// <returns>Columns × columns, row after row, of which the lower triangle is valid.</returns>
    public static double[] Of(GlmDesign design, int threadCount, CancellationToken cancellationToken)
    {
        SpikePairGram sum = new(design);
        sum.gram[0] = design.RowCount;
        ParallelOptions threads = new() { MaxDegreeOfParallelism = threadCount, CancellationToken = cancellationToken };

        // Later units have more partners: the longest rows first leave no thread idle at the end.
        Parallel.For(0, sum.units.Length, threads, i => sum.AddUnit(sum.units.Length - 1 - i));
        return sum.gram;
    }

    private void AddUnit(int unit)
    {
        AddMean(unit);
        int[] counts = new int[products.Length];
        for (int other = 0; other <= unit; other++)
        {
            Array.Clear(counts);
            double[] block = new double[basis.ColumnCount * basis.ColumnCount];
            for (int segment = 0; segment < design.Grid.Segments.Length; segment++) Count(unit, other, segment, counts, block);
            for (int lag = 0; lag < counts.Length; lag++)
            {
                if (counts[lag] != 0) TensorPrimitives.MultiplyAdd(products[lag], counts[lag], block, block);
            }

            for (int i = 0; i < basis.ColumnCount; i++)
            {
                int at = ((units[unit].FirstColumn + i) * design.ColumnCount) + units[other].FirstColumn;
                block.AsSpan(i * basis.ColumnCount, basis.ColumnCount).CopyTo(gram.AsSpan(at, basis.ColumnCount));
            }
        }
    }

    // Counts the pairs (a of the unit, b of the other) in a segment by their lag b - a; pairs near its ends are summed into the block at once.
    private void Count(int unit, int other, int segment, int[] counts, double[] block)
    {
        (int firstRow, int endRow) = Rows(segment);
        int reach = basis.RowCount - 1;
        ReadOnlySpan<int> own = units[unit].Bins[segmentStarts[unit][segment]..segmentStarts[unit][segment + 1]];
        ReadOnlySpan<int> others = units[other].Bins[segmentStarts[other][segment]..segmentStarts[other][segment + 1]];
        int low = 0;
        foreach (int a in own)
        {
            while (low < others.Length && others[low] < a - reach) low++;
            if (a + basis.FirstLag >= firstRow && a + basis.LastLag < endRow)
            {
                for (int i = low; i < others.Length && others[i] <= a + reach; i++) counts[others[i] - a + reach]++;
                continue;
            }

            for (int i = low; i < others.Length && others[i] <= a + reach; i++)
            {
                int first = Math.Max(Math.Max(a, others[i]) + basis.FirstLag, firstRow), last = Math.Min(Math.Min(a, others[i]) + basis.LastLag, endRow - 1);
                for (int bin = first; bin <= last; bin++) AddProduct(bin - a - basis.FirstLag, bin - others[i] - basis.FirstLag, block);
            }
        }
    }

    // The products of the features of a unit with the intercept.
    private void AddMean(int unit)
    {
        double[] sums = new double[basis.ColumnCount];
        for (int segment = 0; segment < design.Grid.Segments.Length; segment++)
        {
            (int firstRow, int endRow) = Rows(segment);
            foreach (int bin in units[unit].Bins[segmentStarts[unit][segment]..segmentStarts[unit][segment + 1]])
            {
                int first = Math.Max(basis.FirstLag, firstRow - bin), last = Math.Min(basis.LastLag, endRow - 1 - bin);
                for (int lag = first; lag <= last; lag++) TensorPrimitives.Add(sums, basis.Row(lag - basis.FirstLag), sums);
            }
        }

        for (int i = 0; i < sums.Length; i++) gram[(units[unit].FirstColumn + i) * design.ColumnCount] = sums[i];
    }

    // Σ_t B[t - a, β] B[t - b, γ] for b - a = lag, row after row.
    private double[] LagProduct(int lag)
    {
        double[] product = new double[basis.ColumnCount * basis.ColumnCount];
        for (int row = Math.Max(0, lag); row < basis.RowCount + Math.Min(0, lag); row++) AddProduct(row, row - lag, product);
        return product;
    }

    private void AddProduct(int row, int otherRow, double[] product)
    {
        for (int i = 0; i < basis.ColumnCount; i++)
        {
            for (int j = 0; j < basis.ColumnCount; j++) product[(i * basis.ColumnCount) + j] += basis[row, i] * basis[otherRow, j];
        }
    }

    private (int FirstRow, int EndRow) Rows(int segment)
    {
        BinSegment bins = design.Grid.Segments[segment];
        return (bins.FirstBin + design.DroppedBins, bins.FirstBin + bins.BinCount);
    }

    // Position of the first spike of each segment, and the number of spikes.
    private int[] SegmentStarts(SpikeColumns unit)
    {
        int[] starts = new int[design.Grid.Segments.Length + 1];
        int position = 0;
        for (int segment = 0; segment < starts.Length - 1; segment++)
        {
            while (position < unit.Bins.Length && unit.Bins[position] < design.Grid.Segments[segment].FirstBin) position++;
            starts[segment] = position;
        }

        starts[^1] = unit.Bins.Length;
        return starts;
    }
}
