namespace SpikeStats.Models.Networks;

/// <summary>The spikes of a block in a window of steps, first as they are found, then step by step.</summary>
internal sealed class SpikeWindow
{
    private readonly int[] ends;
    private int[] steps = new int[16];
    private ushort[] found = new ushort[16];
    private ushort[] sorted = new ushort[16];

    /// <summary>Makes room for a window.</summary>
    /// <param name="length">The most steps of a window.</param>
    public SpikeWindow(int length) => ends = new int[length];

    /// <summary>The number of spikes.</summary>
    public int Count { get; private set; }

    /// <summary>Forgets the spikes of the window before.</summary>
    public void Clear() => Count = 0;

    /// <summary>Adds a spike.</summary>
    public void Add(int step, int neuron)
    {
        if (Count == steps.Length)
        {
            Array.Resize(ref steps, 2 * Count);
            Array.Resize(ref found, 2 * Count);
            sorted = new ushort[2 * Count];
        }

        steps[Count] = step;
        found[Count++] = (ushort)neuron;
    }

    /// <summary>Sorts by step; neurons of a step stay in the order in which they were found.</summary>
    public void Sort()
    {
        Array.Clear(ends);
        for (int i = 0; i < Count; i++) ends[steps[i]]++;
        int start = 0;
        for (int step = 0; step < ends.Length; step++) (ends[step], start) = (start, start + ends[step]);
        for (int i = 0; i < Count; i++) sorted[ends[steps[i]]++] = found[i];
    }

    /// <summary>The neurons that fired at a step, after <see cref="Sort"/>.</summary>
    public ReadOnlySpan<ushort> At(int step) => sorted.AsSpan((step == 0 ? 0 : ends[step - 1])..ends[step]);
}
