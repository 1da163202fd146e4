using System.Globalization;
using SpikeStats.Plotting.Layers;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Plotting;

/// <summary>Autocorrelations over lags counted in events, for example of rescaled intervals: what a good model leaves is white.</summary>
public static class AutocorrelationFigure
{
    /// <summary>Draws an autocorrelation.</summary>
    /// <param name="values">Correlations at the lags 1, 2 …; length L.</param>
    /// <param name="bound">Half the width of the band of independence, a correlation, for example 1.96/√n; NaN for no band.</param>
    /// <param name="quantity">Of what: the label of the vertical axis.</param>
    /// <param name="band">What the band is, for the legend.</param>
    /// <param name="options">Heading, note, seed and size.</param>
    /// <returns>The figure; the caption says how many lags lie outside the band.</returns>
    public static Figure Of(
        ReadOnlySpan<double> values, double bound = double.NaN, string quantity = "Autocorrelation", string band = "95 % band under independence",
        FigureOptions? options = null)
    {
        options ??= new FigureOptions();
        int count = values.Length, outside = 0;
        foreach (double value in values)
        {
            if (Math.Abs(value) > bound) outside++;
        }

        List<Layer> layers = [];
        if (double.IsFinite(bound)) layers.Add(new BandLayer([0.5, count + 0.5], [-bound], [bound]) { Color = Palette.Grey, Label = band });
        layers.Add(ReferenceLine.Horizontal(0, style: LineStyle.Solid));
        layers.Add(new StemLayer([.. Enumerable.Range(1, count).Select(lag => (double)lag)], values) { Color = Palette.Blue });
        return new Figure
        {
            Panels =
            [
                new Panel
                {
                    X = new Axis("Lag", "intervals") { Lower = 0.5, Upper = Math.Max(count, 1) + 0.5, IsInteger = true },
                    Y = new Axis(quantity),
                    Layers = layers,
                },
            ],
            Title = options.Title,
            Size = options.Size ?? FigureSize.Small with { Height = 50 },
            Caption = CaptionText.Join(
                options, CaptionText.Count(count, "lag"),
                double.IsNaN(bound) ? "" : string.Create(CultureInfo.InvariantCulture, $"{outside} outside the band of ± {NumberText.Short(bound, 3)}")),
        };
    }
}
