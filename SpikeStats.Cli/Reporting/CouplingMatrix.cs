using SpikeStats.Fitting.Glm;

namespace SpikeStats.Cli.Reporting;

/// <summary>The couplings of all fitted units: how strongly each unit acts on each.</summary>
/// <param name="Units">The coupled units that were fitted, in the order of the recording.</param>
/// <param name="Strengths">targets × sources: the mean log-gain over the window of the coupling filter; NaN on the diagonal and where it is not finite.</param>
/// <param name="PValues">targets × sources: Wald's p-value of the filter; NaN on the diagonal.</param>
internal sealed record CouplingMatrix(IReadOnlyList<string> Units, double[,] Strengths, double[,] PValues)
{
    private const double Level = 0.05;

    /// <summary>Number of couplings.</summary>
    public int Count => Units.Count * (Units.Count - 1);

    /// <summary>The p-value below which a coupling stands out among all of them (Bonferroni).</summary>
    public double Limit => Level / Math.Max(1, Count);

    /// <summary>The couplings that stand out, the surest first.</summary>
    public IReadOnlyList<(string Source, string Target, double Strength, double PValue)> Notable =>
    [
        .. from target in Enumerable.Range(0, Units.Count)
           from source in Enumerable.Range(0, Units.Count)
           where PValues[target, source] < Limit
           orderby PValues[target, source]
           select (Units[source], Units[target], Strengths[target, source], PValues[target, source]),
    ];

    /// <summary>Collects the couplings of fits.</summary>
    /// <returns>The matrix; null if no fit has a coupling.</returns>
    public static CouplingMatrix? Of(IReadOnlyList<UnitReport> units)
    {
        GlmFit[] fits = [.. units.Select(unit => unit.Fit).OfType<GlmFit>().Where(fit => fit.Specification.Terms.OfType<CouplingTerm>().Any())];
        if (fits.Length == 0) return null;
        string[] names = [.. fits.Select(fit => fit.Specification.Target)];
        double[,] strengths = new double[names.Length, names.Length], pValues = new double[names.Length, names.Length];
        for (int target = 0; target < names.Length; target++)
        {
            Dictionary<string, TermFit> bySource = fits[target].Specification.Terms.OfType<CouplingTerm>()
                .ToDictionary(term => term.Source, term => fits[target].Term(term.Name), StringComparer.Ordinal);
            for (int source = 0; source < names.Length; source++)
            {
                TermFit? term = bySource.GetValueOrDefault(names[source]);
                double strength = term?.Filter.Average() ?? double.NaN;
                strengths[target, source] = double.IsFinite(strength) ? strength : double.NaN;
                pValues[target, source] = term?.Wald.PValue ?? double.NaN;
            }
        }

        return new CouplingMatrix(names, strengths, pValues);
    }
}
