using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Plotting.Layers;

/// <summary>A matrix as coloured cells, with a colour bar beside the panel; a cell whose value is not finite is light grey.</summary>
/// <remarks>
/// Colours are rounded to 127 levels. Neighbouring cells of one row and one colour are drawn as one rectangle and all rectangles of a
/// colour as one path, which keeps the file small and the same everywhere: a compressed image would depend on the compressor.
/// </remarks>
public sealed class HeatMapLayer : Layer
{
    // Even, so that the middle level is the middle colour of a diverging map.
    private const int Steps = 126;

    private readonly double[] xEdges, yEdges;
    private readonly double[,] values;

    /// <summary>Creates a heat map.</summary>
    /// <param name="xEdges">Edges of the columns, ascending, in the unit of the axis; length: columns + 1.</param>
    /// <param name="yEdges">Edges of the rows, ascending, in the unit of the axis; length: rows + 1.</param>
    /// <param name="values">Values, in the unit of the colour bar; rows × columns.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public HeatMapLayer(ReadOnlySpan<double> xEdges, ReadOnlySpan<double> yEdges, double[,] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        RequireEdges(xEdges.Length, values.GetLength(1), nameof(xEdges));
        RequireEdges(yEdges.Length, values.GetLength(0), nameof(yEdges));
        this.xEdges = xEdges.ToArray();
        this.yEdges = yEdges.ToArray();
        this.values = (double[,])values.Clone();
    }

    /// <summary>What the colours stand for: label, unit and, if they are set, limits of the colour bar.</summary>
    /// <remarks>The scale is linear.</remarks>
    public required Axis Value { get; init; }

    /// <summary>Whether colours diverge from zero, with limits that are symmetric about it.</summary>
    /// <value>Default: false, a sequential map.</value>
    public bool IsDiverging { get; init; }

    /// <summary>Whether cells are parted by thin white lines; for matrices of few cells.</summary>
    /// <value>Default: false.</value>
    public bool IsGridded { get; init; }

    internal override Rgb? DefaultColor => Palette.Ink;

    internal ColorMap ColorMap => IsDiverging ? ColorMap.Diverging : ColorMap.Sequential;

    internal override void Extend(Extent x, Extent y)
    {
        foreach (double edge in xEdges) x.Anchor(edge);
        foreach (double edge in yEdges) y.Anchor(edge);
    }

    /// <summary>The limits of the colour bar.</summary>
    internal AxisRange ValueRange()
    {
        Extent extent = new();
        foreach (double value in values)
        {
            extent.Anchor(value);
            if (IsDiverging) extent.Anchor(-value);
        }

        return AxisRange.Of(Value, extent);
    }

    internal override void Paint(PanelCanvas canvas, Rgb color)
    {
        AxisRange range = ValueRange();
        SortedDictionary<int, List<Box>> runs = [];
        for (int row = 0; row < values.GetLength(0); row++)
        {
            for (int column = 0; column < values.GetLength(1);)
            {
                int first = column, level = Level(values[row, column], range);
                do column++;
                while (column < values.GetLength(1) && Level(values[row, column], range) == level);
                Box run = Box.Between(canvas.X(xEdges[first]), canvas.Y(yEdges[row]), canvas.X(xEdges[column]), canvas.Y(yEdges[row + 1]));
                if (!double.IsFinite(run.Left + run.Top + run.Width + run.Height)) continue;
                if (!runs.TryGetValue(level, out List<Box>? boxes)) runs.Add(level, boxes = []);
                boxes.Add(run);
            }
        }

        foreach ((int level, List<Box> boxes) in runs)
        {
            canvas.Renderer.BeginFill(ColorMap.At(level < 0 ? double.NaN : (double)level / Steps), 1, isCrisp: true);
            foreach (Box box in boxes) canvas.Renderer.AddRectangle(box);
            canvas.Renderer.EndPath();
        }

        if (IsGridded && values.Length > 0) PaintGrid(canvas);
    }

    internal override void PaintKey(SvgRenderer renderer, Box key, Rgb color) => renderer.Rectangle(key, ColorMap.At(0.5), 1);

    private static int Level(double value, AxisRange range) =>
        double.IsFinite(value) ? (int)Math.Round(Math.Clamp((value - range.Lower) / (range.Upper - range.Lower), 0, 1) * Steps) : -1;

    private void PaintGrid(PanelCanvas canvas)
    {
        Box plot = canvas.Plot;
        canvas.Renderer.BeginStroke(new Rgb(255, 255, 255), 0.4, LineStyle.Solid);
        foreach (double edge in xEdges.AsSpan(1..^1))
        {
            canvas.Renderer.MoveTo(canvas.X(edge), plot.Top);
            canvas.Renderer.VerticalTo(plot.Bottom);
        }

        foreach (double edge in yEdges.AsSpan(1..^1))
        {
            canvas.Renderer.MoveTo(plot.Left, canvas.Y(edge));
            canvas.Renderer.HorizontalTo(plot.Right);
        }

        canvas.Renderer.EndPath();
    }
}
