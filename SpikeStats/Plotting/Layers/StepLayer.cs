using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Plotting.Layers;

/// <summary>A line that is level in each bin; a bin whose value is not finite interrupts it.</summary>
public sealed class StepLayer : Layer
{
    private readonly double[] edges, values;

    /// <summary>Creates a step line.</summary>
    /// <param name="edges">Edges of the bins, ascending, in the unit of the axis; length n + 1.</param>
    /// <param name="values">One value per bin, in the unit of the vertical axis; length n.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public StepLayer(ReadOnlySpan<double> edges, ReadOnlySpan<double> values)
    {
        RequireEdges(edges.Length, values.Length, nameof(edges));
        this.edges = edges.ToArray();
        this.values = values.ToArray();
    }

    /// <summary>The width of the line, in points.</summary>
    /// <value>Default: 1.</value>
    public double Width { get; init; } = 1;

    internal override void Extend(Extent x, Extent y)
    {
        foreach (double edge in edges) x.Anchor(edge);
        foreach (double value in values) y.Include(value);
    }

    internal override void Paint(PanelCanvas canvas, Rgb color)
    {
        SvgRenderer renderer = canvas.Renderer;
        renderer.BeginStroke(color, Width, LineStyle.Solid);
        bool isDrawing = false;
        for (int bin = 0; bin < values.Length; bin++)
        {
            double left = canvas.X(edges[bin]), right = canvas.X(edges[bin + 1]), y = canvas.Y(values[bin]);
            bool isFinite = double.IsFinite(left + right + y);
            if (isFinite && isDrawing) renderer.VerticalTo(y);
            else if (isFinite) renderer.MoveTo(left, y);
            if (isFinite) renderer.HorizontalTo(right);
            isDrawing = isFinite;
        }

        renderer.EndPath();
    }

    internal override void PaintKey(SvgRenderer renderer, Box key, Rgb color) =>
        renderer.Line(key.Left, key.MiddleY, key.Right, key.MiddleY, color, Math.Max(Width, 1), LineStyle.Solid);
}
