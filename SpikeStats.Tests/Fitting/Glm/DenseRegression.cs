using MathNet.Numerics.LinearAlgebra;

namespace SpikeStats.Tests.Fitting.Glm;

/// <summary>Penalised Poisson regression on a dense matrix, by Newton steps with a pseudo-inverse: a second route that needs no identifiable columns.</summary>
internal sealed record DenseRegression(Vector<double> Coefficients, Matrix<double> Covariance, double LogLikelihood)
{
    /// <summary>Fits counts; columns: functions, to which an intercept is prepended.</summary>
    public static DenseRegression Fit(IReadOnlyList<int> counts, Matrix<double> functions, Matrix<double>? penalty = null)
    {
        Matrix<double> x = functions.InsertColumn(0, Vector<double>.Build.Dense(functions.RowCount, 1.0));
        Matrix<double> p = Matrix<double>.Build.Dense(x.ColumnCount, x.ColumnCount);
        if (penalty is not null) p.SetSubMatrix(1, 1, penalty);
        Vector<double> y = Vector<double>.Build.Dense([.. counts.Select(count => (double)count)]), w = Vector<double>.Build.Dense(x.ColumnCount);
        w[0] = Math.Log(y.Average());
        Matrix<double> inverse = p;
        for (int step = 0; step < 60; step++)
        {
            Vector<double> mean = (x * w).PointwiseExp();
            Matrix<double> hessian = (x.Transpose() * Matrix<double>.Build.DiagonalOfDiagonalVector(mean) * x) + p;
            inverse = PseudoInverse(hessian);
            Vector<double> move = inverse * ((x.Transpose() * (y - mean)) - (p * w));
            w += move * Math.Min(1, 2 / (1e-300 + (x * move).AbsoluteMaximum()));
        }

        Vector<double> predictor = x * w;
        double constants = counts.Sum(count => MathNet.Numerics.SpecialFunctions.FactorialLn(count));
        return new DenseRegression(w, inverse, (y * predictor) - predictor.PointwiseExp().Sum() - constants);
    }

    private static Matrix<double> PseudoInverse(Matrix<double> symmetric)
    {
        MathNet.Numerics.LinearAlgebra.Factorization.Evd<double> evd = symmetric.Evd(Symmetricity.Symmetric);
        double[] values = [.. evd.EigenValues.Select(value => value.Real)];
        double largest = values.Max();
        Vector<double> inverted = Vector<double>.Build.Dense([.. values.Select(value => value > 1e-11 * largest ? 1 / value : 0)]);
        return evd.EigenVectors * Matrix<double>.Build.DiagonalOfDiagonalVector(inverted) * evd.EigenVectors.Transpose();
    }
}
