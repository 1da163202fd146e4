using System.Globalization;
using System.Text;

namespace SpikeStats.Plotting.Rendering;

/// <summary>Writes shapes and text as SVG. The only class that knows the format; positions are in points from the upper left corner.</summary>
/// <remarks>
/// Numbers have at most two decimals (a hundredth of a point is 3.5 µm), are never written in scientific notation and never NaN: callers
/// leave out what is not finite. Clipping uses nested drawings and not identifiers, which would clash between the figures of one page.
/// </remarks>
internal sealed class SvgRenderer
{
    // What lies farther outside is out of sight, and some viewers compute in single precision.
    private const double Farthest = 1e5;
    private const string FontFamily = "Arial, Helvetica, 'Liberation Sans', sans-serif";

    private readonly StringBuilder svg = new();

    /// <summary>Begins a drawing; one that stands inline in a page takes the width of the element around it.</summary>
    public void Begin(double width, double height, string title, string description, bool isInline)
    {
        svg.Append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"");
        if (isInline) svg.Append(" style=\"width:100%;height:auto\"");
        Attribute("width", width / FigurePainter.PointsPerMillimetre, "mm");
        Attribute("height", height / FigurePainter.PointsPerMillimetre, "mm");
        svg.Append(" viewBox=\"0 0 ");
        Number(width);
        svg.Append(' ');
        Number(height);
        svg.Append("\" font-family=\"").Append(FontFamily).Append("\">\n");
        Element("title", title);
        Element("desc", description);
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
    }

    /// <summary>Ends the drawing.</summary>
    /// <returns>The whole document.</returns>
    public string End() => svg.Append("</svg>\n").ToString();

    /// <summary>Hides what is drawn from here on outside a rectangle.</summary>
    public void BeginClip(Box box)
    {
        svg.Append("<svg");
        Attribute("x", box.Left);
        Attribute("y", box.Top);
        Attribute("width", box.Width);
        Attribute("height", box.Height);
        svg.Append(" viewBox=\"");
        Number(box.Left);
        svg.Append(' ');
        Number(box.Top);
        svg.Append(' ');
        Number(box.Width);
        svg.Append(' ');
        Number(box.Height);
        svg.Append("\" overflow=\"hidden\">\n");
    }

    /// <summary>Ends the last clipping.</summary>
    public void EndClip() => svg.Append("</svg>\n");

    public void Line(double x0, double y0, double x1, double y1, Rgb color, double width, LineStyle style)
    {
        BeginStroke(color, width, style);
        MoveTo(x0, y0);
        if (y0 == y1) HorizontalTo(x1);
        else if (x0 == x1) VerticalTo(y1);
        else LineTo(x1, y1);
        EndPath();
    }

    public void Rectangle(Box box, Rgb fill, double opacity)
    {
        svg.Append("<rect");
        Attribute("x", box.Left);
        Attribute("y", box.Top);
        Attribute("width", box.Width);
        Attribute("height", box.Height);
        Fill(fill, opacity);
        svg.Append("/>\n");
    }

    /// <summary>Begins a path whose line is drawn.</summary>
    public void BeginStroke(Rgb color, double width, LineStyle style)
    {
        svg.Append("<path fill=\"none\" stroke=\"").Append(color.ToString()).Append('"');
        Attribute("stroke-width", width);
        if (style == LineStyle.Dashed) svg.Append(" stroke-dasharray=\"3 2\"");
        else if (style == LineStyle.Dotted) svg.Append(" stroke-dasharray=\"0.8 1.6\"");
        else svg.Append(" stroke-linejoin=\"round\"");
        svg.Append(" d=\"");
    }

    /// <summary>Begins a path that is filled. A crisp one is not smoothed at its edges, so that cells side by side show no seam.</summary>
    public void BeginFill(Rgb color, double opacity, bool isCrisp = false)
    {
        svg.Append("<path");
        Fill(color, opacity);
        if (isCrisp) svg.Append(" shape-rendering=\"crispEdges\"");
        svg.Append(" d=\"");
    }

    /// <summary>Begins a path of round dots: a line of no length with round ends.</summary>
    public void BeginDots(Rgb color, double diameter)
    {
        svg.Append("<path fill=\"none\" stroke-linecap=\"round\" stroke=\"").Append(color.ToString()).Append('"');
        Attribute("stroke-width", diameter);
        svg.Append(" d=\"");
    }

    public void EndPath() => svg.Append("\"/>\n");

    public void MoveTo(double x, double y) => Command('M', x, y);

    public void LineTo(double x, double y) => Command('L', x, y);

    public void HorizontalTo(double x) => Command('H', x);

    public void VerticalTo(double y) => Command('V', y);

    /// <summary>A line downwards from the current point.</summary>
    public void Down(double length) => Command('v', length);

    public void ClosePath() => svg.Append('Z');

    public void Dot(double x, double y)
    {
        MoveTo(x, y);
        svg.Append("h0");
    }

    /// <summary>Adds a rectangle to the path that was begun.</summary>
    public void AddRectangle(Box box)
    {
        MoveTo(box.Left, box.Top);
        Command('H', box.Right);
        Command('V', box.Bottom);
        Command('H', box.Left);
        ClosePath();
    }

    public void Text(double x, double y, string text, TextStyle style)
    {
        svg.Append("<text");
        Attribute("x", x);
        Attribute("y", y);
        Attribute("font-size", style.Size);
        if (style.Anchor != TextAnchor.Start) svg.Append(style.Anchor == TextAnchor.Middle ? " text-anchor=\"middle\"" : " text-anchor=\"end\"");
        if (style.IsBold) svg.Append(" font-weight=\"bold\"");
        if (style.IsUpright)
        {
            svg.Append(" transform=\"rotate(-90 ");
            Number(x);
            svg.Append(' ');
            Number(y);
            svg.Append(")\"");
        }

        svg.Append(" fill=\"").Append(style.Color.ToString()).Append("\">").Append(XmlText.Escape(text)).Append("</text>\n");
    }

    private void Element(string name, string text)
    {
        if (text.Length > 0) svg.Append('<').Append(name).Append('>').Append(XmlText.Escape(text)).Append("</").Append(name).Append(">\n");
    }

    private void Fill(Rgb color, double opacity)
    {
        svg.Append(" fill=\"").Append(color.ToString()).Append('"');
        if (opacity < 1) Attribute("fill-opacity", opacity);
    }

    private void Attribute(string name, double value, string unit = "")
    {
        svg.Append(' ').Append(name).Append("=\"");
        Number(value);
        svg.Append(unit).Append('"');
    }

    private void Command(char command, double value)
    {
        svg.Append(command);
        Number(value);
    }

    private void Command(char command, double x, double y)
    {
        Command(command, x);
        svg.Append(' ');
        Number(y);
    }

    /// <summary>Writes a number with at most two decimals. Counting in hundredths is several times faster than formatting a double.</summary>
    private void Number(double value)
    {
        if (double.IsNaN(value)) throw new ArgumentException("A position is not a number.", nameof(value));
        long hundredths = (long)Math.Round(Math.Clamp(value, -Farthest, Farthest) * 100);
        if (hundredths < 0) svg.Append('-');
        (long whole, long rest) = Math.DivRem(Math.Abs(hundredths), 100);
        svg.Append(CultureInfo.InvariantCulture, $"{whole}");
        if (rest == 0) return;
        svg.Append('.').Append((char)('0' + (rest / 10)));
        if (rest % 10 != 0) svg.Append((char)('0' + (rest % 10)));
    }
}
