using SpikeStats.Plotting.Layers;

namespace SpikeStats.Plotting.Rendering;

/// <summary>Lays out the panels of a figure and draws it.</summary>
/// <remarks>
/// Margins depend on which labels fit, labels on the size of the plots, and this on the margins; a few rounds of fitting, in which
/// margins only grow, settle it. All panels of a row have the same height and their axes on one line, all of a column the same width.
/// </remarks>
internal static class FigurePainter
{
    public const double PointsPerMillimetre = 72 / 25.4;

    private const double Border = 4;
    private const double ColumnGap = 12;
    private const double RowGap = 9;
    private const double TitleGap = 4;
    private const double SmallestPlot = 12;
    private const int Rounds = 5;

    public static string Paint(Figure figure, bool paintsCaption)
    {
        Validate(figure);
        double width = figure.Size.Width * PointsPerMillimetre, height = figure.Size.Height * PointsPerMillimetre;
        double captionHeight = TextStyle.LineHeight(TextStyle.Small), titleHeight = TextStyle.LineHeight(TextStyle.Large);
        string[] caption = paintsCaption ? TextMetrics.Wrap(figure.FullCaption, TextStyle.Small, width - (2 * Border)) : [];
        string[] title = TextMetrics.Wrap(figure.Title, TextStyle.Large, width - (2 * Border), isBold: true);
        double drawn = height + (caption.Length == 0 ? 0 : (caption.Length * captionHeight) + Border);
        SvgRenderer renderer = new();
        renderer.Begin(width, drawn, figure.Title, figure.FullCaption);
        for (int line = 0; line < title.Length; line++)
            renderer.Text(Border, Border + (line * titleHeight) + AxisPainter.Baseline(titleHeight, TextStyle.Large), title[line], new TextStyle(TextStyle.Large) { IsBold = true });
        double top = Border + (title.Length == 0 ? 0 : (title.Length * titleHeight) + TitleGap);
        if (figure.Panels.Count > 0) PaintPanels(renderer, figure, new Box(Border, top, width - (2 * Border), height - top - Border));
        for (int line = 0; line < caption.Length; line++)
            renderer.Text(Border, height + (line * captionHeight) + AxisPainter.Baseline(captionHeight, TextStyle.Small), caption[line], new TextStyle(TextStyle.Small) { Color = new Rgb(0x44, 0x44, 0x44) });
        return renderer.End();
    }

    private static void Validate(Figure figure)
    {
        FigureSize size = figure.Size;
        if (!(size.Width >= 20 && size.Width <= 2000 && size.Height >= 20 && size.Height <= 2000))
            throw new ArgumentException($"A figure of {size} cannot be drawn; width and height must lie between 20 mm and 2000 mm.", nameof(figure));
        if (figure.Columns < 1) throw new ArgumentException("A figure has at least one column of panels.", nameof(figure));
        foreach (Panel panel in figure.Panels)
        {
            if (!(panel.Weight > 0) || !double.IsFinite(panel.Weight)) throw new ArgumentException("The weight of a panel must be positive.", nameof(figure));
            if (panel.AspectRatio <= 0) throw new ArgumentException("The aspect ratio of a panel must be positive.", nameof(figure));
        }
    }

    private static void PaintPanels(SvgRenderer renderer, Figure figure, Box area)
    {
        int columns = Math.Min(figure.Columns, figure.Panels.Count);
        PanelFrame[] frames = Frames(figure, columns);
        int rows = (frames.Length + columns - 1) / columns;
        double[] left = new double[columns], right = new double[columns], top = new double[rows], bottom = new double[rows];
        double[] weights = [.. Enumerable.Range(0, rows).Select(row => frames.Skip(row * columns).Take(columns).Max(frame => frame.Weight))];
        double plotWidth = 0;
        double[] plotHeights = new double[rows];
        for (int round = 0; round < Rounds; round++)
        {
            plotWidth = Math.Max(SmallestPlot, (area.Width - left.Sum() - right.Sum() - ((columns - 1) * ColumnGap)) / columns);
            double height = area.Height - top.Sum() - bottom.Sum() - ((rows - 1) * RowGap);
            for (int row = 0; row < rows; row++) plotHeights[row] = Math.Max(SmallestPlot, height * weights[row] / weights.Sum());
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

        double y = area.Top;
        for (int row = 0; row < rows; row++)
        {
            double x = area.Left;
            y += top[row];
            for (int column = 0; column < columns && (row * columns) + column < frames.Length; column++)
            {
                x += left[column];
                frames[(row * columns) + column].Paint(renderer, x, y);
                x += plotWidth + right[column] + ColumnGap;
            }

            y += plotHeights[row] + bottom[row] + RowGap;
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
