namespace SpikeStats.Fitting.HypothesisTests;

/// <summary>Control of the share of false alarms among many tests that are called significant.</summary>
public static class FalseDiscoveryRate
{
    /// <summary>Adjusted p-values of Benjamini and Hochberg: min over j ≥ i of n p_(j) / j.</summary>
    /// <remarks>
    /// Calling every test with an adjusted p-value up to q significant keeps the expected share of false ones among them at q or less, for independent or
    /// positively dependent tests. <b>Source:</b> Benjamini and Hochberg, Journal of the Royal Statistical Society B 57:289 (1995).
    /// </remarks>
    /// <param name="pValues">p-values, from 0 to 1; NaN for tests that could not be made.</param>
    /// <returns>Adjusted p-values in the same order; NaN where there was none, which do not count as tests; empty for no test.</returns>
    /// <exception cref="ArgumentException">A p-value lies outside [0, 1].</exception>
    public static double[] Adjust(ReadOnlySpan<double> pValues)
    {
        double[] adjusted = pValues.ToArray();
        if (adjusted.Any(value => value is < 0 or > 1)) throw new ArgumentException("A p-value lies between 0 and 1.", nameof(pValues));
        int[] order = [.. Enumerable.Range(0, adjusted.Length).Where(i => !double.IsNaN(adjusted[i])).OrderBy(i => adjusted[i])];
        double smallest = 1;
        for (int rank = order.Length; rank >= 1; rank--)
        {
            smallest = Math.Min(smallest, adjusted[order[rank - 1]] * order.Length / rank);
            adjusted[order[rank - 1]] = smallest;
        }

        return adjusted;
    }
}
