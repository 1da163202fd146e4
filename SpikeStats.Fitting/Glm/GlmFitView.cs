using System.Data;
using System.Globalization;
using MathNet.Numerics;
using SpikeStats.Plotting;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Fitting.Glm;

/// <summary>Tables and figures of a <see cref="GlmFit"/>.</summary>
internal static class GlmFitView
{
    private const double NormalQuantile = 1.96;

    public static DataTable Table(GlmFit fit)
    {
        DataTable table = new("coefficients") { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("term", typeof(string));
        table.Columns.Add("coefficient", typeof(string));
        foreach (string column in (string[])["estimate", "standardError", "lower", "upper", "z", "pValue"]) table.Columns.Add(column, typeof(double));
        foreach (TermFit term in fit.Terms)
        {
            for (int i = 0; i < term.Coefficients.Count; i++)
            {
                (double estimate, double error) = (term.Coefficients[i], term.StandardErrors[i]);
                double z = estimate / error;
                table.Rows.Add(
                    term.Name, term.CoefficientNames[i], estimate, error, estimate - (NormalQuantile * error), estimate + (NormalQuantile * error), z,
                    SpecialFunctions.Erfc(Math.Abs(z) / Constants.Sqrt2));
            }
        }

        return table;
    }

    public static DataTable Scores(GlmFit fit)
    {
        DataTable table = new("scores") { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("score", typeof(string));
        table.Columns.Add("value", typeof(double));
        table.Rows.Add("log-likelihood (nats)", fit.LogLikelihood);
        table.Rows.Add("log-likelihood of a constant rate (nats)", fit.NullLogLikelihood);
        table.Rows.Add("bits per spike over a constant rate", fit.BitsPerSpike);
        table.Rows.Add("share of the deviance explained", fit.DevianceExplained);
        table.Rows.Add("McFadden's R²", fit.McFadden);
        table.Rows.Add("AIC", fit.Aic);
        table.Rows.Add("BIC", fit.Bic);
        table.Rows.Add("effective degrees of freedom", fit.EffectiveDegreesOfFreedom);
        table.Rows.Add("spikes", fit.SpikeCount);
        table.Rows.Add("bins", fit.BinCount);
        return table;
    }

    public static string Html(GlmFit fit)
    {
        string width = NumberText.Short(fit.Specification.BinWidth * Milliseconds.PerSecond);
        string caption = $"GLM of unit {fit.Specification.Target}: {fit.Specification.Observation.Name} counts, {fit.Specification.Observation.Link} link, bins of {width} ms";
        string filters = fit.Terms.Any(HasFilter) ? Filters(fit, null).ToHtml() : "";
        return fit.Certificate.ToHtml() + HtmlTable.Of(Table(fit), caption, "G4").ToHtml() + HtmlTable.Of(Scores(fit), "Scores").ToHtml() + filters
            + string.Concat(fit.Terms.Where(term => term.IsSmooth).Select(term => fit.Effect(term.Name).ToHtml()));
    }

    public static Figure Filters(GlmFit fit, FigureOptions? options) => FilterFigure.Of([.. fit.Terms.Where(HasFilter).Select(FilterOf)], options);

    /// <summary>The filter of a term as figures take it.</summary>
    public static FilterTerm FilterOf(TermFit term) =>
        new(term.Name, term.Lags.ToArray(), term.Filter.ToArray(), term.FilterStandardErrors.ToArray());

    public static Figure Intensity(GlmFit fit, Recording recording, TimeInterval window, FigureOptions? options)
    {
        SpikeTrain train = recording[fit.Specification.Target];
        BinGrid grid = new(train.Observed, fit.Specification.BinWidth);
        double[] intensity = fit.Model.Intensity(recording, train.Unit, grid);
        List<double> times = [], values = [];
        foreach (BinSegment segment in grid.Segments)
        {
            int first = (int)Math.Clamp(segment.BinOf(window.Start, grid.BinWidth) - 1, 0, segment.BinCount);
            int last = (int)Math.Clamp(segment.BinOf(window.End, grid.BinWidth) + 1, 0, segment.BinCount);
            for (int bin = first; bin < last; bin++)
            {
                times.Add(segment.Start + ((bin + 0.5) * grid.BinWidth));
                values.Add(intensity[segment.FirstBin + bin]);
            }

            // A point that is not finite keeps the line from crossing the gap to the next interval.
            if (last <= first) continue;
            times.Add(segment.Start + (last * grid.BinWidth));
            values.Add(double.NaN);
        }

        return IntensityFigure.Of([new IntensityCurve("", times.ToArray(), values.ToArray())], train, window, options);
    }

    private static bool HasFilter(TermFit term) => term.Lags.Count > 0;
}
