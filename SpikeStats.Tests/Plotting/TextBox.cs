using System.Globalization;
using System.Xml.Linq;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Tests.Plotting;

/// <summary>The rectangle that a text of a drawing covers, from its attributes and the widths of Helvetica.</summary>
internal sealed record TextBox(string Text, double Left, double Top, double Right, double Bottom)
{
    private const double Ascent = 0.72;
    private const double Descent = 0.2;

    public static List<TextBox> All(XElement svg, out double width, out double height)
    {
        string[] viewBox = ((string)svg.Attribute("viewBox")!).Split(' ');
        width = Number(viewBox[2]);
        height = Number(viewBox[3]);
        return [.. svg.Descendants(svg.Name.Namespace + "text").Select(Of)];
    }

    public bool Overlaps(TextBox other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;

    private static TextBox Of(XElement element)
    {
        double x = Number((string)element.Attribute("x")!), y = Number((string)element.Attribute("y")!), size = Number((string)element.Attribute("font-size")!);
        double width = TextMetrics.Width(element.Value, size, element.Attribute("font-weight") is not null);
        double before = (string?)element.Attribute("text-anchor") switch { "middle" => width / 2, "end" => width, _ => 0 };
        return element.Attribute("transform") is null
            ? new TextBox(element.Value, x - before, y - (Ascent * size), x - before + width, y + (Descent * size))
            : new TextBox(element.Value, x - (Ascent * size), y + before - width, x + (Descent * size), y + before);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
