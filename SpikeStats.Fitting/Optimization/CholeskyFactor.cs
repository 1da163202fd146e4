using System.Numerics.Tensors;

namespace SpikeStats.Fitting.Optimization;

/// <summary>Cholesky factor of a symmetric positive semidefinite matrix that leaves out the variables which depend on earlier ones.</summary>
/// <remarks>
/// Columns are taken in their order. A column whose Schur complement falls below <c>tolerance</c> times its diagonal is, to that accuracy, a
/// linear combination of the columns before it (or zero); it is marked <see cref="IsAliased"/> and solves give it the value 0, as R does
/// with aliased coefficients. The natural order is kept rather than the largest pivot, so that the variable left out is the one that
/// was asked for last, which is what a reader expects. Cost n³/3.
/// </remarks>
internal sealed class CholeskyFactor
{
    private readonly double[] lower;

    private CholeskyFactor(int size, double[] lower, bool[] isAliased)
    {
        Size = size;
        this.lower = lower;
        IsAliased = isAliased;
        Rank = isAliased.Count(aliased => !aliased);
    }

    public int Size { get; }

    public int Rank { get; }

    public IReadOnlyList<bool> IsAliased { get; }

    /// <summary>What is left of a diagonal element after the variables before it: the curvature of the variable when those follow; 0 if it is left out.</summary>
    public double Pivot(int variable) => IsAliased[variable] ? 0 : lower[(variable * Size) + variable] * lower[(variable * Size) + variable];

    /// <summary>Factors a matrix.</summary>
    /// <param name="matrix">Row after row; only the lower triangle is read.</param>
    /// <param name="size">Number of rows.</param>
    /// <param name="tolerance">Smallest Schur complement relative to the diagonal.</param>
    /// <param name="leftOut">Variables that are left out from the start.</param>
    public static CholeskyFactor Of(double[] matrix, int size, double tolerance, ReadOnlySpan<bool> leftOut)
    {
        double[] factor = (double[])matrix.Clone();
        bool[] aliased = new bool[size];
        for (int i = 0; i < size; i++)
        {
            Span<double> row = factor.AsSpan(i * size, size);
            for (int j = 0; j < i; j++)
            {
                if (aliased[j])
                {
                    row[j] = 0;
                    continue;
                }

                ReadOnlySpan<double> other = factor.AsSpan(j * size, j);
                row[j] = (row[j] - TensorPrimitives.Dot(row[..j], other)) / factor[(j * size) + j];
            }

            double diagonal = row[i];
            double pivot = diagonal - TensorPrimitives.Dot<double>(row[..i], row[..i]);
            if (leftOut[i] || !(pivot > tolerance * diagonal))
            {
                aliased[i] = true;
                row[..i].Clear();
                row[i] = 1;
                continue;
            }

            row[i] = Math.Sqrt(pivot);
        }

        return new CholeskyFactor(size, factor, aliased);
    }

    /// <summary>Solves A x = b on the variables that are not left out; the others get 0.</summary>
    public double[] Solve(ReadOnlySpan<double> right)
    {
        double[] x = new double[Size];
        for (int i = 0; i < Size; i++)
        {
            if (!IsAliased[i]) x[i] = (right[i] - TensorPrimitives.Dot(lower.AsSpan(i * Size, i), x.AsSpan(0, i))) / lower[(i * Size) + i];
        }

        for (int i = Size - 1; i >= 0; i--)
        {
            if (IsAliased[i]) continue;
            x[i] /= lower[(i * Size) + i];
            Span<double> earlier = x.AsSpan(0, i);
            TensorPrimitives.MultiplyAdd(lower.AsSpan(i * Size, i), -x[i], earlier, earlier);
        }

        return x;
    }

    /// <summary>The matrix that was factored, L Lᵀ, row after row; rows and columns of variables that are left out mean nothing.</summary>
    public double[] Product()
    {
        double[] product = new double[Size * Size];
        for (int i = 0; i < Size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double value = TensorPrimitives.Dot<double>(lower.AsSpan(i * Size, j + 1), lower.AsSpan(j * Size, j + 1));
                product[(i * Size) + j] = product[(j * Size) + i] = value;
            }
        }

        return product;
    }

    /// <summary>The inverse on the variables that are not left out; rows and columns of the others are zero.</summary>
    public double[,] Inverse()
    {
        double[,] inverse = new double[Size, Size];
        double[] unit = new double[Size];
        for (int column = 0; column < Size; column++)
        {
            if (IsAliased[column]) continue;
            unit[column] = 1;
            double[] solution = Solve(unit);
            unit[column] = 0;
            for (int row = 0; row < Size; row++) inverse[row, column] = solution[row];
        }

        // Solving column by column leaves rounding asymmetries; a covariance has none.
        for (int i = 0; i < Size; i++)
        {
            for (int j = 0; j < i; j++) inverse[i, j] = inverse[j, i] = 0.5 * (inverse[i, j] + inverse[j, i]);
        }

        return inverse;
    }
}
