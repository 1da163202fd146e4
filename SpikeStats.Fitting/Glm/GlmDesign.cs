using SpikeStats.Models.Glm;

namespace SpikeStats.Fitting.Glm;

/// <summary>The design of a fit as a recipe: which columns there are and how a block of their rows is generated. It is never stored.</summary>
internal sealed class GlmDesign
{
    /// <summary>Rows of a block: at 100 columns a block of features and its weighted copy fill 400 KB, less than a second-level cache.</summary>
    public const int BlockRows = 256;

    private readonly ColumnGroup[] groups;
    private readonly DesignBlock[] blocks;
    private readonly int[] targetBins;

    public GlmDesign(BinGrid grid, IReadOnlyList<ColumnGroup> groups, int[] targetBins, ObservationModel observation, EdgePolicy edge)
    {
        Grid = grid;
        this.groups = [.. groups];
        ColumnCount = groups.Sum(group => group.ColumnCount);
        Stride = (ColumnCount + GramKernel.Lanes - 1) / GramKernel.Lanes * GramKernel.Lanes;
        DroppedBins = edge == EdgePolicy.Drop ? groups.Max(group => group.LastLag) : 0;
        Observation = observation;
        List<DesignBlock> cut = [];
        foreach (BinSegment segment in grid.Segments)
        {
            int end = segment.FirstBin + segment.BinCount;
            for (int bin = segment.FirstBin + DroppedBins; bin < end; bin += BlockRows)
                cut.Add(new DesignBlock(segment, bin, Math.Min(BlockRows, end - bin)));
        }

        blocks = [.. cut];
        RowCount = blocks.Sum(block => (long)block.Rows);
        this.targetBins = [.. targetBins.Where(IsInside)];
    }

    public BinGrid Grid { get; }

    public ObservationModel Observation { get; }

    /// <summary>Bins at the start of each segment that are left out.</summary>
    public int DroppedBins { get; }

    public int ColumnCount { get; }

    /// <summary>Doubles from row to row of a block.</summary>
    public int Stride { get; }

    /// <summary>Number of bins of all blocks.</summary>
    public long RowCount { get; }

    public ReadOnlySpan<DesignBlock> Blocks => blocks;

    /// <summary>Groups of columns in order; the intercept is the first.</summary>
    public IReadOnlyList<ColumnGroup> Groups => groups;

    /// <summary>Ascending bins of the target's spikes that lie in a block; one entry per spike.</summary>
    public ReadOnlySpan<int> TargetBins => targetBins;

    /// <summary>The same rows with other columns, or the same ones in another order.</summary>
    /// <param name="others">The groups, none of which reaches back further than those of this design.</param>
    public GlmDesign With(IReadOnlyList<ColumnGroup> others) =>
        new(Grid, others, targetBins, Observation, DroppedBins > 0 ? EdgePolicy.Drop : EdgePolicy.Zero);

    /// <summary>Generates the features of a block, and the counts of the target as the observation model sees them.</summary>
    /// <param name="block">The block.</param>
    /// <param name="features">Receives rows × <see cref="Stride"/> features; needs 8 doubles to spare at its end.</param>
    /// <param name="counts">Receives one count per row.</param>
    public void Generate(DesignBlock block, Span<double> features, Span<double> counts)
    {
        GenerateFeatures(block, features);
        GenerateCounts(block, counts);
    }

    /// <summary>Generates the features of a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="features">Receives rows × <see cref="Stride"/> features; needs 8 doubles to spare at its end.</param>
    public void GenerateFeatures(DesignBlock block, Span<double> features)
    {
        features[..((block.Rows * Stride) + GramKernel.Lanes)].Clear();
        foreach (ColumnGroup group in groups) group.Add(block.Segment, block.FirstBin, block.Rows, features, Stride);
    }

    /// <summary>Generates the counts of the target in a block, as the observation model sees them.</summary>
    /// <param name="block">The block.</param>
    /// <param name="counts">Receives one count per row.</param>
    public void GenerateCounts(DesignBlock block, Span<double> counts)
    {
        counts.Clear();
        int end = block.FirstBin + block.Rows;
        int position = Array.BinarySearch(targetBins, block.FirstBin);
        if (position < 0) position = ~position;
        while (position > 0 && targetBins[position - 1] == block.FirstBin) position--;
        for (; position < targetBins.Length && targetBins[position] < end; position++)
        {
            ref double count = ref counts[targetBins[position] - block.FirstBin];
            count = Observation.Clip((int)count + 1);
        }
    }

    private bool IsInside(int bin)
    {
        BinSegment segment = Grid.SegmentOf(bin);
        return bin >= segment.FirstBin + DroppedBins;
    }
}
