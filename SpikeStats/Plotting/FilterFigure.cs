using SpikeStats.Plotting.Layers;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Plotting;

/// <summary>Fitted filters: the logarithm of the gain and, beside it, the gain itself, both with their 95 % bands.</summary>
/// <remarks>The band of the log-gain is ± 1.96 standard errors; that of the gain is its exponential, which is not symmetric.</remarks>
public static class FilterFigure
{
    private const double NormalQuantile = 1.96;

    // A filter that the data leave almost free has a band of many decades; the axis of the gain follows the estimate instead.
    private const double MostBandOverGain = 3;

    // Darker than other shading: a refractory period is often only a hair wide on the axis of the filter.
    private static readonly Rgb refractoryColor = new(0xc8, 0xc8, 0xc8);

    /// <summary>Draws one or several filters, one row of two panels for each.</summary>
    /// <param name="terms">The filters.</param>
    /// <param name="options">Heading, note, seed and size.</param>
    /// <returns>The figure. Lags at which the log-gain is negative infinity are shaded and named in the legend; there the gain is zero.</returns>
    /// <exception cref="ArgumentException">A filter has arrays of different lengths.</exception>
    public static Figure Of(IReadOnlyList<FilterTerm> terms, FigureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(terms);
        options ??= new FigureOptions();
        bool hasBand = terms.Any(term => !term.StandardError.IsEmpty);
        return new Figure
        {
            Panels = [.. terms.SelectMany(term => (Panel[])[LogGainPanel(term), GainPanel(term)])],
            Columns = 2,
            Title = options.Title,
            Size = options.Size ?? FigureSize.Wide with { Height = 12 + (46 * Math.Max(terms.Count, 1)) },
            Caption = CaptionText.Join(options, hasBand ? "band: estimate ± 1.96 standard errors of the log-gain" : "", ClippedNote(terms)),
        };
    }

    private static Panel LogGainPanel(FilterTerm term)
    {
        double[] lags = Milliseconds.Of(term.Lags.Span);
        (double[] lower, double[] upper) = Band(term);
        List<Layer> layers = [.. Refractory(term, lags), ReferenceLine.Horizontal(0)];
        if (lower.Length > 0) layers.Add(new BandLayer(lags, lower, upper) { Color = Palette.Blue });
        layers.Add(new LineLayer(lags, term.LogGain.Span) { Color = Palette.Blue });
        return new Panel { X = LagAxis(lags), Y = new Axis("Log-gain"), Title = term.Name, Layers = layers };
    }

    private static Panel GainPanel(FilterTerm term)
    {
        double[] lags = Milliseconds.Of(term.Lags.Span);
        double[] gain = Exponential(term.LogGain.ToArray());
        (double[] lower, double[] upper) = Band(term);
        double highest = HighestGain(term);
        List<Layer> layers = [ReferenceLine.Horizontal(1)];
        if (lower.Length > 0) layers.Add(new BandLayer(lags, Exponential(lower), Exponential(upper)) { Color = Palette.Blue });
        layers.Add(new LineLayer(lags, gain) { Color = Palette.Blue });
        return new Panel
        {
            X = LagAxis(lags),
            Y = new Axis("Gain") { Lower = 0, Upper = IsClipped(term) ? highest * MostBandOverGain : double.NaN },
            Layers = layers,
        };
    }

    /// <summary>Causal filters are drawn from lag zero, although their first lag is one bin.</summary>
    private static Axis LagAxis(double[] lags) => new("Lag", Milliseconds.Unit) { Lower = lags.Length > 1 && lags[0] > 0 ? 0 : double.NaN };

    private static (double[] Lower, double[] Upper) Band(FilterTerm term)
    {
        if (term.StandardError.IsEmpty) return ([], []);
        if (term.StandardError.Length != term.LogGain.Length)
            throw new ArgumentException($"The filter '{term.Name}' has {term.LogGain.Length} values and {term.StandardError.Length} standard errors.", nameof(term));
        ReadOnlySpan<double> center = term.LogGain.Span, error = term.StandardError.Span;
        double[] lower = new double[center.Length], upper = new double[center.Length];
        for (int i = 0; i < lower.Length; i++)
        {
            lower[i] = center[i] - (NormalQuantile * error[i]);
            upper[i] = center[i] + (NormalQuantile * error[i]);
        }

        return (lower, upper);
    }

    /// <summary>Shades the lags of infinite suppression, each as wide as the spacing of lags around it.</summary>
    private static IEnumerable<SpanLayer> Refractory(FilterTerm term, double[] lags)
    {
        ReadOnlySpan<double> logGain = term.LogGain.Span;
        List<double> starts = [], ends = [];
        for (int i = 0; i < lags.Length && i < logGain.Length; i++)
        {
            if (!double.IsNegativeInfinity(logGain[i])) continue;
            double start = i > 0 ? (lags[i - 1] + lags[i]) / 2 : Math.Min(lags[i], 0);
            double end = i + 1 < lags.Length ? (lags[i] + lags[i + 1]) / 2 : lags[i];
            if (ends.Count > 0 && ends[^1] >= start) ends[^1] = end;
            else
            {
                starts.Add(start);
                ends.Add(end);
            }
        }

        return starts.Count == 0 ? [] : [new SpanLayer([.. starts], [.. ends]) { Label = "log-gain −∞", Color = refractoryColor }];
    }

    private static bool IsClipped(FilterTerm term) =>
        Exponential(Band(term).Upper).Any(bound => bound > MostBandOverGain * HighestGain(term)) && HighestGain(term) > 0;

    private static double HighestGain(FilterTerm term) => Exponential(term.LogGain.ToArray()).Where(double.IsFinite).DefaultIfEmpty(0).Max();

    private static string ClippedNote(IReadOnlyList<FilterTerm> terms)
    {
        string[] names = [.. terms.Where(IsClipped).Select(term => term.Name)];
        return names.Length == 0 ? "" : "the band of the gain goes on above the panel for " + string.Join(", ", names);
    }

    private static double[] Exponential(double[] values) => Array.ConvertAll(values, Math.Exp);
}
