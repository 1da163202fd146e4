using SpikeStats.Plotting.Layers;

namespace SpikeStats.Plotting.Rendering;

/// <summary>The panels of a figure in rows and columns, fitted to a width.</summary>
/// <remarks>
/// Margins depend on which labels fit, labels on the size of the plots, and this on the margins; a few rounds of fitting, in which
/// margins only grow, settle it. All panels of a row have the same height and their axes on one line, all of a column the same width.
/// Where headings and legends would leave too little height for the plots, the grid becomes higher than it was asked to be.
/// </remarks>
internal sealed class PanelGrid
{
    private const double ColumnGap = 12;
    private const double RowGap = 9;
    private const double SmallestWidth = 30;
    private const double SmallestMeanHeight = 36;
    private const int Rounds = 5;

    private readonly PanelFrame[] frames;
    private readonly int columns, rows;
    private readonly double[] left, right, top, bottom, plotHeights;
    private double plotWidth;

    public PanelGrid(Figure figure, double width, double height)
    {
        columns = Math.Min(figure.Columns, Math.Max(figure.Panels.Count, 1));
        frames = Frames(figure, columns);
        rows = (frames.Length + columns - 1) / columns;
        (left, right, top, bottom, plotHeights) = (new double[columns], new double[columns], new double[rows], new double[rows], new double[rows]);
        for (int round = 0; round < Rounds; round++) Fit(width, height);
        Height = top.Sum() + bottom.Sum() + plotHeights.Sum() + (Math.Max(rows - 1, 0) * RowGap);
    }

    /// <summary>The height of the grid, in points.</summary>
    public double Height { get; }

    /// <summary>Draws the panels with the upper left corner of the grid at a place.</summary>
    public void Paint(SvgRenderer renderer, double x, double y)
    {
        for (int row = 0; row < rows; row++)
        {
            double plotLeft = x;
            y += top[row];
            for (int column = 0; column < columns && (row * columns) + column < frames.Length; column++)
            {
                plotLeft += left[column];
                frames[(row * columns) + column].Paint(renderer, plotLeft, y);
                plotLeft += plotWidth + right[column] + ColumnGap;
            }

            y += plotHeights[row] + bottom[row] + RowGap;
        }
    }

    private void Fit(double width, double height)
    {
        plotWidth = Math.Max(SmallestWidth, (width - left.Sum() - right.Sum() - ((columns - 1) * ColumnGap)) / columns);
        double plots = Math.Max(rows * SmallestMeanHeight, height - top.Sum() - bottom.Sum() - ((rows - 1) * RowGap));
        double[] weights = [.. Enumerable.Range(0, rows).Select(row => frames.Skip(row * columns).Take(columns).Max(frame => frame.Weight))];
        for (int row = 0; row < rows; row++) plotHeights[row] = plots * weights[row] / weights.Sum();
        for (int i = 0; i < frames.Length; i++)
        {
            (int row, int column) = Math.DivRem(i, columns);
            frames[i].Fit(plotWidth, plotHeights[row]);
            left[column] = Math.Max(left[column], frames[i].Left);
            right[column] = Math.Max(right[column], frames[i].Right);
            top[row] = Math.Max(top[row], frames[i].Top);
            bottom[row] = Math.Max(bottom[row], frames[i].Bottom);
        }
    }

    private static PanelFrame[] Frames(Figure figure, int columns)
    {
        IReadOnlyList<Panel> panels = figure.Panels;
        (Extent X, Extent Y)[] extents = [.. panels.Select(ExtentsOf)];
        if (figure.SharesX)
        {
            for (int i = columns; i < extents.Length; i++) extents[i % columns].X.Merge(extents[i].X);
            for (int i = columns; i < extents.Length; i++) extents[i].X = extents[i % columns].X;
        }

        return [.. panels.Select((panel, i) => new PanelFrame(
            panel, AxisRange.Of(panel.X, extents[i].X), AxisRange.Of(panel.Y, extents[i].Y), !figure.SharesX || i + columns >= panels.Count))];
    }

    private static (Extent X, Extent Y) ExtentsOf(Panel panel)
    {
        Extent x = new(), y = new();
        foreach (Layer layer in panel.Layers) layer.Extend(x, y);
        return (x, y);
    }
}
