namespace SpikeStats.Loading;

/// <summary>The spikes of one unit in one trial while they are being collected.</summary>
internal struct SpikeGroup
{
    /// <summary>Number of the unit, in the order of the file.</summary>
    public int Unit;

    /// <summary>Number of the trial, in the order of the file.</summary>
    public int Trial;

    /// <summary>How many spikes were kept.</summary>
    public int Count;

    /// <summary>Whether a spike stands before its predecessor and the group must be sorted.</summary>
    public bool IsUnsorted;

    /// <summary>The latest spike that was kept, in seconds; negative infinity before the first.</summary>
    public double Last;
}
