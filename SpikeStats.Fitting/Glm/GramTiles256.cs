using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SpikeStats.Fitting.Glm;

/// <summary>Tiles of <see cref="GramKernel"/> in 256-bit registers: three loads and four broadcasts feed 12 fused multiply-adds.</summary>
internal static unsafe class GramTiles256
{
    private const int Lanes = 4;

    public static void Accumulate(double* a, double* b, int rows, int stride, double* h)
    {
        for (int i = 0; i < stride; i += Lanes)
        {
            int end = i + Lanes, j = 0;
            for (; j + (3 * Lanes) <= end; j += 3 * Lanes) Tile12(a + i, b + j, rows, stride, h + ((long)i * stride) + j);
            for (; j < end; j += Lanes) Tile4(a + i, b + j, rows, stride, h + ((long)i * stride) + j);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile12(double* a, double* b, int rows, int stride, double* h)
    {
        Vector256<double> c00 = default, c01 = default, c02 = default, c10 = default, c11 = default, c12 = default;
        Vector256<double> c20 = default, c21 = default, c22 = default, c30 = default, c31 = default, c32 = default;
        for (int row = 0; row < rows; row++)
        {
            Vector256<double> b0 = Vector256.Load(b), b1 = Vector256.Load(b + Lanes), b2 = Vector256.Load(b + (2 * Lanes));
            MultiplyAdd(a[0], b0, b1, b2, ref c00, ref c01, ref c02);
            MultiplyAdd(a[1], b0, b1, b2, ref c10, ref c11, ref c12);
            MultiplyAdd(a[2], b0, b1, b2, ref c20, ref c21, ref c22);
            MultiplyAdd(a[3], b0, b1, b2, ref c30, ref c31, ref c32);
            a += stride;
            b += stride;
        }

        Add(h, c00, c01, c02);
        Add(h + stride, c10, c11, c12);
        Add(h + (2 * stride), c20, c21, c22);
        Add(h + (3 * stride), c30, c31, c32);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4(double* a, double* b, int rows, int stride, double* h)
    {
        Vector256<double> c0 = default, c1 = default, c2 = default, c3 = default;
        for (int row = 0; row < rows; row++)
        {
            Vector256<double> b0 = Vector256.Load(b);
            c0 = Vector256.FusedMultiplyAdd(Vector256.Create(a[0]), b0, c0);
            c1 = Vector256.FusedMultiplyAdd(Vector256.Create(a[1]), b0, c1);
            c2 = Vector256.FusedMultiplyAdd(Vector256.Create(a[2]), b0, c2);
            c3 = Vector256.FusedMultiplyAdd(Vector256.Create(a[3]), b0, c3);
            a += stride;
            b += stride;
        }

        Add(h, c0);
        Add(h + stride, c1);
        Add(h + (2 * stride), c2);
        Add(h + (3 * stride), c3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyAdd(
        double factor, Vector256<double> b0, Vector256<double> b1, Vector256<double> b2,
        ref Vector256<double> c0, ref Vector256<double> c1, ref Vector256<double> c2)
    {
        Vector256<double> x = Vector256.Create(factor);
        c0 = Vector256.FusedMultiplyAdd(x, b0, c0);
        c1 = Vector256.FusedMultiplyAdd(x, b1, c1);
        c2 = Vector256.FusedMultiplyAdd(x, b2, c2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(double* h, Vector256<double> c0, Vector256<double> c1, Vector256<double> c2)
    {
        Add(h, c0);
        Add(h + Lanes, c1);
        Add(h + (2 * Lanes), c2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(double* h, Vector256<double> c) => (Vector256.Load(h) + c).Store(h);
}
