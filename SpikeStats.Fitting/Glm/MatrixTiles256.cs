using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SpikeStats.Fitting.Glm;

/// <summary>Tiles of <see cref="MatrixKernel"/> in 256-bit registers: three loads and four broadcasts feed 12 fused multiply-adds.</summary>
internal static unsafe class MatrixTiles256
{
    private const int Lanes = 4;

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
        double* a0 = a, a1 = a0 + spacing, a2 = a1 + spacing, a3 = a2 + spacing;
        Vector256<double> c00 = default, c01 = default, c02 = default, c10 = default, c11 = default, c12 = default;
        Vector256<double> c20 = default, c21 = default, c22 = default, c30 = default, c31 = default, c32 = default;
        for (nint k = 0, offset = 0; k < inner; k++, offset += advance, b += width)
        {
            Vector256<double> b0 = Vector256.Load(b), b1 = Vector256.Load(b + Lanes), b2 = Vector256.Load(b + (2 * Lanes));
            MultiplyAdd(a0[offset], b0, b1, b2, ref c00, ref c01, ref c02);
            MultiplyAdd(a1[offset], b0, b1, b2, ref c10, ref c11, ref c12);
            MultiplyAdd(a2[offset], b0, b1, b2, ref c20, ref c21, ref c22);
            MultiplyAdd(a3[offset], b0, b1, b2, ref c30, ref c31, ref c32);
        }

        Add(c, c00, c01, c02);
        Add(c + width, c10, c11, c12);
        Add(c + (2 * width), c20, c21, c22);
        Add(c + (3 * width), c30, c31, c32);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Narrow(MatrixKernel.Product product, double* a, double* b, double* c, int inner)
    {
        nint spacing = product.Spacing, advance = product.Advance, width = product.Width;
        double* a0 = a, a1 = a0 + spacing, a2 = a1 + spacing, a3 = a2 + spacing;
        Vector256<double> c0 = default, c1 = default, c2 = default, c3 = default;
        for (nint k = 0, offset = 0; k < inner; k++, offset += advance, b += width)
        {
            Vector256<double> b0 = Vector256.Load(b);
            c0 = Vector256.FusedMultiplyAdd(Vector256.Create(a0[offset]), b0, c0);
            c1 = Vector256.FusedMultiplyAdd(Vector256.Create(a1[offset]), b0, c1);
            c2 = Vector256.FusedMultiplyAdd(Vector256.Create(a2[offset]), b0, c2);
            c3 = Vector256.FusedMultiplyAdd(Vector256.Create(a3[offset]), b0, c3);
        }

        Add(c, c0);
        Add(c + width, c1);
        Add(c + (2 * width), c2);
        Add(c + (3 * width), c3);
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
    private static void Add(double* c, Vector256<double> c0, Vector256<double> c1, Vector256<double> c2)
    {
        Add(c, c0);
        Add(c + Lanes, c1);
        Add(c + (2 * Lanes), c2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(double* c, Vector256<double> sum) => (Vector256.Load(c) + sum).Store(c);
}
