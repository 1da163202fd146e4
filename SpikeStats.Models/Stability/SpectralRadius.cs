using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace SpikeStats.Models.Stability;

/// <summary>The spectral radius of a branching matrix, below 1 for a stationary linear (Hawkes) model, with its uncertainty.</summary>
/// <remarks>
/// ρ(|N|) with N_ij the mean number of spikes of unit i that a spike of unit j triggers directly. For signed couplings the entries are taken
/// by absolute value, which bounds the radius from above (Brémaud and Massoulié 1996). The standard error follows from ∂ρ/∂N_ij = u_i v_j / uᵀv,
/// with u and v the left and right eigenvectors (delta method); the interval is that of log ρ, so that it stays positive.
/// <para><b>Assumptions:</b> the largest eigenvalue is simple, as it is when every unit reaches every other (Perron and Frobenius).</para>
/// <para><b>Source:</b> Brémaud and Massoulié, Ann Probab 24:1563 (1996).</para>
/// </remarks>
public sealed record SpectralRadius
{
    private const double Quantile = 1.959963984540054;

    private SpectralRadius(double value, double standardError)
    {
        Value = value;
        StandardError = standardError;
    }

    /// <summary>The radius, dimensionless.</summary>
    public double Value { get; }

    /// <summary>Its standard error, dimensionless; NaN if no covariance was given.</summary>
    public double StandardError { get; }

    /// <summary>Lower end of the 95 % interval, dimensionless; NaN without a standard error.</summary>
    public double Low => Value * Math.Exp(-Quantile * StandardError / Value);

    /// <summary>Upper end of the 95 % interval, dimensionless; NaN without a standard error.</summary>
    public double High => Value * Math.Exp(Quantile * StandardError / Value);

    /// <summary>Whether the radius itself is below 1.</summary>
    public bool IsStationary => Value < 1;

    /// <summary>Computes the radius of a branching matrix.</summary>
    /// <param name="branching">N, dimensionless; square, row = target.</param>
    /// <param name="covariance">Covariance of the entries of N taken row after row, dimensionless; null if it is not known.</param>
    /// <returns>The radius; exactly 0 where no unit reaches itself.</returns>
    /// <exception cref="ArgumentException">The matrix is not square or not finite, or the covariance does not fit it.</exception>
    public static SpectralRadius Of(double[,] branching, double[,]? covariance = null)
    {
        ArgumentNullException.ThrowIfNull(branching);
        int size = branching.GetLength(0);
        if (size == 0 || branching.GetLength(1) != size) throw new ArgumentException("A branching matrix must be square and not empty.", nameof(branching));
        if (branching.Cast<double>().Any(value => !double.IsFinite(value))) throw new ArgumentException("A branching matrix must be finite.", nameof(branching));
        if (covariance is not null && (covariance.GetLength(0) != size * size || covariance.GetLength(1) != size * size))
            throw new ArgumentException($"The covariance of {size * size} entries must be {size * size} × {size * size}.", nameof(covariance));
        Matrix<double> absolute = Matrix<double>.Build.DenseOfArray(branching).PointwiseAbs();

        // By components: units on no cycle add only zeros to the eigenvalues, which rounding would smear; those of a chain of 50 become 0.5.
        double value = ConnectionGraph.Of(absolute.ToArray()).SpectralRadius;
        if (covariance is null || value == 0) return new SpectralRadius(value, double.NaN);
        Vector<double> right = Largest(absolute).Vector, left = Largest(absolute.Transpose()).Vector;

        double overlap = left * right;
        double[] slope = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++) slope[(i * size) + j] = Math.Sign(branching[i, j]) * left[i] * right[j] / overlap;
        }

        Vector<double> slopes = Vector<double>.Build.Dense(slope);
        return new SpectralRadius(value, Math.Sqrt(Math.Max(0, slopes * Matrix<double>.Build.DenseOfArray(covariance) * slopes)));
    }

    // The largest eigenvalue of a matrix without negative entries is real and has an eigenvector without negative entries.
    private static (double Value, Vector<double> Vector) Largest(Matrix<double> matrix)
    {
        Evd<double> decomposition = matrix.Evd();
        double[] real = [.. decomposition.EigenValues.Select(value => value.Real)];
        int best = Array.IndexOf(real, real.Max());
        return (Math.Max(0, decomposition.EigenValues[best].Real), decomposition.EigenVectors.Column(best));
    }
}
