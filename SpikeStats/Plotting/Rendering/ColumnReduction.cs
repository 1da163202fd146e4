namespace SpikeStats.Plotting.Rendering;

/// <summary>Writes a line of very many points with at most four of them per narrow column: the first, lowest, highest and last.</summary>
internal sealed class ColumnReduction(SvgRenderer renderer)
{
    private const double ColumnWidth = 0.15;

    private readonly List<(double X, double Y)> column = [];
    private bool isDrawing;

    /// <summary>Takes the next point; one that is not finite ends the line, and the next begins another.</summary>
    public void Add(double x, double y)
    {
        if (!double.IsFinite(x) || !double.IsFinite(y))
        {
            End();
            return;
        }

        if (column.Count > 0 && Math.Abs(x - column[0].X) >= ColumnWidth) WriteColumn();
        column.Add((x, y));
    }

    /// <summary>Writes what is left of the line.</summary>
    public void End()
    {
        WriteColumn();
        isDrawing = false;
    }

    private void WriteColumn()
    {
        int lowest = 0, highest = 0;
        for (int i = 1; i < column.Count; i++)
        {
            if (column[i].Y < column[lowest].Y) lowest = i;
            if (column[i].Y > column[highest].Y) highest = i;
        }

        for (int i = 0; i < column.Count; i++)
        {
            if (i != 0 && i != lowest && i != highest && i != column.Count - 1) continue;
            if (isDrawing) renderer.LineTo(column[i].X, column[i].Y);
            else renderer.MoveTo(column[i].X, column[i].Y);
            isDrawing = true;
        }

        column.Clear();
    }
}
