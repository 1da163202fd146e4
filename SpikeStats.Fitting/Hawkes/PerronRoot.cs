using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>The largest eigenvalue ρ of a matrix that is nowhere negative, with its derivatives.</summary>
/// <remarks>
/// dρ/dA_ij = l_i r_j with left and right eigenvectors scaled to l·r = 1; d²ρ = 2 lᵀ dA S dA r with the reduced resolvent
/// S = (ρI - A + r lᵀ)⁻¹ - r lᵀ (Magnus, Econometric Theory 1:179, 1985).
/// </remarks>
internal sealed class PerronRoot
{
    // Eigenvalues closer than this, relative to the largest, count as equal.
    private const double Separation = 1e-9;

    private readonly Matrix<double> matrix;
    private readonly Vector<double>? left, right;

    public PerronRoot(double[,] values)
    {
        matrix = Matrix<double>.Build.DenseOfArray(values);
        Evd<double> eigen = matrix.Evd();
        Value = eigen.EigenValues.Max(value => value.Magnitude);
        if (!(Value > 0) || VectorOf(eigen) is not { } rightVector || VectorOf(matrix.Transpose().Evd()) is not { } leftVector) return;
        double product = leftVector.DotProduct(rightVector);
        if (!(product > Separation)) return;
        left = leftVector / product;
        right = rightVector;
    }

    public double Value { get; }

    /// <summary>Rows of the matrix.</summary>
    public int Size => matrix.RowCount;

    /// <summary>Whether ρ is positive and a simple eigenvalue, so that it has derivatives.</summary>
    public bool IsSimple => left is not null;

    /// <summary>The root of the branching matrix Σ_u α_iju.</summary>
    /// <param name="points">The variables of each target: branching ratios by columns, then levels of the baseline.</param>
    /// <param name="pieces">The number of levels.</param>
    public static PerronRoot Of(double[][] points, int pieces)
    {
        int units = points.Length;
        double[,] matrix = new double[units, units];
        for (int i = 0; i < units; i++)
        {
            for (int c = 0; c < points[i].Length - pieces; c++) matrix[i, c % units] += points[i][c];
        }

        return new PerronRoot(matrix);
    }

    /// <summary>dρ/dA_ij.</summary>
    public double Slope(int i, int j) => left![i] * right![j];

    /// <summary>d²ρ/dA_ij dA_km for all pairs.</summary>
    public Func<int, int, int, int, double> Curvature()
    {
        Matrix<double> projector = left!.OuterProduct(right!).Transpose();
        Matrix<double> resolvent = ((Matrix<double>.Build.DenseIdentity(matrix.RowCount) * Value) - matrix + projector).Inverse() - projector;
        return (i, j, k, m) => (left[i] * resolvent[j, k] * right![m]) + (left[k] * resolvent[m, i] * right[j]);
    }

    // The eigenvector of the largest eigenvalue, of one sign and norm 1; null if the eigenvalue is not simple.
    private Vector<double>? VectorOf(Evd<double> eigen)
    {
        int[] largest = [.. Enumerable.Range(0, matrix.RowCount).Where(i => eigen.EigenValues[i].Magnitude > (1 - Separation) * Value)];
        return largest.Length == 1 ? eigen.EigenVectors.Column(largest[0]).PointwiseAbs().Normalize(2) : null;
    }
}
