using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SpikeStats.Fitting.Glm;

namespace SpikeStats.Fitting.Populations;

/// <summary>The inner steps of <see cref="MatrixFreeObjective"/>, called once per spike and stretch: a general routine would cost more than its work.</summary>
internal static class LagSums
{
    /// <summary>target += source over the length of the shorter, a multiple of 8.</summary>
    /// <param name="source">What to add.</param>
    /// <param name="target">What it is added to.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(ReadOnlySpan<double> source, Span<double> target)
    {
        int length = Math.Min(source.Length, target.Length);
        ref double from = ref MemoryMarshal.GetReference(source);
        ref double to = ref MemoryMarshal.GetReference(target);
        for (int lag = 0; lag + GramKernel.Lanes <= length; lag += GramKernel.Lanes)
            (Vector512.LoadUnsafe(ref to, (nuint)lag) + Vector512.LoadUnsafe(ref from, (nuint)lag)).StoreUnsafe(ref to, (nuint)lag);
    }
}
