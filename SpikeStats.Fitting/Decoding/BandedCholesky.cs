using System.Numerics.Tensors;

namespace SpikeStats.Fitting.Decoding;

/// <summary>Cholesky factor L Lᵀ of a symmetric positive definite matrix whose elements vanish beyond a bandwidth w from the diagonal.</summary>
/// <remarks>
/// Storage: row i holds columns i - w to i, so that element (i, j) stands at i (w + 1) + j - i + w; places before column 0 are zero. Cost O(n w²) and
/// memory O(n w), for the band of the inverse too.
/// <para><b>Source:</b> Golub and Van Loan, Matrix Computations, section 4.3; Takahashi, Fagan and Chin 1973 for the band of the inverse.</para>
/// </remarks>
internal sealed class BandedCholesky
{
    private readonly double[] lower;

    private BandedCholesky(int size, int bandwidth, double[] lower)
    {
        Size = size;
        Bandwidth = bandwidth;
        this.lower = lower;
    }

    public int Size { get; }

    public int Bandwidth { get; }

    /// <summary>log det of the matrix.</summary>
    public double LogDeterminant
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < Size; i++) sum += Math.Log(lower[At(i, i)]);
            return 2 * sum;
        }
    }

    /// <summary>Factors a matrix in band storage.</summary>
    /// <exception cref="ArgumentException">The matrix is not positive definite.</exception>
    public static BandedCholesky Of(double[] band, int size, int bandwidth)
    {
        BandedCholesky factor = new(size, bandwidth, (double[])band.Clone());
        double[] lower = factor.lower;
        for (int i = 0; i < size; i++)
        {
            int first = Math.Max(0, i - bandwidth);
            for (int j = first; j <= i; j++)
            {
                // Row j begins w - (i - j) columns before row i does, so the common columns are those of row i.
                double product = TensorPrimitives.Dot<double>(lower.AsSpan(factor.At(i, first), j - first), lower.AsSpan(factor.At(j, first), j - first));
                double rest = lower[factor.At(i, j)] - product;
                if (j < i)
                {
                    lower[factor.At(i, j)] = rest / lower[factor.At(j, j)];
                    continue;
                }

                if (!(rest > 0)) throw new ArgumentException("The matrix is not positive definite.", nameof(band));
                lower[factor.At(i, i)] = Math.Sqrt(rest);
            }
        }

        return factor;
    }

    /// <summary>Solves A x = b.</summary>
    public double[] Solve(ReadOnlySpan<double> right)
    {
        double[] x = right.ToArray();
        for (int i = 0; i < Size; i++)
        {
            int first = Math.Max(0, i - Bandwidth);
            x[i] = (x[i] - TensorPrimitives.Dot<double>(lower.AsSpan(At(i, first), i - first), x.AsSpan(first, i - first))) / lower[At(i, i)];
        }

        for (int i = Size - 1; i >= 0; i--)
        {
            int first = Math.Max(0, i - Bandwidth);
            x[i] /= lower[At(i, i)];
            Span<double> before = x.AsSpan(first, i - first);
            TensorPrimitives.MultiplyAdd<double>(lower.AsSpan(At(i, first), i - first), -x[i], before, before);
        }

        return x;
    }

    /// <summary>xᵀ A x, as |Lᵀ x|².</summary>
    public double QuadraticForm(ReadOnlySpan<double> x)
    {
        double[] product = new double[Size];
        for (int i = 0; i < Size; i++)
        {
            int first = Math.Max(0, i - Bandwidth);
            Span<double> columns = product.AsSpan(first, i - first + 1);
            TensorPrimitives.MultiplyAdd(lower.AsSpan(At(i, first), i - first + 1), x[i], columns, columns);
        }

        return TensorPrimitives.Dot<double>(product, product);
    }

    /// <summary>The diagonal of the inverse, exactly, without the rest of it.</summary>
    /// <remarks>From A⁻¹ L = L⁻ᵀ: Z_ij = (δ_ij / L_ii - Σ_{i&lt;k≤i+w} L_ki Z_kj) / L_ii, which needs only elements of Z within the band.</remarks>
    public double[] InverseDiagonal()
    {
        double[] inverse = new double[lower.Length];
        for (int i = Size - 1; i >= 0; i--)
        {
            int last = Math.Min(Size - 1, i + Bandwidth);
            for (int j = last; j >= i; j--)
            {
                double sum = i == j ? 1 / lower[At(i, i)] : 0;
                for (int k = i + 1; k <= last; k++) sum -= lower[At(k, i)] * inverse[k >= j ? At(k, j) : At(j, k)];
                inverse[At(j, i)] = sum / lower[At(i, i)];
            }
        }

        return [.. Enumerable.Range(0, Size).Select(i => inverse[At(i, i)])];
    }

    private int At(int row, int column) => (row * (Bandwidth + 1)) + column - row + Bandwidth;
}
