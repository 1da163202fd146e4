using System.Data;
using System.Globalization;
using SpikeStats.Plotting;

namespace SpikeStats.Fitting.Glm;

/// <summary>The effect of a smooth term on a grid, with pointwise standard errors.</summary>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed class GlmEffect
{
    internal GlmEffect(
        string term, IReadOnlyList<string> axes, IReadOnlyList<IReadOnlyList<double>> grids, IReadOnlyList<double> values, IReadOnlyList<double> standardErrors)
    {
        Term = term;
        Axes = axes;
        Grids = grids;
        Values = values;
        StandardErrors = standardErrors;
    }

    /// <summary>Name of the term.</summary>
    public string Term { get; }

    /// <summary>Names of the axes: the signals, after <c>lag</c> if the term has one.</summary>
    public IReadOnlyList<string> Axes { get; }

    /// <summary>The values along each axis, in the unit of the signal; lags in seconds.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Grids { get; }

    /// <summary>What the term adds to the predictor at each point of the grid, dimensionless; the last axis runs fastest; -∞ where a spike is impossible.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>Pointwise standard errors of <see cref="Values"/>, dimensionless; NaN where the data do not determine the effect.</summary>
    public IReadOnlyList<double> StandardErrors { get; }

    /// <summary>The effect as a table: one column per axis, then effect, standardError, lower, upper (95 %).</summary>
    /// <returns>One row per point of the grid.</returns>
    public DataTable ToDataTable()
    {
        DataTable table = new("effect") { Locale = CultureInfo.InvariantCulture };
        foreach (string column in (string[])[.. Axes, "effect", "standardError", "lower", "upper"]) table.Columns.Add(column, typeof(double));
        for (int point = 0; point < Values.Count; point++)
        {
            (double effect, double error) = (Values[point], StandardErrors[point]);
            object[] coordinates = [.. Coordinates(point).Cast<object>()];
            table.Rows.Add([.. coordinates, effect, error, effect - (GlmEffectFigure.NormalQuantile * error), effect + (GlmEffectFigure.NormalQuantile * error)]);
        }

        return table;
    }

    /// <summary>The effect as a figure: a line with its 95 % band over one axis, a map of colours over two.</summary>
    /// <param name="options">Heading, note and size.</param>
    /// <returns>The figure.</returns>
    /// <exception cref="InvalidOperationException">The effect has more than two axes.</exception>
    public Figure Plot(FigureOptions? options = null) => GlmEffectFigure.Of(this, options ?? new FigureOptions());

    /// <summary>The figure for a notebook or a report; the table if there are more than two axes.</summary>
    /// <returns>HTML elements.</returns>
    public string ToHtml() => Axes.Count <= 2 ? Plot().ToHtml() : HtmlTable.Of(ToDataTable(), Term, "G4").ToHtml();

    private IEnumerable<double> Coordinates(int point)
    {
        int stride = Values.Count;
        foreach (IReadOnlyList<double> grid in Grids)
        {
            stride /= grid.Count;
            yield return grid[point / stride % grid.Count];
        }
    }
}
