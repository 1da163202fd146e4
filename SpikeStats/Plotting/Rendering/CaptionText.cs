using System.Globalization;

namespace SpikeStats.Plotting.Rendering;

/// <summary>Writes the captions of the ready-made figures in one way: parts parted by semicolons, then the note.</summary>
/// <remarks>A number and its unit are joined by a no-break space, so that no line ends between them.</remarks>
internal static class CaptionText
{
    private const char NoBreakSpace = '\u00a0';

    /// <summary>Joins parts; empty ones are left out.</summary>
    public static string Join(FigureOptions options, params IEnumerable<string> parts)
    {
        string seed = options.Seed is ulong value ? "seed " + value.ToString(CultureInfo.InvariantCulture) : "";
        string facts = string.Join("; ", parts.Append(seed).Where(part => part.Length > 0));
        if (facts.Length > 0) facts = char.ToUpperInvariant(facts[0]) + facts[1..] + ".";
        return string.Join(' ', new[] { facts, options.Note }.Where(part => part.Length > 0));
    }

    /// <summary>A count with its noun, in the plural but for one.</summary>
    public static string Count(long count, string noun) => count.ToString(CultureInfo.InvariantCulture) + " " + noun + (count == 1 ? "" : "s");

    /// <summary>A named number; empty if it is not known.</summary>
    public static string Value(string name, double value, string unit = "") =>
        double.IsNaN(value) ? "" : $"{name} {NumberText.Short(value)}{(unit.Length > 0 ? NoBreakSpace + unit : "")}";

    /// <summary>An equation, such as n = 900.</summary>
    public static string Equation(string name, string value) => $"{name}{NoBreakSpace}={NoBreakSpace}{value}";

    /// <summary>A window of time.</summary>
    public static string Window(double start, double end, string unit = "s") => $"window {NumberText.Short(start)} to {NumberText.Short(end)}{NoBreakSpace}{unit}";

    /// <summary>The width of bins; the word "variable" if they differ by more than rounding.</summary>
    public static string BinWidth(ReadOnlySpan<double> edges, double scale, string unit)
    {
        if (edges.Length < 2) return "";
        double mean = (edges[^1] - edges[0]) / (edges.Length - 1);
        foreach (int i in Enumerable.Range(1, edges.Length - 1))
        {
            if (Math.Abs(edges[i] - edges[i - 1] - mean) > 1e-6 * Math.Abs(mean)) return "bins of variable width";
        }

        return Value("bin", mean * scale, unit);
    }
}
