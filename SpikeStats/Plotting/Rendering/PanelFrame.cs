using SpikeStats.Plotting.Layers;

namespace SpikeStats.Plotting.Rendering;

/// <summary>A panel fitted to a size: axes, headings and legend, and the margins that they need around the plot.</summary>
internal sealed class PanelFrame(Panel panel, AxisRange xRange, AxisRange yRange, bool hasXLabels)
{
    private const double HeadingGap = 2;
    private const double LegendGap = 3.5;
    private const double ColorBarGap = 6;
    private const double ColorBarWidth = 6;

    private readonly HeatMapLayer? heatMap = panel.Layers.OfType<HeatMapLayer>().FirstOrDefault();
    private AxisLayout x = AxisLayout.Of(panel.X, xRange, 100, isVertical: false, hasXLabels);
    private AxisLayout y = AxisLayout.Of(panel.Y, yRange, 100, isVertical: true);
    private AxisLayout? colorAxis;
    private LegendLayout legend = LegendLayout.Of(panel, 100);
    private string[] headingLines = [];
    private double width, height;

    public double Weight => panel.Weight;

    public double Left => Math.Max(y.Thickness, x.Overhang(width).Left);

    public double Bottom => Math.Max(x.Thickness, y.Overhang(height).Left);

    public double Right => colorAxis is null ? x.Overhang(width).Right : ColorBarGap + ColorBarWidth + colorAxis.Thickness;

    public double Top => Math.Max(HeadingHeight + (legend.Height > 0 ? legend.Height + LegendGap : 0), y.Overhang(height).Right);

    private double HeadingHeight => headingLines.Length == 0 ? 0 : (headingLines.Length * TextStyle.LineHeight(TextStyle.Normal)) + HeadingGap;

    /// <summary>Lays everything out for a size of the plot; the margins change with it.</summary>
    public void Fit(double plotWidth, double plotHeight)
    {
        (width, height) = (plotWidth, plotHeight);
        if (double.IsFinite(panel.AspectRatio))
            (width, height) = (Math.Min(plotWidth, plotHeight * panel.AspectRatio), Math.Min(plotHeight, plotWidth / panel.AspectRatio));
        x = AxisLayout.Of(panel.X, xRange, width, isVertical: false, hasXLabels);
        y = AxisLayout.Of(panel.Y, yRange, height, isVertical: true);
        colorAxis = heatMap is null ? null : AxisLayout.Of(heatMap.Value, heatMap.ValueRange(), height, isVertical: true);
        legend = LegendLayout.Of(panel, width);
        headingLines = TextMetrics.Wrap(panel.Title, TextStyle.Normal, width);
    }

    /// <summary>Draws the panel with the upper left corner of its plot at a place.</summary>
    public void Paint(SvgRenderer renderer, double left, double top)
    {
        Box plot = new(left, top, width, height);
        PanelCanvas canvas = new(renderer, plot, x, y);
        Rgb[] colors = Colors();
        for (int i = 0; i < panel.Layers.Count; i++)
        {
            Layer layer = panel.Layers[i];
            if (layer.IsClipped && (i == 0 || !panel.Layers[i - 1].IsClipped)) renderer.BeginClip(plot);
            layer.Paint(canvas, colors[i]);
            if (layer.IsClipped && (i + 1 == panel.Layers.Count || !panel.Layers[i + 1].IsClipped)) renderer.EndClip();
        }

        AxisPainter.PaintHorizontal(renderer, x, plot);
        AxisPainter.PaintVertical(renderer, y, plot);
        if (colorAxis is not null && heatMap is not null)
            AxisPainter.PaintColorBar(renderer, colorAxis, heatMap.ColorMap, new Box(plot.Right + ColorBarGap, plot.Top, ColorBarWidth, plot.Height));
        PaintHeading(renderer, plot, colors);
    }

    private Rgb[] Colors()
    {
        Rgb[] colors = new Rgb[panel.Layers.Count];
        int series = 0;
        for (int i = 0; i < colors.Length; i++)
        {
            Layer layer = panel.Layers[i];
            colors[i] = layer.Color ?? layer.DefaultColor ?? Palette.Series(series++);
        }

        return colors;
    }

    private void PaintHeading(SvgRenderer renderer, Box plot, Rgb[] colors)
    {
        double lineHeight = TextStyle.LineHeight(TextStyle.Small);
        double legendTop = plot.Top - LegendGap - legend.Height;
        foreach (LegendLayout.Entry entry in legend.Entries)
        {
            double left = plot.Left + entry.Left, top = legendTop + entry.Top;
            if (entry.Layer >= 0)
            {
                Box key = new(left, top + ((lineHeight - LegendLayout.KeyHeight) / 2), LegendLayout.KeyWidth, LegendLayout.KeyHeight);
                panel.Layers[entry.Layer].PaintKey(renderer, key, colors[entry.Layer]);
                left += LegendLayout.KeyWidth + LegendLayout.KeyGap;
            }

            for (int line = 0; line < entry.Lines.Length; line++)
                renderer.Text(left, top + AxisPainter.Baseline(lineHeight, TextStyle.Small) + (line * lineHeight), entry.Lines[line], new TextStyle(TextStyle.Small));
        }

        double headingTop = plot.Top - HeadingHeight - (legend.Height > 0 ? legend.Height + LegendGap : 0);
        for (int line = 0; line < headingLines.Length; line++)
        {
            double height = TextStyle.LineHeight(TextStyle.Normal);
            renderer.Text(plot.Left, headingTop + (line * height) + AxisPainter.Baseline(height, TextStyle.Normal), headingLines[line], new TextStyle(TextStyle.Normal));
        }
    }
}
