using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Plotting.Layers;

/// <summary>A translucent band between a lower and an upper bound: an interval of confidence around a line.</summary>
/// <remarks>Where a bound is not finite the band is interrupted; on a logarithmic axis a bound that is not positive lies at the lower end.</remarks>
public sealed class BandLayer : Layer
{
    private const double Opacity = 0.25;

    private readonly double[] x, lower, upper;
    private readonly bool isStepped;

    /// <summary>Creates a band.</summary>
    /// <param name="x">Horizontal positions, in the unit of the axis, length n; or the edges of bins, length n + 1, which makes the band level in each bin.</param>
    /// <param name="lower">Lower bounds, in the unit of the vertical axis; length n.</param>
    /// <param name="upper">Upper bounds, in the unit of the vertical axis; length n.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public BandLayer(ReadOnlySpan<double> x, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper)
    {
        RequireLength(lower.Length, upper.Length, "upper bounds", nameof(upper));
        isStepped = x.Length == lower.Length + 1;
        if (!isStepped) RequireLength(lower.Length, x.Length, "horizontal positions, or one more for the edges of bins", nameof(x));
        this.x = x.ToArray();
        this.lower = lower.ToArray();
        this.upper = upper.ToArray();
    }

    internal override void Extend(Extent x, Extent y)
    {
        foreach (double position in this.x) x.Anchor(position);
        foreach (double bound in lower) y.Include(bound);
        foreach (double bound in upper) y.Include(bound);
    }

    internal override void Paint(PanelCanvas canvas, Rgb color)
    {
        canvas.Renderer.BeginFill(color, Opacity);
        for (int start = 0; start < lower.Length; start++)
        {
            int end = start;
            while (end < lower.Length && IsShown(canvas, end)) end++;
            if (end == start) continue;
            PaintRun(canvas, start, end);
            start = end;
        }

        canvas.Renderer.EndPath();
    }

    internal override void PaintKey(SvgRenderer renderer, Box key, Rgb color) => renderer.Rectangle(key, color, Opacity);

    private bool IsShown(PanelCanvas canvas, int i) =>
        double.IsFinite(lower[i]) && double.IsFinite(upper[i]) && double.IsFinite(canvas.X(x[i])) && (!isStepped || double.IsFinite(canvas.X(x[i + 1])));

    private void PaintRun(PanelCanvas canvas, int start, int end)
    {
        SvgRenderer renderer = canvas.Renderer;
        renderer.MoveTo(canvas.X(x[start]), canvas.YOrBottom(upper[start]));
        for (int i = start; i < end; i++)
        {
            renderer.LineTo(canvas.X(x[i]), canvas.YOrBottom(upper[i]));
            if (isStepped) renderer.LineTo(canvas.X(x[i + 1]), canvas.YOrBottom(upper[i]));
        }

        for (int i = end - 1; i >= start; i--)
        {
            if (isStepped) renderer.LineTo(canvas.X(x[i + 1]), canvas.YOrBottom(lower[i]));
            renderer.LineTo(canvas.X(x[i]), canvas.YOrBottom(lower[i]));
        }

        renderer.ClosePath();
    }
}
