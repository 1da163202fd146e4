using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
using SpikeStats.Models.Hawkes;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>The spectral radius of a branching matrix and how uncertain it is.</summary>
/// <remarks>
/// Delta method: the derivative of a simple eigenvalue by an entry is dρ/dA_ij = l_i r_j / (l·r), with the left and right eigenvectors l and r
/// (Magnus, Econometric Theory 1:179, 1985). A matrix without a simple largest eigenvalue has no such derivative.
/// </remarks>
/// <param name="Value">ρ, dimensionless; the process has a stationary law below 1.</param>
/// <param name="StandardError">Its standard error, dimensionless; NaN if ρ is 0 or not a simple eigenvalue.</param>
public sealed record SpectralRadiusEstimate(double Value, double StandardError)
{
    private const double NormalQuantile = 1.959963984540054;

    // Eigenvalues closer than this, relative to the largest, count as equal.
    private const double Separation = 1e-9;

    /// <summary>Lower end of the 95 % interval, dimensionless; not below 0.</summary>
    public double Lower => Math.Max(0, Value - (NormalQuantile * StandardError));

    /// <summary>Upper end of the 95 % interval, dimensionless.</summary>
    public double Upper => Value + (NormalQuantile * StandardError);

    internal static SpectralRadiusEstimate Of(HawkesModel model, HawkesInference inference)
    {
        double radius = model.SpectralRadius;
        Matrix<double> matrix = Matrix<double>.Build.DenseOfArray(model.BranchingMatrix());
        if (!(radius > 0) || PerronVector(matrix, radius) is not { } right || PerronVector(matrix.Transpose(), radius) is not { } left)
            return new SpectralRadiusEstimate(radius, double.NaN);
        double product = left.DotProduct(right);
        if (!(product > Separation)) return new SpectralRadiusEstimate(radius, double.NaN);
        int units = model.Units.Count, variables = inference.VariableCount;
        double[][] weights = new double[units][];
        for (int i = 0; i < units; i++)
        {
            weights[i] = new double[variables];
            for (int c = 0; c < variables - 1; c++) weights[i][c] = left[i] * right[c % units] / product;
        }

        return new SpectralRadiusEstimate(radius, Math.Sqrt(inference.VarianceOf(weights)));
    }

    // The eigenvector of the largest eigenvalue, of one sign and norm 1; null if the eigenvalue is not simple.
    private static Vector<double>? PerronVector(Matrix<double> matrix, double radius)
    {
        Evd<double> eigen = matrix.Evd();
        int[] largest = [.. Enumerable.Range(0, matrix.RowCount).Where(i => eigen.EigenValues[i].Magnitude > (1 - Separation) * radius)];
        if (largest.Length != 1) return null;
        return eigen.EigenVectors.Column(largest[0]).PointwiseAbs().Normalize(2);
    }
}
