using SpikeStats.Fitting.Glm;

namespace SpikeStats.Cli.Reporting;

/// <summary>The couplings of all fitted units: how strongly each unit acts on each.</summary>
/// <param name="Units">The coupled units that were fitted, in the order of the recording.</param>
/// <param name="Strengths">targets × sources: the log-gain at the lag at which it is surest, in standard errors, to differ from zero; NaN on the diagonal.</param>
/// <param name="Lags">targets × sources: that lag, in seconds.</param>
/// <param name="PValues">targets × sources: Wald's p-value of the filter; NaN on the diagonal.</param>
internal sealed record CouplingMatrix(IReadOnlyList<string> Units, double[,] Strengths, double[,] Lags, double[,] PValues)
{
    private const double Level = 0.05;

    /// <summary>Number of couplings.</summary>
    public int Count => Units.Count * (Units.Count - 1);

    /// <summary>The p-value below which a coupling stands out among all of them (Bonferroni).</summary>
    public double Limit => Level / Math.Max(1, Count);

    /// <summary>The couplings that stand out, the surest first.</summary>
    public IReadOnlyList<(string Source, string Target, double Strength, double Lag, double PValue)> Notable =>
    [
        .. from target in Enumerable.Range(0, Units.Count)
           from source in Enumerable.Range(0, Units.Count)
           where PValues[target, source] < Limit
           orderby PValues[target, source]
           select (Units[source], Units[target], Strengths[target, source], Lags[target, source], PValues[target, source]),
    ];

    /// <summary>Collects the couplings of fits.</summary>
    /// <returns>The matrix; null if no fit has a coupling.</returns>
    public static CouplingMatrix? Of(IReadOnlyList<UnitReport> units)
    {
        GlmFit[] fits = [.. units.Select(unit => unit.Fit).OfType<GlmFit>().Where(fit => fit.Specification.Terms.OfType<CouplingTerm>().Any())];
        if (fits.Length == 0) return null;
        string[] names = [.. fits.Select(fit => fit.Specification.Target)];
        double[,] strengths = new double[names.Length, names.Length], lags = new double[names.Length, names.Length], pValues = new double[names.Length, names.Length];
        for (int target = 0; target < names.Length; target++)
        {
            Dictionary<string, TermFit> bySource = fits[target].Specification.Terms.OfType<CouplingTerm>()
                .ToDictionary(term => term.Source, term => fits[target].Term(term.Name), StringComparer.Ordinal);
            for (int source = 0; source < names.Length; source++)
            {
                TermFit? term = bySource.GetValueOrDefault(names[source]);
                (lags[target, source], strengths[target, source]) = Surest(term);
                pValues[target, source] = term?.Wald.PValue ?? double.NaN;
            }
        }

        return new CouplingMatrix(names, strengths, lags, pValues);
    }

    // A mean over lags would let excitation and the suppression after it cancel.
    private static (double Lag, double LogGain) Surest(TermFit? term)
    {
        (double lag, double logGain, double surest) = (double.NaN, double.NaN, 0);
        for (int row = 0; row < (term?.Lags.Count ?? 0); row++)
        {
            double standardErrors = Math.Abs(term!.Filter[row] / term.FilterStandardErrors[row]);
            if (!(standardErrors > surest) || !double.IsFinite(standardErrors)) continue;
            (lag, logGain, surest) = (term.Lags[row], term.Filter[row], standardErrors);
        }

        return (lag, logGain);
    }
}
