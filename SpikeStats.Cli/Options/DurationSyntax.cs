using SpikeStats.Units;

namespace SpikeStats.Cli.Options;

/// <summary>Stretches of time with a unit, as options take them.</summary>
internal static class DurationSyntax
{
    /// <summary>Reads a positive stretch of time, in seconds.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static double Positive(string text)
    {
        double seconds = Duration.Parse(text);
        return seconds > 0 ? seconds : throw new FormatException($"'{text}' must be positive.");
    }

    /// <summary>Reads a stretch of time that may be zero, in seconds.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static double NotNegative(string text)
    {
        double seconds = Duration.Parse(text);
        return seconds >= 0 ? seconds : throw new FormatException($"'{text}' must not be negative.");
    }
}
