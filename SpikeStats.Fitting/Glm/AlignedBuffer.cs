using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SpikeStats.Fitting.Glm;

/// <summary>Doubles that start on a cache line: a 64-byte vector load that straddles two lines costs twice as much.</summary>
internal sealed unsafe class AlignedBuffer
{
    private const int LineBytes = 64;

    private readonly double[] array;
    private readonly int offset;

    public AlignedBuffer(int length)
    {
        Length = length;
        array = GC.AllocateArray<double>(length + (LineBytes / sizeof(double)), pinned: true);
        nuint address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));
        offset = (int)(((LineBytes - (address % LineBytes)) % LineBytes) / sizeof(double));
    }

    public int Length { get; }

    public Span<double> Span => array.AsSpan(offset, Length);

    /// <summary>The first element. The array is pinned; keep the buffer alive while the pointer is used.</summary>
    public double* Pointer => (double*)Unsafe.AsPointer(ref array[offset]);
}
