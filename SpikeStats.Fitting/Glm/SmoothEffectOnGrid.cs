using SpikeStats.Models.Bases;

namespace SpikeStats.Fitting.Glm;

/// <summary>Evaluates the effect of a smooth term and its standard errors on a grid.</summary>
internal static class SmoothEffectOnGrid
{
    // A curve needs more points than a map has columns.
    private const int PointsOfCurve = 101, PointsOfMap = 31, PointsOfMore = 11;

    public static GlmEffect Of(GlmFit fit, TermFit term, IReadOnlyList<IReadOnlyList<double>> grids)
    {
        if (term.Surface is not { } surface)
            throw new ArgumentException($"Term '{term.Name}' is no smooth effect of values; its filter is in {nameof(TermFit)}.{nameof(TermFit.Filter)}.", nameof(term));
        if (grids.Count == 0) grids = [.. surface.Values.Margins.Select(margin => Even(margin, surface.Axes.Count))];
        if (grids.Count != surface.Values.Margins.Count)
            throw new ArgumentException($"Term '{term.Name}' needs {surface.Values.Margins.Count} grids of values, not {grids.Count}.", nameof(grids));
        if (grids.Any(grid => grid.Count == 0)) throw new ArgumentException("A grid has no value.", nameof(grids));
        double[][] points = [.. Product(grids)];
        int lagCount = surface.Lags?.RowCount ?? 1, first = FirstColumn(fit, term);
        double[] values = new double[lagCount * points.Length], errors = new double[values.Length];
        double[] functions = new double[surface.Values.FunctionCount];
        for (int point = 0; point < points.Length; point++)
        {
            surface.Values.Evaluate(points[point], functions);
            for (int lag = 0; lag < lagCount; lag++)
            {
                ReadOnlySpan<double> lagFunctions = surface.Lags is null ? [1.0] : surface.Lags.Row(lag);
                (values[(lag * points.Length) + point], errors[(lag * points.Length) + point]) = At(fit, term, first, surface, lagFunctions, functions);
            }
        }

        double binWidth = fit.Specification.BinWidth;
        IReadOnlyList<IReadOnlyList<double>> axes = surface.Lags is null
            ? [.. grids.Select(grid => (IReadOnlyList<double>)[.. grid])]
            : [[.. Enumerable.Range(surface.Lags.FirstLag, lagCount).Select(lag => lag * binWidth)], .. grids.Select(grid => (IReadOnlyList<double>)[.. grid])];
        return new GlmEffect(term.Name, surface.Axes, axes, values, errors);
    }

    private static double[] Even(ValueBasis margin, int axes)
    {
        int count = axes switch { 1 => PointsOfCurve, 2 => PointsOfMap, _ => PointsOfMore };
        return [.. Enumerable.Range(0, count).Select(i => i == count - 1 ? margin.Upper : margin.Lower + (i / (count - 1.0) * (margin.Upper - margin.Lower)))];
    }

    private static (double Value, double StandardError) At(
        GlmFit fit, TermFit term, int first, SmoothSurface surface, ReadOnlySpan<double> lagFunctions, double[] functions)
    {
        int count = term.Coefficients.Count;
        double[] weights = new double[count];
        double value = 0, variance = 0;
        for (int i = 0; i < count; i++)
        {
            int place = term.Grid.Kept[i], function = place % functions.Length;
            double lagWeight = lagFunctions[place / functions.Length], coefficient = term.Coefficients[i];
            if (double.IsInfinity(coefficient))
            {
                // Certain silence where the function acts; elsewhere, and for the mean, it counts as absent.
                if (lagWeight * functions[function] != 0) value += coefficient;
                continue;
            }

            weights[i] = lagWeight * (functions[function] - surface.Means[function]);
            value += weights[i] * coefficient;
            if (weights[i] != 0 && double.IsNaN(term.StandardErrors[i])) variance = double.NaN;
        }

        for (int i = 0; i < count; i++)
        {
            if (weights[i] == 0) continue;
            for (int j = 0; j < count; j++) variance += weights[i] * fit.Covariance[first + i, first + j] * weights[j];
        }

        return (value, double.IsInfinity(value) ? double.NaN : Math.Sqrt(Math.Max(variance, 0)));
    }

    private static int FirstColumn(GlmFit fit, TermFit term) => fit.Terms.TakeWhile(other => !ReferenceEquals(other, term)).Sum(other => other.Coefficients.Count);

    // Every combination, the last grid running fastest.
    private static IEnumerable<double[]> Product(IReadOnlyList<IReadOnlyList<double>> grids) =>
        grids.Aggregate<IReadOnlyList<double>, IEnumerable<double[]>>([[]], (points, grid) => points.SelectMany(point => grid.Select(value => (double[])[.. point, value])));
}
