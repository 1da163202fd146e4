using System.Globalization;
using SpikeStats.Models.Bases;

namespace SpikeStats.Fitting.Glm;

/// <summary>A term laid out on the bins of a fit: its columns, and the sampled basis if it has one.</summary>
/// <param name="Term">The term; null for the baseline.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Basis">The sampled basis of a filter; null for terms without one.</param>
/// <param name="Grid">How its coefficients lie.</param>
internal sealed record TermLayout(GlmTerm? Term, ColumnGroup Columns, LagMatrix? Basis, CoefficientGrid Grid)
{
    /// <summary>What the effect of a smooth term is made of; null for other terms.</summary>
    public SmoothSurface? Surface { get; init; }

    public string Name => Term?.Name ?? GlmFit.BaselineName;

    /// <summary>P of the term's own coefficients.</summary>
    public double[,] Penalty() => PenaltyMatrix.Of(Term?.Penalty ?? Glm.Penalty.None, Grid);

    /// <summary>What a reader calls a column: a window of lags, a power, or a basis function and where it peaks.</summary>
    public string ColumnName(int column, double binWidth)
    {
        if (Term is null) return Name;
        if (Term is CovariateTerm covariate)
            return covariate.Powers[column] == 1 ? Name : string.Create(CultureInfo.InvariantCulture, $"{Name}^{covariate.Powers[column]}");
        if (Surface is not null) return SurfaceName(Surface, Grid.Kept[column]);
        (int first, int last) = Support(column);
        return first == last
            ? string.Create(CultureInfo.InvariantCulture, $"{Name}[{column}] (lag {Milliseconds(first, binWidth)} ms)")
            : string.Create(CultureInfo.InvariantCulture, $"{Name}[{column}] (lags {Milliseconds(first, binWidth)} to {Milliseconds(last, binWidth)} ms)");
    }

    private string SurfaceName(SmoothSurface surface, int place)
    {
        int functions = surface.Values.FunctionCount;
        int[] indices = surface.Values.IndicesOf(place % functions);
        string peaks = string.Join(", ", surface.Values.Margins.Zip(indices, (margin, k) => Math.Round(margin.Peaks[k], 6).ToString(CultureInfo.InvariantCulture)));
        string lag = surface.Lags is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{place / functions},");
        return $"{Name}[{lag}{string.Join(",", indices.Select(k => k.ToString(CultureInfo.InvariantCulture)))}] (near {peaks})";
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
