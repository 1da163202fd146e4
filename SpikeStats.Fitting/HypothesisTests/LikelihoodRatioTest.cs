using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Fitting.HypothesisTests;

/// <summary>Test of a model against a larger one that contains it: 2 (ℓ_full - ℓ_restricted), χ² distributed if the smaller one is true (Wilks).</summary>
/// <param name="Statistic">2 (ℓ_full - ℓ_restricted), in nats; not negative.</param>
/// <param name="DegreesOfFreedom">Parameters that only the larger model has.</param>
/// <param name="PValue">Probability of a larger statistic if the smaller model is true.</param>
public sealed record LikelihoodRatioTest(double Statistic, int DegreesOfFreedom, double PValue)
{
    /// <summary>Compares two fits to the same bins.</summary>
    /// <remarks>
    /// If one of the parameters that are tested cannot be negative, as a branching ratio or an inverse shape (Poisson against negative binomial counts, whose
    /// inverse shape is 0 under the smaller model), half of the statistics come from a boundary:
    /// the distribution is the mixture ½ χ²_(k-1) + ½ χ²_k (Self and Liang, Journal of the American Statistical Association 82:605, 1987).
    /// </remarks>
    /// <param name="restricted">The smaller model.</param>
    /// <param name="full">The larger model; it has all coefficients of the smaller one.</param>
    /// <param name="isOnBoundary">Whether one tested parameter lies on the edge of its range under the smaller model.</param>
    /// <returns>The test.</returns>
    /// <exception cref="ArgumentException">The fits are not nested, used other bins, have penalties, or did not reach their optimum.</exception>
    public static LikelihoodRatioTest Of(GlmFit restricted, GlmFit full, bool isOnBoundary = false)
    {
        ArgumentNullException.ThrowIfNull(restricted);
        ArgumentNullException.ThrowIfNull(full);
        foreach (GlmFit fit in (GlmFit[])[restricted, full])
        {
            if (fit.Specification.Terms.Any(term => !term.Penalty.IsNone))
                throw new ArgumentException($"{fit}: penalised fits have no likelihood-ratio test; fit without penalties.");
            if (fit.Certificate.Status is FitStatus.IterationLimit or FitStatus.StepFailed)
                throw new ArgumentException($"{fit}: the fit did not reach its optimum. {fit.Certificate.Message}");
        }

        if (restricted.BinCount != full.BinCount || restricted.SpikeCount != full.SpikeCount)
            throw new ArgumentException($"The fits used other bins ({restricted.BinCount} and {full.BinCount}); fit both to the same ones, for example with {nameof(Models.Glm.EdgePolicy)}.Zero or by {nameof(DevianceTable)}.", nameof(restricted));
        string? alone = restricted.Terms.Where(term => !IsIn(term, full)).SelectMany(term => term.CoefficientNames)
            .FirstOrDefault(name => !full.CoefficientNames.Contains(name, StringComparer.Ordinal));
        if (alone is not null) throw new ArgumentException($"The fits are not nested: only the smaller one has the coefficient {alone}.", nameof(full));
        return Of(2 * (full.LogLikelihood - restricted.LogLikelihood), Dimension(full) - Dimension(restricted), isOnBoundary);
    }

    internal static LikelihoodRatioTest Of(double difference, int degreesOfFreedom, bool isOnBoundary)
    {
        // Rounding may leave a model that explains nothing a little below the smaller one.
        double statistic = Math.Max(difference, 0);
        double tail = WaldTest.Of(statistic, degreesOfFreedom).PValue;
        if (isOnBoundary && degreesOfFreedom > 0)
        {
            // χ² with no degree of freedom is the constant 0.
            double lower = degreesOfFreedom > 1 ? WaldTest.Of(statistic, degreesOfFreedom - 1).PValue : statistic > 0 ? 0 : 1;
            tail = 0.5 * (tail + lower);
        }

        return new LikelihoodRatioTest(statistic, degreesOfFreedom, tail);
    }

    // Which function of a smooth term is left out changes nothing about what the term spans.
    private static bool IsIn(TermFit term, GlmFit full) => term.Surface is not null
        && full.Terms.Any(other => string.Equals(other.Name, term.Name, StringComparison.Ordinal) && string.Equals(other.Basis, term.Basis, StringComparison.Ordinal));

    // Coefficients that run to infinity are free parameters too, although the certificate counts only those with a finite estimate.
    // So is a shape at the limit of Poisson counts, which has no standard error.
    private static int Dimension(GlmFit fit) =>
        fit.Certificate.Rank + fit.Coefficients.Count(double.IsInfinity) + (fit.Shape is { StandardError: double.NaN } ? 1 : 0);
}
