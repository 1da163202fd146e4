using System.Text;

namespace SpikeStats.Plotting.Rendering;

/// <summary>How wide text is, without asking for a font: the advance widths of Helvetica, which Arial and Liberation Sans share.</summary>
/// <remarks>A tenth is added, because a viewer may have only a wider font.</remarks>
internal static class TextMetrics
{
    private const double Slack = 1.1;
    private const double BoldFactor = 1.06;

    // Adobe's font metrics of Helvetica, in thousandths of the size, for the characters from space to tilde.
    private static readonly short[] advances =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556,
        556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556,
        556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    /// <summary>The width of a line of text, in the unit of its size.</summary>
    public static double Width(string text, double size, bool isBold = false)
    {
        double sum = 0;
        foreach (Rune rune in text.EnumerateRunes()) sum += Advance(rune.Value);
        return sum / 1000 * size * Slack * (isBold ? BoldFactor : 1);
    }

    /// <summary>Breaks a text into lines of at most a width: at spaces, and inside a word only if it is wider than a line.</summary>
    /// <returns>The lines; none for an empty text.</returns>
    public static string[] Wrap(string text, double size, double width, bool isBold = false)
    {
        List<string> lines = [];
        string line = "";
        foreach (string word in text.Split((char[])[' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            string longer = line.Length == 0 ? word : line + " " + word;
            if (Width(longer, size, isBold) <= width)
            {
                line = longer;
                continue;
            }

            if (line.Length > 0) lines.Add(line);
            line = word;
            while (Width(line, size, isBold) > width && FittingLength(line, size, width, isBold) is int fits && fits < line.Length)
            {
                lines.Add(line[..fits]);
                line = line[fits..];
            }
        }

        if (line.Length > 0) lines.Add(line);
        return [.. lines];
    }

    /// <summary>Shortens a text to a width, with an ellipsis in place of what is left out.</summary>
    public static string Shorten(string text, double size, double width) =>
        Width(text, size) <= width ? text : text[..FittingLength(text, size, width - Width("…", size), isBold: false)].TrimEnd() + "…";

    private static int FittingLength(string text, double size, double width, bool isBold)
    {
        int length = 0;
        double sum = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            sum += Width(rune.ToString(), size, isBold);
            if (sum > width && length > 0) break;
            length += rune.Utf16SequenceLength;
        }

        return length;
    }

    private static int Advance(int rune) => rune switch
    {
        >= ' ' and <= '~' => advances[rune - ' '],
        '\u00a0' or '·' or '’' or '‘' => 278,
        '⁰' or '¹' or '²' or '³' or (>= '⁴' and <= '⁻') => 350,
        >= 0x1100 => 1000,
        _ => 600,
    };
}
