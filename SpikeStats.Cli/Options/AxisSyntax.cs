using System.Globalization;

namespace SpikeStats.Cli.Options;

/// <summary>Points at equal distances, as options of diagrams take them: <c>0..8:33</c>.</summary>
internal static class AxisSyntax
{
    private const string Separator = "..";

    /// <summary>Reads the points; both ends are among them exactly.</summary>
    /// <exception cref="FormatException">The text is something else, or the range is empty or negative.</exception>
    public static IReadOnlyList<double> Parse(string text)
    {
        int dots = text.IndexOf(Separator, StringComparison.Ordinal), colon = text.LastIndexOf(':');
        if (dots < 0 || colon < dots || !TryParse(text[..dots], out double low) || !TryParse(text[(dots + Separator.Length)..colon], out double high)
            || !int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int count))
        {
            throw new FormatException($"'{text}' is no range of points. Write FROM..TO:N, for example 0..8:33.");
        }

        if (!(low >= 0 && low < high) || count < 2) throw new FormatException($"'{text}' must rise from a number that is not negative, with at least 2 points.");
        return [low, .. Enumerable.Range(1, count - 2).Select(i => (((count - 1 - i) * low) + (i * high)) / (count - 1)), high];
    }

    private static bool TryParse(string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
