using SpikeStats.Fitting.Glm;

namespace SpikeStats.Fitting.HypothesisTests;

/// <summary>Tests of all couplings of one or many targets in the sense of Granger, with control of false discoveries.</summary>
public static class CouplingTests
{
    /// <summary>Tests every coupling term against the same model without it, on the same bins.</summary>
    /// <remarks>
    /// A coupling that is found says that the source helps to predict the target given all that the model contains; an unobserved common drive can do that too.
    /// Cost: one fit per coupling and target. <b>Source:</b> Kim, Putrino, Ghosh and Brown, PLoS Computational Biology 7:e1001110 (2011).
    /// </remarks>
    /// <param name="specifications">One model per target, without penalties.</param>
    /// <param name="recording">The recording.</param>
    /// <param name="falseDiscoveryRate">Expected share of false couplings among those called significant; between 0 and 1.</param>
    /// <param name="options">How to fit.</param>
    /// <param name="progress">Told the fraction done, 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the fits.</param>
    /// <returns>One test per coupling, in the order of the specifications and their terms; empty without couplings.</returns>
    /// <exception cref="ArgumentException">A term has a penalty, or a fit did not reach its optimum.</exception>
    public static IReadOnlyList<CouplingTest> Of(
        IReadOnlyList<GlmSpecification> specifications, Recording recording, double falseDiscoveryRate = 0.05, GlmFitOptions? options = null,
        IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(specifications);
        ArgumentNullException.ThrowIfNull(recording);
        if (!(falseDiscoveryRate is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(falseDiscoveryRate), falseDiscoveryRate, "The false discovery rate must lie between 0 and 1.");
        List<CouplingTest> raw = [];
        for (int target = 0; target < specifications.Count; target++)
        {
            GlmSpecification specification = specifications[target];
            NestedFits fits = new(specification, recording, options ?? new GlmFitOptions());
            GlmFit full = fits.Fit(_ => true, cancellationToken);
            foreach (CouplingTerm coupling in specification.Terms.OfType<CouplingTerm>())
            {
                GlmFit without = fits.Fit(term => !ReferenceEquals(term, coupling), cancellationToken);
                raw.Add(new CouplingTest(
                    coupling.Source, specification.Target, LikelihoodRatioTest.Of(without, full), double.NaN, IsSignificant: false, full.Term(coupling.Name).Filter.Sum()));
            }

            progress?.Report((target + 1.0) / specifications.Count);
        }

        double[] adjusted = FalseDiscoveryRate.Adjust([.. raw.Select(test => test.Test.PValue)]);
        return [.. raw.Select((test, i) => test with { AdjustedPValue = adjusted[i], IsSignificant = adjusted[i] <= falseDiscoveryRate })];
    }
}
