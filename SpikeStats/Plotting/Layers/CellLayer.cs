using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Plotting.Layers;

/// <summary>Some cells of a grid in one colour: a region of a map of kinds, one layer for each kind.</summary>
/// <remarks>Neighbouring cells of a row are drawn as one rectangle.</remarks>
public sealed class CellLayer : Layer
{
    private readonly double[] xEdges, yEdges;
    private readonly bool[,] cells;

    /// <summary>Creates a region.</summary>
    /// <param name="xEdges">Edges of the columns, ascending, in the unit of the axis; length: columns + 1.</param>
    /// <param name="yEdges">Edges of the rows, ascending, in the unit of the axis; length: rows + 1.</param>
    /// <param name="cells">Whether each cell belongs to the region; rows × columns.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public CellLayer(ReadOnlySpan<double> xEdges, ReadOnlySpan<double> yEdges, bool[,] cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        RequireEdges(xEdges.Length, cells.GetLength(1), nameof(xEdges));
        RequireEdges(yEdges.Length, cells.GetLength(0), nameof(yEdges));
        this.xEdges = xEdges.ToArray();
        this.yEdges = yEdges.ToArray();
        this.cells = (bool[,])cells.Clone();
    }

    internal override void Extend(Extent x, Extent y)
    {
        foreach (double edge in xEdges) x.Anchor(edge);
        foreach (double edge in yEdges) y.Anchor(edge);
    }

    internal override void Paint(PanelCanvas canvas, Rgb color)
    {
        canvas.Renderer.BeginFill(color, 1, isCrisp: true);
        for (int row = 0; row < cells.GetLength(0); row++)
        {
            for (int column = 0; column < cells.GetLength(1); column++)
            {
                if (!cells[row, column]) continue;
                int first = column;
                while (column + 1 < cells.GetLength(1) && cells[row, column + 1]) column++;
                Box run = Box.Between(canvas.X(xEdges[first]), canvas.Y(yEdges[row]), canvas.X(xEdges[column + 1]), canvas.Y(yEdges[row + 1]));
                if (double.IsFinite(run.Left + run.Top + run.Width + run.Height)) canvas.Renderer.AddRectangle(run);
            }
        }

        canvas.Renderer.EndPath();
    }

    internal override void PaintKey(SvgRenderer renderer, Box key, Rgb color) => renderer.Rectangle(key, color, 1);
}
