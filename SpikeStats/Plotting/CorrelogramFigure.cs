using SpikeStats.Plotting.Layers;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Plotting;

/// <summary>Auto- and cross-correlograms over lags in milliseconds.</summary>
public static class CorrelogramFigure
{
    // Muted, so that the translucent band shows its own colour on the bars.
    private static readonly Rgb barColor = new(0xa9, 0xb8, 0xc6);

    /// <summary>Draws a correlogram with the level and the band that independence would give.</summary>
    /// <param name="edges">Edges of the bins of lag, in seconds, ascending; length n + 1.</param>
    /// <param name="values">Values, in the unit of the scale; length n. NaN leaves a bin empty, for example the zero lag of an autocorrelogram.</param>
    /// <param name="scale">What the values are, with the unit: the label of the vertical axis. There is no default, because a correlogram without its scale cannot be read.</param>
    /// <param name="expected">The level expected of independent trains, in the unit of the scale: length n, or 1 for the same in all bins, or empty for none.</param>
    /// <param name="lower">Lower bounds of the band of independence, in the unit of the scale: length n, 1 or empty.</param>
    /// <param name="upper">Upper bounds of the band, in the unit of the scale: length n, 1 or empty.</param>
    /// <param name="zeroLag">How coincidences at lag zero were treated, for the caption.</param>
    /// <param name="band">What the band is, for the legend.</param>
    /// <param name="options">Heading, note, seed and size.</param>
    /// <returns>The figure; the caption names bin width and window and says how lag zero was treated.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static Figure Of(
        ReadOnlySpan<double> edges, ReadOnlySpan<double> values, string scale, ReadOnlySpan<double> expected = default,
        ReadOnlySpan<double> lower = default, ReadOnlySpan<double> upper = default, string zeroLag = "", string band = "95 % band",
        FigureOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(scale);
        options ??= new FigureOptions();
        double[] lags = Milliseconds.Of(edges);
        List<Layer> layers = [new BarLayer(lags, values) { Color = barColor }];
        if (!lower.IsEmpty)
            layers.Add(new BandLayer(EdgesFor(lower, lags, nameof(lower)), lower, upper) { Color = Palette.Vermilion, Label = band });
        if (!expected.IsEmpty) layers.Add(new StepLayer(EdgesFor(expected, lags, nameof(expected)), expected) { Color = Palette.Vermilion, Width = 0.8, Label = "expected" });
        layers.Add(ReferenceLine.Vertical(0, style: LineStyle.Dotted));
        return new Figure
        {
            Panels = [new Panel { X = new Axis("Lag", Milliseconds.Unit), Y = new Axis(scale), Layers = layers }],
            Title = options.Title,
            Size = options.Size ?? FigureSize.Small,
            Caption = CaptionText.Join(
                options, CaptionText.BinWidth(edges, Milliseconds.PerSecond, Milliseconds.Unit),
                lags.Length < 2 ? "" : CaptionText.Window(lags[0], lags[^1], Milliseconds.Unit), zeroLag.Length == 0 ? "" : "lag zero: " + zeroLag),
        };
    }

    /// <summary>The edges between which levels hold: those of the bins, or the two ends for one level.</summary>
    private static double[] EdgesFor(ReadOnlySpan<double> levels, double[] lags, string parameter)
    {
        if (levels.Length == lags.Length - 1) return lags;
        if (levels.Length == 1 && lags.Length > 1) return [lags[0], lags[^1]];
        throw new ArgumentException($"There must be {lags.Length - 1} values or one, not {levels.Length}.", parameter);
    }
}
