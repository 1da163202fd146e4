using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Plotting.Layers;

/// <summary>Vertical lines from zero, each ending in a point: a sequence over whole numbers, such as an autocorrelation over lags.</summary>
public sealed class StemLayer : Layer
{
    private const double Diameter = 2.6;

    private readonly double[] x, values;

    /// <summary>Creates stems.</summary>
    /// <param name="x">Horizontal positions, in the unit of the axis; length n.</param>
    /// <param name="values">Values, in the unit of the vertical axis; length n.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public StemLayer(ReadOnlySpan<double> x, ReadOnlySpan<double> values)
    {
        RequireLength(x.Length, values.Length, "values", nameof(values));
        this.x = x.ToArray();
        this.values = values.ToArray();
    }

    internal override bool IsClipped => false;

    internal override void Extend(Extent x, Extent y)
    {
        foreach (double position in this.x) x.Include(position);
        foreach (double value in values) y.Include(value);
        y.Include(0);
    }

    internal override void Paint(PanelCanvas canvas, Rgb color)
    {
        SvgRenderer renderer = canvas.Renderer;
        double baseline = Math.Clamp(canvas.YOrBottom(0), canvas.Plot.Top, canvas.Plot.Bottom);
        renderer.BeginStroke(color, 1, LineStyle.Solid);
        foreach ((double at, double level) in Drawn(canvas))
        {
            renderer.MoveTo(at, baseline);
            renderer.VerticalTo(level);
        }

        renderer.EndPath();
        renderer.BeginDots(color, Diameter);
        foreach ((double at, double level) in Drawn(canvas)) renderer.Dot(at, level);
        renderer.EndPath();
    }

    internal override void PaintKey(SvgRenderer renderer, Box key, Rgb color)
    {
        renderer.Line(key.MiddleX, key.Bottom, key.MiddleX, key.Top, color, 1, LineStyle.Solid);
        renderer.BeginDots(color, Diameter);
        renderer.Dot(key.MiddleX, key.Top);
        renderer.EndPath();
    }

    private IEnumerable<(double At, double Level)> Drawn(PanelCanvas canvas)
    {
        for (int i = 0; i < x.Length; i++)
        {
            double at = canvas.X(x[i]), level = canvas.Y(values[i]);
            if (canvas.Contains(at, level)) yield return (at, level);
        }
    }
}
