using System.Globalization;
using SpikeStats.Models.Hawkes;
using SpikeStats.Units;

namespace SpikeStats.Cli.Options;

/// <summary>Baselines of Hawkes processes as an option takes them: <c>piecewise:10s,20s</c>, <c>periodic:1s/8</c>.</summary>
internal static class BaselineSyntax
{
    public const string Words = "constant|piecewise:TIME,...|periodic:PERIOD/N";

    /// <summary>Reads the pieces of time in which baselines are constant.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    /// <exception cref="ArgumentException">Instants do not ascend.</exception>
    public static HawkesBaseline Parse(string text)
    {
        string[] parts = text.Split(':', 2, StringSplitOptions.TrimEntries);
        return parts switch
        {
            ["constant"] => HawkesBaseline.Constant,
            ["piecewise", var changes] => HawkesBaseline.Piecewise([.. changes.Split(',', StringSplitOptions.TrimEntries).Select(Duration.Parse)]),
            ["periodic", var period] => Periodic(period),
            _ => throw new FormatException($"'{text}' is no baseline. Write piecewise and the instants of change, for example piecewise:10s,20s, or periodic:1s/8 for 8 pieces of a second."),
        };
    }

    private static HawkesBaseline Periodic(string text)
    {
        string[] parts = text.Split('/', StringSplitOptions.TrimEntries);
        return parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int pieces) && pieces > 0
            ? HawkesBaseline.Periodic(DurationSyntax.Positive(parts[0]), pieces)
            : throw new FormatException($"'periodic:{text}' states no period and number of pieces; write for example periodic:1s/8.");
    }
}
