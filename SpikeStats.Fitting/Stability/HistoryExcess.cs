using SpikeStats.Fitting.Glm;

namespace SpikeStats.Fitting.Stability;

/// <summary>K(w) = Δ Σ_l (e^{h_l} - 1), the integral of e^h - 1 over the post-spike filter h = B w: convex in the coefficients.</summary>
/// <remarks>Lags at which the unit is certainly silent (an infinite coefficient) contribute the constant -Δ.</remarks>
internal sealed class HistoryExcess
{
    private readonly int size;
    private readonly double binWidth;
    private readonly int silentLags;

    // Per lag, the columns that act there and their values.
    private readonly (int Column, double Value)[][] lags;

    public HistoryExcess(GlmLayout layout, bool[] separated)
    {
        size = layout.Design.ColumnCount;
        binWidth = layout.Specification.BinWidth;
        TermLayout[] terms = [.. layout.Terms.Where(term => term.Term is HistoryTerm)];
        IEnumerable<(int Lag, int Column, double Value)> entries =
            from term in terms
            let basis = term.Basis!
            from row in Enumerable.Range(0, basis.RowCount)
            from column in Enumerable.Range(0, basis.ColumnCount)
            where basis[row, column] != 0
            select (basis.FirstLag + row, term.Columns.FirstColumn + column, basis[row, column]);
        (int Column, double Value)[][] all = [.. entries.GroupBy(entry => entry.Lag).Select(lag => lag.Select(entry => (entry.Column, entry.Value)).ToArray())];
        lags = [.. all.Where(lag => !lag.Any(entry => separated[entry.Column]))];
        silentLags = all.Length - lags.Length;
    }

    /// <summary>Whether there is a filter to constrain.</summary>
    public bool IsEmpty => lags.Length == 0;

    /// <summary>K in seconds, its gradient, and its Hessian, row after row.</summary>
    public (double Value, double[] Gradient, double[] Hessian) At(ReadOnlySpan<double> coefficients)
    {
        double value = -binWidth * silentLags;
        double[] gradient = new double[size], hessian = new double[size * size];
        foreach ((int Column, double Value)[] lag in lags)
        {
            double filter = 0;
            foreach ((int column, double basis) in lag) filter += basis * coefficients[column];
            double gain = binWidth * Math.Exp(filter);
            value += gain - binWidth;
            foreach ((int column, double basis) in lag)
            {
                gradient[column] += gain * basis;
                foreach ((int other, double otherBasis) in lag) hessian[(column * size) + other] += gain * basis * otherBasis;
            }
        }

        return (value, gradient, hessian);
    }
}
