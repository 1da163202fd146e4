using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Plotting.Layers;

/// <summary>Points joined by straight lines; a point that is not finite interrupts the line.</summary>
/// <remarks>Where many points fall on the same seventh of a point, only the first, lowest, highest and last of them are written: the picture is the same.</remarks>
public sealed class LineLayer : Layer
{
    private readonly double[] x, y;

    /// <summary>Creates a line.</summary>
    /// <param name="x">Horizontal positions, in the unit of the axis; length n.</param>
    /// <param name="y">Vertical positions, in the unit of the axis; length n.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public LineLayer(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        RequireLength(x.Length, y.Length, "vertical positions", nameof(y));
        this.x = x.ToArray();
        this.y = y.ToArray();
    }

    /// <summary>The width of the line, in points.</summary>
    /// <value>Default: 1.</value>
    public double Width { get; init; } = 1;

    /// <summary>How the line is drawn.</summary>
    /// <value>Default: solid.</value>
    public LineStyle Style { get; init; }

    internal override void Extend(Extent x, Extent y)
    {
        for (int i = 0; i < this.x.Length; i++)
        {
            if (!double.IsFinite(this.x[i]) || !double.IsFinite(this.y[i])) continue;
            x.Anchor(this.x[i]);
            y.Include(this.y[i]);
        }
    }

    internal override void Paint(PanelCanvas canvas, Rgb color)
    {
        canvas.Renderer.BeginStroke(color, Width, Style);
        ColumnReduction run = new(canvas.Renderer);
        for (int i = 0; i < x.Length; i++) run.Add(canvas.X(x[i]), canvas.Y(y[i]));
        run.End();
        canvas.Renderer.EndPath();
    }

    internal override void PaintKey(SvgRenderer renderer, Box key, Rgb color) =>
        renderer.Line(key.Left, key.MiddleY, key.Right, key.MiddleY, color, Math.Max(Width, 1), Style);
}
