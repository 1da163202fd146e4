using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SpikeStats.Fitting.Glm;

/// <summary>Tiles of <see cref="MatrixKernel"/> in 512-bit registers: three loads and eight broadcasts feed 24 fused multiply-adds.</summary>
internal static unsafe class MatrixTiles512
{
    private const int Lanes = 8;

    public static void Add(MatrixKernel.Product product, int height, int inner)
    {
        for (int i = 0; i < height; i += Lanes)
        {
            double* a = product.A + (i * product.Spacing), c = product.C + ((long)i * product.Width);
            int j = 0;
            for (; j + (3 * Lanes) <= product.Columns; j += 3 * Lanes) Wide(product, a, product.B + j, c + j, inner);
            for (; j < product.Columns; j += Lanes) Narrow(product, a, product.B + j, c + j, inner);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Wide(MatrixKernel.Product product, double* a, double* b, double* c, int inner)
    {
        nint spacing = product.Spacing, advance = product.Advance, width = product.Width;
        double* a0 = a, a1 = a0 + spacing, a2 = a1 + spacing, a3 = a2 + spacing, a4 = a3 + spacing, a5 = a4 + spacing, a6 = a5 + spacing, a7 = a6 + spacing;
        Vector512<double> c00 = default, c01 = default, c02 = default, c10 = default, c11 = default, c12 = default;
        Vector512<double> c20 = default, c21 = default, c22 = default, c30 = default, c31 = default, c32 = default;
        Vector512<double> c40 = default, c41 = default, c42 = default, c50 = default, c51 = default, c52 = default;
        Vector512<double> c60 = default, c61 = default, c62 = default, c70 = default, c71 = default, c72 = default;
        for (nint k = 0, offset = 0; k < inner; k++, offset += advance, b += width)
        {
            Vector512<double> b0 = Vector512.Load(b), b1 = Vector512.Load(b + Lanes), b2 = Vector512.Load(b + (2 * Lanes));
            MultiplyAdd(a0[offset], b0, b1, b2, ref c00, ref c01, ref c02);
            MultiplyAdd(a1[offset], b0, b1, b2, ref c10, ref c11, ref c12);
            MultiplyAdd(a2[offset], b0, b1, b2, ref c20, ref c21, ref c22);
            MultiplyAdd(a3[offset], b0, b1, b2, ref c30, ref c31, ref c32);
            MultiplyAdd(a4[offset], b0, b1, b2, ref c40, ref c41, ref c42);
            MultiplyAdd(a5[offset], b0, b1, b2, ref c50, ref c51, ref c52);
            MultiplyAdd(a6[offset], b0, b1, b2, ref c60, ref c61, ref c62);
            MultiplyAdd(a7[offset], b0, b1, b2, ref c70, ref c71, ref c72);
        }

        Add(c, c00, c01, c02);
        Add(c + width, c10, c11, c12);
        Add(c + (2 * width), c20, c21, c22);
        Add(c + (3 * width), c30, c31, c32);
        Add(c + (4 * width), c40, c41, c42);
        Add(c + (5 * width), c50, c51, c52);
        Add(c + (6 * width), c60, c61, c62);
        Add(c + (7 * width), c70, c71, c72);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Narrow(MatrixKernel.Product product, double* a, double* b, double* c, int inner)
    {
        nint spacing = product.Spacing, advance = product.Advance, width = product.Width;
        double* a0 = a, a1 = a0 + spacing, a2 = a1 + spacing, a3 = a2 + spacing, a4 = a3 + spacing, a5 = a4 + spacing, a6 = a5 + spacing, a7 = a6 + spacing;
        Vector512<double> c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default, c6 = default, c7 = default;
        for (nint k = 0, offset = 0; k < inner; k++, offset += advance, b += width)
        {
            Vector512<double> b0 = Vector512.Load(b);
            c0 = Vector512.FusedMultiplyAdd(Vector512.Create(a0[offset]), b0, c0);
            c1 = Vector512.FusedMultiplyAdd(Vector512.Create(a1[offset]), b0, c1);
            c2 = Vector512.FusedMultiplyAdd(Vector512.Create(a2[offset]), b0, c2);
            c3 = Vector512.FusedMultiplyAdd(Vector512.Create(a3[offset]), b0, c3);
            c4 = Vector512.FusedMultiplyAdd(Vector512.Create(a4[offset]), b0, c4);
            c5 = Vector512.FusedMultiplyAdd(Vector512.Create(a5[offset]), b0, c5);
            c6 = Vector512.FusedMultiplyAdd(Vector512.Create(a6[offset]), b0, c6);
            c7 = Vector512.FusedMultiplyAdd(Vector512.Create(a7[offset]), b0, c7);
        }

        Add(c, c0);
        Add(c + width, c1);
        Add(c + (2 * width), c2);
        Add(c + (3 * width), c3);
        Add(c + (4 * width), c4);
        Add(c + (5 * width), c5);
        Add(c + (6 * width), c6);
        Add(c + (7 * width), c7);
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
    private static void Add(double* c, Vector512<double> c0, Vector512<double> c1, Vector512<double> c2)
    {
        Add(c, c0);
        Add(c + Lanes, c1);
        Add(c + (2 * Lanes), c2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(double* c, Vector512<double> sum) => (Vector512.Load(c) + sum).Store(c);
}
