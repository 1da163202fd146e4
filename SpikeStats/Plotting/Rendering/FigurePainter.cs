namespace SpikeStats.Plotting.Rendering;

/// <summary>Draws a figure: its heading, the grid of its panels and its caption.</summary>
internal static class FigurePainter
{
    public const double PointsPerMillimetre = 72 / 25.4;

    private const double Border = 4;
    private const double TitleGap = 4;
    private static readonly Rgb captionColor = new(0x44, 0x44, 0x44);

    public static string Paint(Figure figure, bool paintsCaption)
    {
        Validate(figure);
        double width = figure.Size.Width * PointsPerMillimetre, height = figure.Size.Height * PointsPerMillimetre;
        double captionHeight = TextStyle.LineHeight(TextStyle.Small), titleHeight = TextStyle.LineHeight(TextStyle.Large);
        string[] caption = paintsCaption ? TextMetrics.Wrap(figure.FullCaption, TextStyle.Small, width - (2 * Border)) : [];
        string[] title = TextMetrics.Wrap(figure.Title, TextStyle.Large, width - (2 * Border), isBold: true);
        double top = Border + (title.Length == 0 ? 0 : (title.Length * titleHeight) + TitleGap);
        PanelGrid grid = new(figure, width - (2 * Border), height - top - Border);
        height = Math.Max(height, top + grid.Height + Border);
        SvgRenderer renderer = new();
        renderer.Begin(width, height + (caption.Length == 0 ? 0 : (caption.Length * captionHeight) + Border), figure.AccessibleName, figure.FullCaption, isInline: !paintsCaption);
        for (int line = 0; line < title.Length; line++)
            renderer.Text(Border, Border + (line * titleHeight) + AxisPainter.Baseline(titleHeight, TextStyle.Large), title[line], new TextStyle(TextStyle.Large) { IsBold = true });
        grid.Paint(renderer, Border, top);
        for (int line = 0; line < caption.Length; line++)
            renderer.Text(Border, height + (line * captionHeight) + AxisPainter.Baseline(captionHeight, TextStyle.Small), caption[line], new TextStyle(TextStyle.Small) { Color = captionColor });
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
}
