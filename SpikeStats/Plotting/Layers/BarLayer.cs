using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Plotting.Layers;

/// <summary>Filled bars from zero, one per bin and without gaps between them, as histograms of many bins are drawn.</summary>
/// <remarks>On a logarithmic axis bars rise from its lower end. A bin whose value is not finite is left empty.</remarks>
public sealed class BarLayer : Layer
{
    private readonly double[] edges, values;

    /// <summary>Creates bars.</summary>
    /// <param name="edges">Edges of the bins, ascending, in the unit of the axis; length n + 1.</param>
    /// <param name="values">One value per bin, in the unit of the vertical axis; length n.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public BarLayer(ReadOnlySpan<double> edges, ReadOnlySpan<double> values)
    {
        RequireEdges(edges.Length, values.Length, nameof(edges));
        this.edges = edges.ToArray();
        this.values = values.ToArray();
    }

    internal override void Extend(Extent x, Extent y)
    {
        foreach (double edge in edges) x.Anchor(edge);
        foreach (double value in values) y.Include(value);
        y.Anchor(0);
    }

    internal override void Paint(PanelCanvas canvas, Rgb color)
    {
        // The outline of neighbouring bars is one shape: separate rectangles show hairlines between them on a screen.
        SvgRenderer renderer = canvas.Renderer;
        double baseline = canvas.YOrBottom(0);
        renderer.BeginFill(color, 1);
        bool isOpen = false;
        for (int bin = 0; bin < values.Length; bin++)
        {
            double left = canvas.X(edges[bin]), right = canvas.X(edges[bin + 1]);
            bool isFinite = double.IsFinite(left + right) && double.IsFinite(values[bin]);
            if (isOpen && !isFinite) Close();
            if (!isFinite) continue;
            if (!isOpen) renderer.MoveTo(left, baseline);
            renderer.VerticalTo(canvas.YOrBottom(values[bin]));
            renderer.HorizontalTo(right);
            isOpen = true;
        }

        if (isOpen) Close();
        renderer.EndPath();

        void Close()
        {
            renderer.VerticalTo(baseline);
            renderer.ClosePath();
            isOpen = false;
        }
    }

    internal override void PaintKey(SvgRenderer renderer, Box key, Rgb color) => renderer.Rectangle(key, color, 1);
}
