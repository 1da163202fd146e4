using SpikeStats.Models.Bases;

namespace SpikeStats.Fitting.Glm;

/// <summary>Functions of the present values of signals.</summary>
internal sealed class SmoothColumns : ColumnGroup
{
    private readonly TensorProductBasis basis;
    private readonly double[][] signals;
    private readonly int[] kept;

    /// <summary>Creates the columns.</summary>
    /// <param name="firstColumn">Column of the design at which the group starts.</param>
    /// <param name="basis">The functions.</param>
    /// <param name="signals">The value of each signal in every bin, within the range of its margin.</param>
    /// <param name="kept">Functions that have a column, ascending.</param>
    public SmoothColumns(int firstColumn, TensorProductBasis basis, double[][] signals, IReadOnlyList<int> kept)
        : base(firstColumn, kept.Count)
    {
        this.basis = basis;
        this.signals = signals;
        this.kept = [.. kept];
    }

    public override int LastLag => 0;

    public override void Add(BinSegment segment, int firstBin, int rows, Span<double> block, int stride)
    {
        double[] point = new double[signals.Length], values = new double[basis.FunctionCount];
        for (int row = 0; row < rows; row++)
        {
            Evaluate(firstBin + row, point, values);
            Span<double> target = block.Slice((row * stride) + FirstColumn, kept.Length);
            for (int column = 0; column < kept.Length; column++) target[column] += values[kept[column]];
        }
    }

    public override bool[] SeparatedColumns(ReadOnlySpan<int> eventBins, GlmDesign design)
    {
        double[] point = new double[signals.Length], values = new double[basis.FunctionCount];
        bool[] atEvents = new bool[kept.Length], positive = new bool[kept.Length], negative = new bool[kept.Length];
        foreach (int bin in eventBins)
        {
            Evaluate(bin, point, values);
            for (int column = 0; column < kept.Length; column++) atEvents[column] |= values[kept[column]] != 0;
        }

        if (atEvents.All(seen => seen)) return new bool[kept.Length];
        foreach (DesignBlock block in design.Blocks)
        {
            for (int bin = block.FirstBin; bin < block.FirstBin + block.Rows; bin++)
            {
                Evaluate(bin, point, values);
                for (int column = 0; column < kept.Length; column++)
                {
                    positive[column] |= values[kept[column]] > 0;
                    negative[column] |= values[kept[column]] < 0;
                }
            }
        }

        return [.. atEvents.Select((seen, column) => !seen && positive[column] && !negative[column])];
    }

    private void Evaluate(int bin, double[] point, double[] values)
    {
        for (int m = 0; m < point.Length; m++) point[m] = signals[m][bin];
        basis.Evaluate(point, values);
    }
}
