using SpikeStats.Fitting.Glm;

namespace SpikeStats.Fitting.ModelSelection;

/// <summary>Chooses how strong the penalties of a specification should be: one factor for all of them.</summary>
public static class PenaltyStrength
{
    // Decades of the coarse search by evidence, around the strengths that the specification states.
    private const int Decades = 4;

    // The golden section ends when the factor is known to one per cent; the evidence is flat there.
    private const double LogTolerance = 0.01;

    private static readonly double golden = (Math.Sqrt(5) - 1) / 2;

    /// <summary>Maximises the evidence: first by decades from 10^-4 to 10^4, then by golden section around the best.</summary>
    /// <remarks>For quadratic penalties. Cost: about 25 fits. Source: MacKay, Neural Computation 4:415 (1992).</remarks>
    /// <param name="specification">A specification with at least one quadratic penalty and no lasso.</param>
    /// <param name="recording">The recording.</param>
    /// <param name="options">How to fit.</param>
    /// <param name="cancellationToken">Cancels the fits.</param>
    /// <returns>The choice; the score is <see cref="Evidence.LogEvidence"/>.</returns>
    /// <exception cref="ArgumentException">No term has a penalty, or one has a lasso, or a fit did not reach its optimum.</exception>
    public static StrengthChoice ByEvidence(
        GlmSpecification specification, Recording recording, GlmFitOptions? options = null, CancellationToken cancellationToken = default)
    {
        RequirePenalty(specification);
        SortedDictionary<double, double> tried = [];
        double Score(double logFactor)
        {
            double factor = Math.Exp(logFactor);
            if (!tried.TryGetValue(factor, out double score))
                tried[factor] = score = Evidence.LogEvidence(Scaled(specification, factor).Fit(recording, options, null, cancellationToken));
            return score;
        }

        double decade = Math.Log(10);
        int best = Enumerable.Range(-Decades, (2 * Decades) + 1).MaxBy(power => Score(power * decade));
        double low = Math.Max(best - 1, -Decades) * decade, high = Math.Min(best + 1, Decades) * decade;
        double left = high - (golden * (high - low)), right = low + (golden * (high - low));
        while (high - low > LogTolerance)
        {
            if (Score(left) >= Score(right)) (high, right, left) = (right, left, right - (golden * (right - low)));
            else (low, left, right) = (left, right, left + (golden * (high - left)));
        }

        return Choice(specification, tried);
    }

    /// <summary>Takes the factor with the largest held-out log-likelihood.</summary>
    /// <remarks>For every kind of penalty. Cost: factors × folds fits.</remarks>
    /// <param name="specification">A specification with at least one penalty.</param>
    /// <param name="recording">The recording.</param>
    /// <param name="factors">Factors to try, dimensionless, positive.</param>
    /// <param name="options">Folds.</param>
    /// <param name="progress">Told the fraction done, 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the fits.</param>
    /// <returns>The choice; the score is the held-out log-likelihood of all folds.</returns>
    /// <exception cref="ArgumentException">No term has a penalty, or there is no factor.</exception>
    public static StrengthChoice ByCrossValidation(
        GlmSpecification specification, Recording recording, IReadOnlyList<double> factors, CrossValidationOptions? options = null,
        IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        RequirePenalty(specification);
        ArgumentNullException.ThrowIfNull(factors);
        if (factors.Count == 0 || factors.Any(factor => !(factor > 0) || !double.IsFinite(factor)))
            throw new ArgumentException("Give positive factors to try.", nameof(factors));
        SortedDictionary<double, double> tried = [];
        foreach (double factor in factors)
        {
            tried[factor] = CrossValidation.Score(Scaled(specification, factor), recording, options, null, cancellationToken).Total.LogLikelihood;
            progress?.Report(tried.Count / (double)factors.Count);
        }

        return Choice(specification, tried);
    }

    private static StrengthChoice Choice(GlmSpecification specification, SortedDictionary<double, double> tried)
    {
        double best = tried.MaxBy(pair => pair.Value).Key;
        return new StrengthChoice(best, Scaled(specification, best), [.. tried.Select(pair => new StrengthScore(pair.Key, pair.Value))]);
    }

    private static void RequirePenalty(GlmSpecification specification)
    {
        ArgumentNullException.ThrowIfNull(specification);
        if (specification.Terms.All(term => term.Penalty.IsNone)) throw new ArgumentException("No term has a penalty whose strength could be chosen.", nameof(specification));
    }

    private static GlmSpecification Scaled(GlmSpecification specification, double factor) =>
        specification with { Terms = [.. specification.Terms.Select(term => term with { Penalty = term.Penalty.Times(factor) })] };
}
