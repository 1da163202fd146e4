using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Plotting.Layers;

/// <summary>Stretches of the horizontal axis shaded from bottom to top: a stimulus, a gap in the observation, a refractory period.</summary>
public sealed class SpanLayer : Layer
{
    private readonly double[] starts, ends;

    /// <summary>Creates shaded stretches.</summary>
    /// <param name="starts">Where they start, in the unit of the axis; length n.</param>
    /// <param name="ends">Where they end, in the unit of the axis; length n.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public SpanLayer(ReadOnlySpan<double> starts, ReadOnlySpan<double> ends)
    {
        RequireLength(starts.Length, ends.Length, "ends", nameof(ends));
        this.starts = starts.ToArray();
        this.ends = ends.ToArray();
    }

    internal override Rgb? DefaultColor => Palette.LightGrey;

    /// <summary>Shades intervals of time on an axis in seconds.</summary>
    /// <param name="intervals">The intervals.</param>
    /// <param name="label">The name in the legend; empty for no entry.</param>
    /// <returns>The stretches, in light grey.</returns>
    public static SpanLayer Of(TimeIntervals intervals, string label = "")
    {
        ArgumentNullException.ThrowIfNull(intervals);
        return new SpanLayer([.. intervals.Select(interval => interval.Start)], [.. intervals.Select(interval => interval.End)])
        {
            Label = label,
        };
    }

    internal override void Extend(Extent x, Extent y)
    {
        foreach (double start in starts) x.Anchor(start);
        foreach (double end in ends) x.Anchor(end);
    }

    internal override void Paint(PanelCanvas canvas, Rgb color)
    {
        Box plot = canvas.Plot;
        for (int i = 0; i < starts.Length; i++)
        {
            double from = canvas.X(starts[i]), to = canvas.X(ends[i]);
            if (!double.IsFinite(from + to)) continue;
            double left = Math.Max(Math.Min(from, to), plot.Left), right = Math.Min(Math.Max(from, to), plot.Right);
            if (right > left) canvas.Renderer.Rectangle(new Box(left, plot.Top, right - left, plot.Height), color, 1);
        }
    }

    internal override void PaintKey(SvgRenderer renderer, Box key, Rgb color) => renderer.Rectangle(key, color, 1);
}
