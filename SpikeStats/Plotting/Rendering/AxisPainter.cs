namespace SpikeStats.Plotting.Rendering;

/// <summary>Draws axes: a thin line, ticks outwards, labels, and the colour bar of a heat map.</summary>
internal static class AxisPainter
{
    private const double LineWidth = 0.6;
    private const double MinorTickLength = 1.5;

    // Height of digits and capitals, in sizes of the font.
    private const double CapHeight = 0.72;

    /// <summary>Where the base line lies below the top of a line of text, so that capitals stand in its middle.</summary>
    public static double Baseline(double lineHeight, double size) => (lineHeight + (CapHeight * size)) / 2;

    public static void PaintHorizontal(SvgRenderer renderer, AxisLayout axis, Box plot)
    {
        if (axis.IsDrawn)
        {
            renderer.BeginStroke(Palette.Ink, LineWidth, LineStyle.Solid);
            renderer.MoveTo(plot.Left - (LineWidth / 2), plot.Bottom);
            renderer.HorizontalTo(plot.Right + (LineWidth / 2));
            foreach (Tick mark in axis.Marks)
            {
                renderer.MoveTo(plot.Left + (axis.Fraction(mark.Value) * plot.Width), plot.Bottom);
                renderer.Down(mark.IsMinor ? MinorTickLength : AxisLayout.TickLength);
            }

            renderer.EndPath();
        }

        double top = plot.Bottom + (axis.Marks.Count > 0 ? AxisLayout.TickLength : 0) + AxisLayout.LabelGap;
        foreach (Tick mark in axis.Marks.Where(mark => mark.Label.Length > 0))
        {
            double x = plot.Left + (axis.Fraction(mark.Value) * plot.Width);
            if (axis.AreLabelsUpright)
                renderer.Text(x + (CapHeight * TextStyle.Small / 2), top, mark.Label, new TextStyle(TextStyle.Small) { Anchor = TextAnchor.End, IsUpright = true });
            else renderer.Text(x, top + (CapHeight * TextStyle.Small) + 0.8, mark.Label, new TextStyle(TextStyle.Small) { Anchor = TextAnchor.Middle });
        }

        double lineHeight = TextStyle.LineHeight(TextStyle.Normal);
        for (int line = 0; line < axis.TitleLines.Length; line++)
        {
            double y = plot.Bottom + axis.Thickness - ((axis.TitleLines.Length - line) * lineHeight) + Baseline(lineHeight, TextStyle.Normal);
            renderer.Text(plot.MiddleX, y, axis.TitleLines[line], new TextStyle(TextStyle.Normal) { Anchor = TextAnchor.Middle });
        }
    }

    public static void PaintVertical(SvgRenderer renderer, AxisLayout axis, Box plot)
    {
        if (axis.IsDrawn) PaintUprightLine(renderer, axis, plot, plot.Left, -1);
        double lineHeight = TextStyle.LineHeight(TextStyle.Normal);
        for (int line = 0; line < axis.TitleLines.Length; line++)
        {
            double x = plot.Left - axis.Thickness + (line * lineHeight) + Baseline(lineHeight, TextStyle.Normal);
            renderer.Text(x, plot.MiddleY, axis.TitleLines[line], new TextStyle(TextStyle.Normal) { Anchor = TextAnchor.Middle, IsUpright = true });
        }
    }

    public static void PaintColorBar(SvgRenderer renderer, AxisLayout axis, ColorMap map, Box bar)
    {
        const int steps = 64;
        for (int step = 0; step < steps; step++)
        {
            double height = bar.Height / steps;
            renderer.BeginFill(map.At((step + 0.5) / steps), 1, isCrisp: true);
            renderer.AddRectangle(new Box(bar.Left, bar.Bottom - ((step + 1) * height), bar.Width, height));
            renderer.EndPath();
        }

        PaintUprightLine(renderer, axis, bar, bar.Right, 1);
        double lineHeight = TextStyle.LineHeight(TextStyle.Normal);
        for (int line = 0; line < axis.TitleLines.Length; line++)
        {
            double x = bar.Right + axis.Thickness - ((axis.TitleLines.Length - line) * lineHeight) + Baseline(lineHeight, TextStyle.Normal);
            renderer.Text(x, bar.MiddleY, axis.TitleLines[line], new TextStyle(TextStyle.Normal) { Anchor = TextAnchor.Middle, IsUpright = true });
        }
    }

    private static void PaintUprightLine(SvgRenderer renderer, AxisLayout axis, Box plot, double x, int outwards)
    {
        renderer.BeginStroke(Palette.Ink, LineWidth, LineStyle.Solid);
        renderer.MoveTo(x, plot.Top - (LineWidth / 2));
        renderer.VerticalTo(plot.Bottom + (LineWidth / 2));
        foreach (Tick mark in axis.Marks)
        {
            renderer.MoveTo(x, plot.Bottom - (axis.Fraction(mark.Value) * plot.Height));
            renderer.HorizontalTo(x + (outwards * (mark.IsMinor ? MinorTickLength : AxisLayout.TickLength)));
        }

        renderer.EndPath();
        TextStyle style = new(TextStyle.Small) { Anchor = outwards < 0 ? TextAnchor.End : TextAnchor.Start };
        foreach (Tick mark in axis.Marks.Where(mark => mark.Label.Length > 0))
        {
            double y = plot.Bottom - (axis.Fraction(mark.Value) * plot.Height) + (CapHeight * TextStyle.Small / 2);
            renderer.Text(x + (outwards * (AxisLayout.TickLength + AxisLayout.LabelGap)), y, mark.Label, style);
        }
    }
}
