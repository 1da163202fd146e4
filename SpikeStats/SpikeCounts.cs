namespace SpikeStats;

/// <summary>The spikes of a recording on a grid of bins.</summary>
/// <remarks>
/// Held as the ascending bins of the spikes, unit after unit in one flat array: memory grows with spikes, not with units times bins.
/// A bin that holds two spikes of a unit stands twice.
/// </remarks>
public sealed class SpikeCounts
{
    private readonly int[] bins;
    private readonly int[] offsets;

    private SpikeCounts(BinGrid grid, int[] bins, int[] offsets)
    {
        Grid = grid;
        this.bins = bins;
        this.offsets = offsets;
    }

    /// <summary>The grid.</summary>
    public BinGrid Grid { get; }

    /// <summary>The number of units.</summary>
    public int UnitCount => offsets.Length - 1;

    /// <summary>Counts the spikes of every unit.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="grid">The grid; spikes outside it (in the last fraction of a bin of an interval) are left out.</param>
    /// <returns>The counts. Cost O(spikes log segments).</returns>
    public static SpikeCounts FromRecording(Recording recording, BinGrid grid)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(grid);
        List<int> all = [];
        int[] offsets = new int[recording.UnitCount + 1];
        for (int unit = 0; unit < recording.UnitCount; unit++)
        {
            foreach (double time in recording[unit].Times)
            {
                int bin = grid.BinOf(time);
                if (bin >= 0) all.Add(bin);
            }

            offsets[unit + 1] = all.Count;
        }

        return new SpikeCounts(grid, [.. all], offsets);
    }

    /// <summary>The bins of the spikes of a unit.</summary>
    /// <param name="unit">Position of the unit.</param>
    /// <returns>Ascending bins of the grid, one entry per spike.</returns>
    public ReadOnlySpan<int> BinsOf(int unit) => bins.AsSpan(offsets[unit]..offsets[unit + 1]);

    /// <summary>The number of spikes of a unit in every bin.</summary>
    /// <param name="unit">Position of the unit.</param>
    /// <returns>One count per bin of the grid.</returns>
    public int[] CountsOf(int unit)
    {
        int[] counts = new int[Grid.BinCount];
        foreach (int bin in BinsOf(unit)) counts[bin]++;
        return counts;
    }
}
