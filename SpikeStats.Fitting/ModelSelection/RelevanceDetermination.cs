using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
using SpikeStats.Fitting.Glm;

namespace SpikeStats.Fitting.ModelSelection;

/// <summary>Automatic relevance determination: one strength for every penalty of every term, chosen by the evidence.</summary>
/// <remarks>
/// With the pieces λ_j S_j of the penalty of a term, S their sum, V the Bayesian covariance and w the coefficients of the term, the slope of the log evidence in
/// log λ_j is ½ (γ_j - λ_j wᵀS_j w), γ_j = λ_j tr(S⁻S_j) - λ_j tr(V S_j), if the information of the data is held. Setting it to zero gives the re-estimate
/// λ_j ← λ_j γ_j / (λ_j wᵀS_j w); a fit and a re-estimate take turns. γ_j is the number of parameters that the data determine along S_j. A term that explains
/// nothing gets an ever larger strength and ends switched off.
/// <para><b>Accuracy:</b> the information changes with the strengths, which the formula leaves out: strengths are within some per cent of those of the largest
/// Laplace evidence, the evidence within hundredths of a nat. The evidence may have several maxima; the search finds the one that is near the stated strengths.</para>
/// <para><b>Source:</b> MacKay, Neural Computation 4:415 (1992), for one piece per term; Wood and Fasiolo, Biometrics 73:1071 (2017), for several.</para>
/// </remarks>
public static class RelevanceDetermination
{
    // Largest change of a strength in one turn, and in all.
    private const double LargestStep = 1e3;
    private const double LargestFactor = 1e12;

    // Eigenvalues of a penalty below this share of the largest leave their direction free.
    private const double NullSpace = 1e-10;

    /// <summary>Chooses the strengths and fits with them.</summary>
    /// <remarks>Cost: a fit per turn, ten to a hundred.</remarks>
    /// <param name="specification">A specification with at least one quadratic penalty and no lasso; its strengths are where the search starts.</param>
    /// <param name="recording">The recording.</param>
    /// <param name="options">Tolerance and limits.</param>
    /// <param name="progress">Told the fraction of the allowed turns that are done, 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the fits.</param>
    /// <returns>The strengths, the last fit and whether the search ended where the slopes vanish.</returns>
    /// <exception cref="ArgumentException">No term has a penalty, one has a lasso, or a fit did not reach its optimum.</exception>
    public static RelevanceResult Estimate(
        GlmSpecification specification, Recording recording, RelevanceOptions? options = null, IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(specification);
        ArgumentNullException.ThrowIfNull(recording);
        options ??= new RelevanceOptions();
        if (specification.Terms.Any(term => term.Penalty.IsSparse)) throw new ArgumentException("A lasso is no Gaussian prior and has no evidence; choose its strength by cross-validation.", nameof(specification));
        Piece[] pieces = [.. specification.Terms.SelectMany(term => PenaltyComponents.Of(term.Penalty).Select(own => new Piece(term.Name, own.Name, own.Part, 1)))];
        if (pieces.Length == 0) throw new ArgumentException("No term has a penalty whose strength could be chosen.", nameof(specification));
        for (int turn = 1; ; turn++)
        {
            GlmSpecification current = With(specification, pieces);
            GlmFit fit = current.Fit(recording, options.Fit, null, cancellationToken);
            if (!fit.Certificate.IsConverged) throw new ArgumentException($"A fit on the way did not reach its optimum. {fit.Certificate.Message}", nameof(specification));
            Reestimate[] next = [.. pieces.GroupBy(piece => piece.Term, StringComparer.Ordinal).SelectMany(group => Reestimates(fit, [.. group]))];
            bool isConverged = next.All(own => own.IsSettled(options.Tolerance));
            progress?.Report((double)turn / options.MaxIterations);
            if (isConverged || turn == options.MaxIterations)
            {
                progress?.Report(1);
                return new RelevanceResult(fit, [.. next.Select(own => own.ToRelevance())], Evidence.LogEvidence(fit), turn, isConverged);
            }

            pieces = [.. next.Select(own => own.Moved())];
        }
    }

    private static GlmSpecification With(GlmSpecification specification, Piece[] pieces) => specification with
    {
        Terms = [.. specification.Terms.Select(term => term with
        {
            Penalty = PenaltyComponents.Join(pieces.Where(piece => string.Equals(piece.Term, term.Name, StringComparison.Ordinal)).Select(piece => piece.Penalty)),
        })],
    };

    private static IEnumerable<Reestimate> Reestimates(GlmFit fit, Piece[] pieces)
    {
        TermFit term = fit.Term(pieces[0].Term);
        int first = fit.Terms.TakeWhile(other => !ReferenceEquals(other, term)).Sum(other => other.Coefficients.Count), count = term.Coefficients.Count;
        Vector<double> coefficients = Vector<double>.Build.Dense([.. term.Coefficients]);
        Matrix<double> covariance = Matrix<double>.Build.DenseOfArray(fit.Covariance).SubMatrix(first, count, first, count);
        Matrix<double>[] penalties = [.. pieces.Select(piece => Matrix<double>.Build.DenseOfArray(PenaltyMatrix.Of(piece.Penalty, term.Grid)))];
        Matrix<double> inverse = PseudoInverse(penalties.Aggregate((sum, own) => sum + own));
        for (int j = 0; j < pieces.Length; j++)
        {
            double prior = (inverse * penalties[j]).Trace();
            yield return new Reestimate(pieces[j], Math.Max(prior - (covariance * penalties[j]).Trace(), 0), coefficients * (penalties[j] * coefficients));
        }
    }

    private static Matrix<double> PseudoInverse(Matrix<double> symmetric)
    {
        Evd<double> evd = symmetric.Evd(Symmetricity.Symmetric);
        double largest = evd.EigenValues.Max(value => value.Real);
        Vector<double> inverted = Vector<double>.Build.Dense([.. evd.EigenValues.Select(value => value.Real > NullSpace * largest ? 1 / value.Real : 0)]);
        return evd.EigenVectors * Matrix<double>.Build.DiagonalOfDiagonalVector(inverted) * evd.EigenVectors.Transpose();
    }

    /// <summary>A piece of a penalty with its strength in it, and by how much that has grown.</summary>
    private sealed record Piece(string Term, string Name, Penalty Penalty, double Factor);

    /// <summary>What a fit says about the strength of a piece.</summary>
    private sealed record Reestimate(Piece Piece, double Degrees, double Cost)
    {
        private bool IsAtLimit => Piece.Factor is >= LargestFactor or <= 1 / LargestFactor;

        // In nats per unit of log λ.
        public bool IsSettled(double tolerance) => IsAtLimit || 0.5 * Math.Abs(Degrees - Cost) <= tolerance;

        public Piece Moved()
        {
            if (IsAtLimit) return Piece;
            double step = Math.Clamp(Degrees / Cost, 1 / LargestStep, LargestStep);
            if (double.IsNaN(step)) step = LargestStep;
            step = Math.Clamp(Piece.Factor * step, 1 / LargestFactor, LargestFactor) / Piece.Factor;
            return Piece with { Penalty = Piece.Penalty.Times(step), Factor = Piece.Factor * step };
        }

        public TermRelevance ToRelevance() => new(Piece.Term, Piece.Name, Piece.Factor, Degrees);
    }
}
