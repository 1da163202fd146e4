using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SpikeStats.Models.Networks;

/// <summary>What will arrive at the neurons of a block at each of the coming steps.</summary>
/// <param name="slots">The longest delay, in steps.</param>
/// <param name="width">The number of neurons, a multiple of the lanes of a vector.</param>
internal sealed class ArrivalRing(int slots, int width)
{
    private readonly double[] values = new double[slots * width];

    /// <summary>What arrives at a step, by neuron.</summary>
    public Span<double> At(long step) => values.AsSpan((int)(step % slots) * width, width);

    /// <summary>What arrives at eight neurons at a step that is over, which is forgotten.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> Take(int slot, int lane)
    {
        ref double place = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(values), (nint)((slot * width) + lane));
        Vector512<double> taken = Vector512.LoadUnsafe(ref place);
        Vector512<double>.Zero.StoreUnsafe(ref place);
        return taken;
    }

    /// <summary>The slot of a step.</summary>
    public int SlotOf(long step) => (int)(step % slots);

    /// <summary>The slot of the step after that of a slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int After(int slot) => slot + 1 == slots ? 0 : slot + 1;
}
