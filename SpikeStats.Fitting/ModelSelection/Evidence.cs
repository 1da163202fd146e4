using MathNet.Numerics.LinearAlgebra;
using SpikeStats.Fitting.Glm;

namespace SpikeStats.Fitting.ModelSelection;

/// <summary>The marginal likelihood of data under a quadratic penalty read as a Gaussian prior.</summary>
public static class Evidence
{
    private const double NullSpace = 1e-10;

    /// <summary>Laplace's approximation of the log evidence: ℓ - ½ wᵀPw + ½ log|P|₊ - ½ log|H + P| + ½ (p - r) log 2π.</summary>
    /// <remarks>
    /// |P|₊ is the product of the r positive eigenvalues of P; the p - r directions without a prior have density 1, so that only fits with the same such
    /// directions are comparable, as those of one specification with other strengths are. The error falls like 1/spikes.
    /// <para><b>Source:</b> MacKay, Neural Computation 4:415 (1992); Sahani and Linden, NIPS 15 (2003).</para>
    /// </remarks>
    /// <param name="fit">A fit that reached its optimum.</param>
    /// <returns>Nats.</returns>
    /// <exception cref="ArgumentException">The fit did not reach its optimum, or has a lasso, whose prior is not Gaussian.</exception>
    public static double LogEvidence(GlmFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (!fit.IsInferenceValid) throw new ArgumentException("The evidence is that of a Gaussian prior; a lasso has none.", nameof(fit));
        if (!fit.Certificate.IsConverged) throw new ArgumentException($"There is no evidence of a fit that did not reach its optimum. {fit.Certificate.Message}", nameof(fit));
        int size = fit.Coefficients.Count, rank = 0;
        double value = fit.LogLikelihood;
        foreach (TermFit term in fit.Terms)
        {
            if (term.Term is { Penalty.IsNone: false })
            {
                Matrix<double> precision = Matrix<double>.Build.DenseOfArray(term.PenaltyMatrix());
                Vector<double> own = Vector<double>.Build.Dense([.. term.Coefficients]);
                value -= 0.5 * (own * (precision * own));
                double[] eigenvalues = [.. precision.Evd(Symmetricity.Symmetric).EigenValues.Select(eigenvalue => eigenvalue.Real)];
                double largest = eigenvalues.Max();
                foreach (double eigenvalue in eigenvalues.Where(eigenvalue => eigenvalue > NullSpace * largest))
                {
                    value += 0.5 * Math.Log(eigenvalue);
                    rank++;
                }
            }
        }

        value += 0.5 * Matrix<double>.Build.DenseOfArray(fit.Covariance).Cholesky().DeterminantLn;
        return value + (0.5 * (size - rank) * Math.Log(2 * Math.PI));
    }
}
