using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SpikeStats.Fitting.Glm;

/// <summary>Tiles of <see cref="GramKernel"/> in 512-bit registers: three loads and eight broadcasts feed 24 fused multiply-adds.</summary>
internal static unsafe class GramTiles512
{
    private const int Lanes = 8;

    public static void Accumulate(double* a, double* b, int rows, int stride, double* h)
    {
        for (int i = 0; i < stride; i += Lanes)
        {
            int end = i + Lanes, j = 0;
            for (; j + (3 * Lanes) <= end; j += 3 * Lanes) Tile24(a + i, b + j, rows, stride, h + ((long)i * stride) + j);
            for (; j < end; j += Lanes) Tile8(a + i, b + j, rows, stride, h + ((long)i * stride) + j);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile24(double* a, double* b, int rows, int stride, double* h)
    {
        Vector512<double> c00 = default, c01 = default, c02 = default, c10 = default, c11 = default, c12 = default;
        Vector512<double> c20 = default, c21 = default, c22 = default, c30 = default, c31 = default, c32 = default;
        Vector512<double> c40 = default, c41 = default, c42 = default, c50 = default, c51 = default, c52 = default;
        Vector512<double> c60 = default, c61 = default, c62 = default, c70 = default, c71 = default, c72 = default;
        for (int row = 0; row < rows; row++)
        {
            Vector512<double> b0 = Vector512.Load(b), b1 = Vector512.Load(b + Lanes), b2 = Vector512.Load(b + (2 * Lanes));
            MultiplyAdd(a[0], b0, b1, b2, ref c00, ref c01, ref c02);
            MultiplyAdd(a[1], b0, b1, b2, ref c10, ref c11, ref c12);
            MultiplyAdd(a[2], b0, b1, b2, ref c20, ref c21, ref c22);
            MultiplyAdd(a[3], b0, b1, b2, ref c30, ref c31, ref c32);
            MultiplyAdd(a[4], b0, b1, b2, ref c40, ref c41, ref c42);
            MultiplyAdd(a[5], b0, b1, b2, ref c50, ref c51, ref c52);
            MultiplyAdd(a[6], b0, b1, b2, ref c60, ref c61, ref c62);
            MultiplyAdd(a[7], b0, b1, b2, ref c70, ref c71, ref c72);
            a += stride;
            b += stride;
        }

        Add(h, c00, c01, c02);
        Add(h + stride, c10, c11, c12);
        Add(h + (2 * stride), c20, c21, c22);
        Add(h + (3 * stride), c30, c31, c32);
        Add(h + (4 * stride), c40, c41, c42);
        Add(h + (5 * stride), c50, c51, c52);
        Add(h + (6 * stride), c60, c61, c62);
        Add(h + (7 * stride), c70, c71, c72);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile8(double* a, double* b, int rows, int stride, double* h)
    {
        Vector512<double> c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default, c6 = default, c7 = default;
        for (int row = 0; row < rows; row++)
        {
            Vector512<double> b0 = Vector512.Load(b);
            c0 = Vector512.FusedMultiplyAdd(Vector512.Create(a[0]), b0, c0);
            c1 = Vector512.FusedMultiplyAdd(Vector512.Create(a[1]), b0, c1);
            c2 = Vector512.FusedMultiplyAdd(Vector512.Create(a[2]), b0, c2);
            c3 = Vector512.FusedMultiplyAdd(Vector512.Create(a[3]), b0, c3);
            c4 = Vector512.FusedMultiplyAdd(Vector512.Create(a[4]), b0, c4);
            c5 = Vector512.FusedMultiplyAdd(Vector512.Create(a[5]), b0, c5);
            c6 = Vector512.FusedMultiplyAdd(Vector512.Create(a[6]), b0, c6);
            c7 = Vector512.FusedMultiplyAdd(Vector512.Create(a[7]), b0, c7);
            a += stride;
            b += stride;
        }

        Add(h, c0);
        Add(h + stride, c1);
        Add(h + (2 * stride), c2);
        Add(h + (3 * stride), c3);
        Add(h + (4 * stride), c4);
        Add(h + (5 * stride), c5);
        Add(h + (6 * stride), c6);
        Add(h + (7 * stride), c7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyAdd(
        double factor, Vector512<double> b0, Vector512<double> b1, Vector512<double> b2,
        ref Vector512<double> c0, ref Vector512<double> c1, ref Vector512<double> c2)
    {
        Vector512<double> x = Vector512.Create(factor);
        c0 = Vector512.FusedMultiplyAdd(x, b0, c0);
        c1 = Vector512.FusedMultiplyAdd(x, b1, c1);
        c2 = Vector512.FusedMultiplyAdd(x, b2, c2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(double* h, Vector512<double> c0, Vector512<double> c1, Vector512<double> c2)
    {
        Add(h, c0);
        Add(h + Lanes, c1);
        Add(h + (2 * Lanes), c2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(double* h, Vector512<double> c) => (Vector512.Load(h) + c).Store(h);
}
