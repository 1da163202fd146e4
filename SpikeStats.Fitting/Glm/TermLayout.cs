using System.Globalization;
using SpikeStats.Models.Bases;

namespace SpikeStats.Fitting.Glm;

/// <summary>A term laid out on the bins of a fit: its columns, and the sampled basis if it has one.</summary>
/// <param name="Term">The term; null for the baseline.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Basis">The sampled basis; null for the baseline and for covariates.</param>
internal sealed record TermLayout(GlmTerm? Term, ColumnGroup Columns, LagMatrix? Basis)
{
    public string Name => Term?.Name ?? GlmFit.BaselineName;

    /// <summary>What a reader calls a column: a window of lags, a power, or a basis function and where it peaks.</summary>
    public string ColumnName(int column, double binWidth)
    {
        if (Term is null) return Name;
        if (Term is CovariateTerm covariate)
            return covariate.Powers[column] == 1 ? Name : string.Create(CultureInfo.InvariantCulture, $"{Name}^{covariate.Powers[column]}");
        (int first, int last) = Support(column);
        return first == last
            ? string.Create(CultureInfo.InvariantCulture, $"{Name}[{column}] (lag {Milliseconds(first, binWidth)} ms)")
            : string.Create(CultureInfo.InvariantCulture, $"{Name}[{column}] (lags {Milliseconds(first, binWidth)} to {Milliseconds(last, binWidth)} ms)");
    }

    private static double Milliseconds(int lag, double binWidth) => Math.Round(lag * binWidth * 1e3, 6);

    // The lags at which the function is not zero.
    private (int First, int Last) Support(int column)
    {
        int first = Basis!.LastLag, last = Basis.FirstLag;
        for (int row = 0; row < Basis.RowCount; row++)
        {
            if (Basis[row, column] == 0) continue;
            first = Math.Min(first, Basis.FirstLag + row);
            last = Basis.FirstLag + row;
        }

        return (first, Math.Max(first, last));
    }
}
