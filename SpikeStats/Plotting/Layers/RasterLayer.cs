using System.Globalization;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Plotting.Layers;

/// <summary>Spikes as upright ticks, one row per unit or trial; row r lies between r - 1/2 and r + 1/2 of the vertical axis.</summary>
/// <remarks>
/// A row is a single path, so that a viewer holds one object per row and not one per spike. Of more than 200 000 spikes only every
/// k-th is drawn, and the caption says so.
/// </remarks>
public sealed class RasterLayer : Layer
{
    private const int MaximumDrawn = 200_000;
    private const double Fill = 0.8;

    private readonly ReadOnlyMemory<double>[] rows;
    private readonly int firstRow;
    private readonly long stride;

    /// <summary>Creates a raster.</summary>
    /// <param name="rows">Spike times of each row, in the unit of the axis. The memory is not copied and must not change.</param>
    /// <param name="firstRow">The number of the first row: 1 for an axis that counts, 0 for an axis of categories.</param>
    public RasterLayer(IReadOnlyList<ReadOnlyMemory<double>> rows, int firstRow = 1)
    {
        ArgumentNullException.ThrowIfNull(rows);
        this.rows = [.. rows];
        this.firstRow = firstRow;
        SpikeCount = this.rows.Sum(row => (long)row.Length);
        stride = Math.Max(1, (SpikeCount + MaximumDrawn - 1) / MaximumDrawn);
    }

    /// <summary>The number of spikes of all rows.</summary>
    public long SpikeCount { get; }

    internal override Rgb? DefaultColor => Palette.Ink;

    internal override string Note => stride == 1 ? "" : string.Create(
        CultureInfo.InvariantCulture, $"Of {SpikeCount} spikes one in {stride} is drawn.");

    internal override void Extend(Extent x, Extent y)
    {
        foreach (ReadOnlyMemory<double> row in rows)
        {
            foreach (double time in row.Span) x.Anchor(time);
        }

        y.Anchor(firstRow - 0.5);
        y.Anchor(firstRow + Math.Max(rows.Length, 1) - 0.5);
    }

    internal override void Paint(PanelCanvas canvas, Rgb color)
    {
        SvgRenderer renderer = canvas.Renderer;
        double height = Math.Abs(canvas.Y(1) - canvas.Y(0)) * Fill;
        double width = Math.Clamp(height / 4, 0.5, 0.8);
        long position = 0;
        for (int row = 0; row < rows.Length; row++)
        {
            ReadOnlySpan<double> times = rows[row].Span;
            if (times.IsEmpty) continue;
            renderer.BeginStroke(color, width, LineStyle.Solid);
            double top = canvas.Y(firstRow + row) - (height / 2), last = double.NaN;

            // Counting on across the rows keeps one spike in k of every row, whatever its length.
            for (int i = (int)((stride - (position % stride)) % stride); i < times.Length; i += (int)stride)
            {
                double x = Math.Round(canvas.X(times[i]), 2);
                if (!double.IsFinite(x) || x == last || x < canvas.Plot.Left || x > canvas.Plot.Right) continue;
                renderer.MoveTo(x, top);
                renderer.Down(height);
                last = x;
            }

            position += times.Length;
            renderer.EndPath();
        }
    }

    internal override void PaintKey(SvgRenderer renderer, Box key, Rgb color)
    {
        foreach (double fraction in (ReadOnlySpan<double>)[0.2, 0.4, 0.8])
        {
            double x = key.Left + (fraction * key.Width);
            renderer.Line(x, key.Top, x, key.Bottom, color, 0.7, LineStyle.Solid);
        }
    }
}
