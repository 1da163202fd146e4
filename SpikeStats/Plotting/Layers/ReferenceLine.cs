using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Plotting.Layers;

/// <summary>A thin line right across the panel at a value worth comparing with: zero, an expected level, the onset of a stimulus.</summary>
public sealed class ReferenceLine : Layer
{
    private readonly double value;
    private readonly bool isVertical;

    private ReferenceLine(double value, bool isVertical)
    {
        this.value = value;
        this.isVertical = isVertical;
    }

    /// <summary>How the line is drawn.</summary>
    /// <value>Default: dashed.</value>
    public LineStyle Style { get; init; } = LineStyle.Dashed;

    /// <summary>The width of the line, in points.</summary>
    /// <value>Default: 0.7.</value>
    public double Width { get; init; } = 0.7;

    internal override Rgb? DefaultColor => Palette.Grey;

    /// <summary>A line at a height.</summary>
    /// <param name="y">The value, in the unit of the vertical axis; one that is not finite gives no line.</param>
    /// <param name="label">The name in the legend; empty for no entry.</param>
    /// <param name="style">How the line is drawn.</param>
    /// <returns>The line, in grey.</returns>
    public static ReferenceLine Horizontal(double y, string label = "", LineStyle style = LineStyle.Dashed) =>
        new(y, isVertical: false) { Label = label, Style = style };

    /// <summary>An upright line.</summary>
    /// <param name="x">The value, in the unit of the horizontal axis; one that is not finite gives no line.</param>
    /// <param name="label">The name in the legend; empty for no entry.</param>
    /// <param name="style">How the line is drawn.</param>
    /// <returns>The line, in grey.</returns>
    public static ReferenceLine Vertical(double x, string label = "", LineStyle style = LineStyle.Dashed) =>
        new(x, isVertical: true) { Label = label, Style = style };

    internal override void Extend(Extent x, Extent y) => (isVertical ? x : y).Include(value);

    internal override void Paint(PanelCanvas canvas, Rgb color)
    {
        double at = isVertical ? canvas.X(value) : canvas.Y(value);
        if (!double.IsFinite(at)) return;
        Box plot = canvas.Plot;
        if (isVertical) canvas.Renderer.Line(at, plot.Top, at, plot.Bottom, color, Width, Style);
        else canvas.Renderer.Line(plot.Left, at, plot.Right, at, color, Width, Style);
    }

    internal override void PaintKey(SvgRenderer renderer, Box key, Rgb color) =>
        renderer.Line(key.Left, key.MiddleY, key.Right, key.MiddleY, color, Width, Style);
}
