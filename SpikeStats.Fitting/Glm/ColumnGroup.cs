namespace SpikeStats.Fitting.Glm;

/// <summary>The columns of the design that belong to one term, generated block by block.</summary>
/// <remarks>
/// A group <em>adds</em> its features to a zeroed block. It may add whole vectors of 8: the zeros it then adds to its right-hand neighbours,
/// or to the next row, change nothing.
/// </remarks>
internal abstract class ColumnGroup(int firstColumn, int columnCount)
{
    /// <summary>Column of the design at which the group starts.</summary>
    public int FirstColumn { get; } = firstColumn;

    /// <summary>Number of columns.</summary>
    public int ColumnCount { get; } = columnCount;

    /// <summary>The longest lag that a feature reaches back, in bins.</summary>
    public abstract int LastLag { get; }

    /// <summary>Adds the features of some successive bins of one segment.</summary>
    /// <param name="segment">The segment; features never look beyond its start.</param>
    /// <param name="firstBin">First bin of the block, in the numbering of the grid.</param>
    /// <param name="rows">Number of bins.</param>
    /// <param name="block">The block: rows × stride, and 8 doubles to spare at its end.</param>
    /// <param name="stride">Doubles from row to row.</param>
    public abstract void Add(BinSegment segment, int firstBin, int rows, Span<double> block, int stride);

    /// <summary>Columns whose features never change sign, so that they can separate the bins with spikes from the others on their own.</summary>
    /// <param name="eventBins">Ascending bins of the design that hold a spike of the target.</param>
    /// <param name="design">The design.</param>
    /// <returns>For each column: whether it is zero in every bin with a spike and of one sign, not always zero, elsewhere.</returns>
    public virtual bool[] SeparatedColumns(ReadOnlySpan<int> eventBins, GlmDesign design) => new bool[ColumnCount];

    /// <summary>Whether a feature that never changes its sign is negative.</summary>
    /// <param name="column">Column of the group.</param>
    /// <param name="design">The design.</param>
    public virtual bool IsNegative(int column, GlmDesign design) => false;
}
