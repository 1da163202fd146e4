using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Networks;

/// <summary>The synapses of a projection on the neurons of a block, by source: where each source's targets begin, and the targets as 16-bit indices within the block.</summary>
internal sealed class SynapseTable
{
    // 64 bytes.
    private const int TargetsPerLine = 32;

    private readonly int[] starts;
    private readonly ushort[] targets;
    private readonly float[]? factors;

    private SynapseTable(int[] starts, ushort[] targets, float[]? factors)
    {
        this.starts = starts;
        this.targets = targets;
        this.factors = factors;
    }

    /// <summary>The number of synapses.</summary>
    public int Count => targets.Length;

    /// <summary>The memory of the table, in bytes.</summary>
    public long Bytes => (4L * starts.Length) + (2L * targets.Length) + (4L * (factors?.Length ?? 0));

    /// <summary>Draws the synapses.</summary>
    /// <param name="rule">Who is connected to whom.</param>
    /// <param name="sourceCount">The number of neurons of the source population.</param>
    /// <param name="firstTarget">The first neuron of the block, counted within its population.</param>
    /// <param name="targetCount">The number of neurons of the block.</param>
    /// <param name="streamOf">The random stream of a target of the block.</param>
    public static SynapseTable Draw(Connectivity rule, int sourceCount, int firstTarget, int targetCount, Func<int, RandomStream> streamOf)
    {
        List<int> drawn = [];
        int[] ends = new int[targetCount];
        for (int target = 0; target < targetCount; target++)
        {
            rule.AddSources(firstTarget + target, sourceCount, streamOf(target), drawn);
            ends[target] = drawn.Count;
        }

        ReadOnlySpan<int> sources = CollectionsMarshal.AsSpan(drawn);
        int[] starts = new int[sourceCount + 1];
        foreach (int source in sources) starts[source + 1]++;
        for (int source = 0; source < sourceCount; source++) starts[source + 1] += starts[source];

        int[] next = starts[..sourceCount];
        ushort[] targets = new ushort[sources.Length];
        float[]? factors = rule.FactorOf is null ? null : new float[sources.Length];
        int read = 0;
        for (int target = 0; target < targetCount; target++)
        {
            for (; read < ends[target]; read++)
            {
                int source = sources[read], place = next[source]++;
                targets[place] = (ushort)target;
                if (factors is not null) factors[place] = (float)rule.FactorOf!(firstTarget + target, source);
            }
        }

        return new SynapseTable(starts, targets, factors);
    }

    /// <summary>The targets of a source, ascending.</summary>
    public ReadOnlySpan<ushort> TargetsOf(int source) => targets.AsSpan(starts[source]..starts[source + 1]);

    /// <summary>Adds the weights of the synapses of several sources to what arrives at their targets.</summary>
    /// <param name="firstSource">What the numbers of the sources count from.</param>
    /// <param name="sources">The sources that fired.</param>
    /// <param name="weight">The common weight.</param>
    /// <param name="arrivals">What arrives at each neuron of the block.</param>
    public void Deliver(int firstSource, ReadOnlySpan<ushort> sources, double weight, Span<double> arrivals)
    {
        ref double row = ref MemoryMarshal.GetReference(arrivals);
        foreach (ushort source in sources)
        {
            int start = starts[firstSource + source], end = starts[firstSource + source + 1];
            if (factors is null) AddEqual(targets.AsSpan(start..end), weight, ref row);
            else AddIndividual(targets.AsSpan(start..end), factors.AsSpan(start..end), weight, ref row);
        }
    }

    /// <summary>Asks the memory for the synapses of sources that will be delivered soon: they lie anywhere, and waiting for one after the other would cost most of the time.</summary>
    public unsafe void Prefetch(int firstSource, ReadOnlySpan<ushort> sources)
    {
        if (!Sse.IsSupported) return;
        ref ushort first = ref MemoryMarshal.GetArrayDataReference(targets);
        foreach (ushort source in sources)
        {
            int end = starts[firstSource + source + 1];
            for (int i = starts[firstSource + source]; i < end; i += TargetsPerLine) Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref first, (nint)i)));
        }
    }

    // Targets are within the block by construction, so that nothing is gained by checking them at every event.
    private static void AddEqual(ReadOnlySpan<ushort> targets, double weight, ref double row)
    {
        int i = 0;
        for (; i + 4 <= targets.Length; i += 4)
        {
            ulong four = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<ushort, byte>(ref Unsafe.Add(ref MemoryMarshal.GetReference(targets), (nint)i)));
            Unsafe.Add(ref row, (nint)(four & 0xFFFF)) += weight;
            Unsafe.Add(ref row, (nint)((four >> 16) & 0xFFFF)) += weight;
            Unsafe.Add(ref row, (nint)((four >> 32) & 0xFFFF)) += weight;
            Unsafe.Add(ref row, (nint)(four >> 48)) += weight;
        }

        for (; i < targets.Length; i++) Unsafe.Add(ref row, (nint)targets[i]) += weight;
    }

    private static void AddIndividual(ReadOnlySpan<ushort> targets, ReadOnlySpan<float> factors, double weight, ref double row)
    {
        for (int i = 0; i < targets.Length; i++) Unsafe.Add(ref row, (nint)targets[i]) += weight * factors[i];
    }
}
