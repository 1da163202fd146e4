using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Plotting.Layers;

/// <summary>Points, with vertical error bars if bounds are given; a point that is not finite is left out.</summary>
public sealed class PointLayer : Layer
{
    private const double BarWidth = 0.6;

    private readonly double[] x, y, lower, upper;

    /// <summary>Creates points.</summary>
    /// <param name="x">Horizontal positions, in the unit of the axis; length n.</param>
    /// <param name="y">Vertical positions, in the unit of the axis; length n.</param>
    /// <param name="lower">Lower ends of the error bars, in the unit of the vertical axis; length n, or empty for none.</param>
    /// <param name="upper">Upper ends of the error bars, in the unit of the vertical axis; length n, or empty for none.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public PointLayer(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> lower = default, ReadOnlySpan<double> upper = default)
    {
        RequireLength(x.Length, y.Length, "vertical positions", nameof(y));
        RequireLength(lower.Length, upper.Length, "upper ends", nameof(upper));
        if (!lower.IsEmpty) RequireLength(x.Length, lower.Length, "lower ends", nameof(lower));
        this.x = x.ToArray();
        this.y = y.ToArray();
        this.lower = lower.ToArray();
        this.upper = upper.ToArray();
    }

    /// <summary>The diameter of a point, in points.</summary>
    /// <value>Default: 3.</value>
    public double Diameter { get; init; } = 3;

    internal override bool IsClipped => false;

    internal override void Extend(Extent x, Extent y)
    {
        for (int i = 0; i < this.x.Length; i++)
        {
            if (!double.IsFinite(this.x[i]) || !double.IsFinite(this.y[i])) continue;
            x.Include(this.x[i]);
            y.Include(this.y[i]);
            if (lower.Length == 0) continue;
            y.Include(lower[i]);
            y.Include(upper[i]);
        }
    }

    internal override void Paint(PanelCanvas canvas, Rgb color)
    {
        SvgRenderer renderer = canvas.Renderer;
        if (lower.Length > 0)
        {
            renderer.BeginStroke(color, BarWidth, LineStyle.Solid);
            for (int i = 0; i < x.Length; i++)
            {
                double at = canvas.X(x[i]), from = canvas.YOrBottom(lower[i]), to = canvas.YOrBottom(upper[i]);
                if (!canvas.Contains(at, canvas.Y(y[i])) || !double.IsFinite(from + to)) continue;
                renderer.MoveTo(at, Math.Clamp(from, canvas.Plot.Top, canvas.Plot.Bottom));
                renderer.VerticalTo(Math.Clamp(to, canvas.Plot.Top, canvas.Plot.Bottom));
            }

            renderer.EndPath();
        }

        renderer.BeginDots(color, Diameter);
        for (int i = 0; i < x.Length; i++)
        {
            double at = canvas.X(x[i]), level = canvas.Y(y[i]);
            if (canvas.Contains(at, level)) renderer.Dot(at, level);
        }

        renderer.EndPath();
    }

    internal override void PaintKey(SvgRenderer renderer, Box key, Rgb color)
    {
        if (lower.Length > 0) renderer.Line(key.MiddleX, key.Top, key.MiddleX, key.Bottom, color, BarWidth, LineStyle.Solid);
        renderer.BeginDots(color, Diameter);
        renderer.Dot(key.MiddleX, key.MiddleY);
        renderer.EndPath();
    }
}
