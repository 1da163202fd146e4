using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace SpikeStats.Fitting.Glm;

/// <summary>C += A B for small blocks, with A read either way: Gram matrices, and the products X W and XᵀR of many targets at once.</summary>
/// <remarks>
/// A tile of C stays in vector registers while the kernel runs along the inner index, so that arithmetic and not memory is the limit: 8 × 24 with
/// 512-bit vectors, 4 × 12 with 256-bit vectors, a plain loop otherwise. Each entry of C is summed in the order of the inner index whatever stands beside it, so that a target's numbers do not
/// depend on which others are computed with it.
/// </remarks>
internal static unsafe class MatrixKernel
{
    /// <summary>predictors += X W.</summary>
    /// <param name="features">X: rows × stride; rows up to the next multiple of 8 are read too.</param>
    /// <param name="weights">W: stride × width.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="stride">Columns of X, a multiple of 8.</param>
    /// <param name="width">Columns of W, a multiple of 8.</param>
    /// <param name="predictors">Rows × width; rows up to the next multiple of 8 are written too and mean nothing.</param>
    public static void AddPredictors(AlignedBuffer features, AlignedBuffer weights, int rows, int stride, int width, AlignedBuffer predictors)
    {
        Product product = new(features.Pointer, stride, 1, weights.Pointer, width, predictors.Pointer, width);
        Add(product, (rows + GramKernel.Lanes - 1) / GramKernel.Lanes * GramKernel.Lanes, stride);
        GC.KeepAlive(features);
        GC.KeepAlive(weights);
        GC.KeepAlive(predictors);
    }

    /// <summary>sums += Xᵀ R.</summary>
    /// <param name="features">X: rows × stride.</param>
    /// <param name="residuals">R: rows × width.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="stride">Columns of X, a multiple of 8.</param>
    /// <param name="width">Columns of R, a multiple of 8.</param>
    /// <param name="sums">Stride × width.</param>
    public static void AddTransposedProducts(AlignedBuffer features, AlignedBuffer residuals, int rows, int stride, int width, AlignedBuffer sums)
    {
        Product product = new(features.Pointer, 1, stride, residuals.Pointer, width, sums.Pointer, width);
        Add(product, stride, rows);
        GC.KeepAlive(features);
        GC.KeepAlive(residuals);
        GC.KeepAlive(sums);
    }

    internal static void AddPortably(Product product, int height, int inner)
    {
        for (int i = 0; i < height; i++)
        {
            Span<double> target = new(product.C + ((long)i * product.Width), product.Columns);
            for (int k = 0; k < inner; k++)
            {
                double factor = product.A[(i * product.Spacing) + (k * product.Advance)];
                if (factor == 0) continue;
                TensorPrimitives.MultiplyAdd(new ReadOnlySpan<double>(product.B + ((long)k * product.Width), product.Columns), factor, target, target);
            }
        }
    }

    /// <summary>C += A B.</summary>
    /// <param name="product">The operands.</param>
    /// <param name="height">Rows of A and of C, a multiple of 8.</param>
    /// <param name="inner">Columns of A, rows of B.</param>
    public static void Add(Product product, int height, int inner)
    {
        if (Vector512.IsHardwareAccelerated) MatrixTiles512.Add(product, height, inner);
        else if (Vector256.IsHardwareAccelerated) MatrixTiles256.Add(product, height, inner);
        else AddPortably(product, height, inner);
    }

    /// <summary>The operands of C += A B.</summary>
    /// <param name="a">First entry of A.</param>
    /// <param name="spacing">Doubles from row to row of A.</param>
    /// <param name="advance">Doubles from column to column of A.</param>
    /// <param name="b">First entry of B, row after row.</param>
    /// <param name="width">Doubles from row to row of B and of C.</param>
    /// <param name="c">First entry of C, row after row.</param>
    /// <param name="columns">Columns of B and of C that are multiplied, a multiple of 8.</param>
    internal readonly struct Product(double* a, nint spacing, nint advance, double* b, int width, double* c, int columns)
    {
        public double* A => a;

        public nint Spacing => spacing;

        public nint Advance => advance;

        public double* B => b;

        public int Width => width;

        public double* C => c;

        public int Columns => columns;
    }
}
