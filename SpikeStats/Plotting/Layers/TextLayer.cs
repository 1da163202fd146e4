using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Plotting.Layers;

/// <summary>A few words at a place of the panel.</summary>
/// <remarks>Whoever sets them sees to it that they cover nothing; see also <see cref="Panel.Remark"/>.</remarks>
public sealed class TextLayer : Layer
{
    private readonly double x, y;
    private readonly string text;

    /// <summary>Creates an annotation.</summary>
    /// <param name="x">Where the text begins, in the unit of the horizontal axis.</param>
    /// <param name="y">Where its base line lies, in the unit of the vertical axis.</param>
    /// <param name="text">The text; one line.</param>
    public TextLayer(double x, double y, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        this.x = x;
        this.y = y;
        this.text = text;
    }

    internal override Rgb? DefaultColor => Palette.Ink;

    internal override void Extend(Extent x, Extent y)
    {
        x.Include(this.x);
        y.Include(this.y);
    }

    internal override void Paint(PanelCanvas canvas, Rgb color)
    {
        double left = canvas.X(x), baseline = canvas.Y(y);
        if (double.IsFinite(left + baseline)) canvas.Renderer.Text(left, baseline, text, new TextStyle(TextStyle.Small) { Color = color });
    }

    internal override void PaintKey(SvgRenderer renderer, Box key, Rgb color) =>
        renderer.Text(key.Left, key.Bottom, "T", new TextStyle(TextStyle.Small) { Color = color });
}
