using System.Globalization;

namespace SpikeStats.Cli.Options;

/// <summary>Rates and decays with a unit, as options take them: <c>5Hz</c>, <c>2kHz</c>, <c>5/s</c>, <c>0.1/ms</c>.</summary>
internal static class RateSyntax
{
    // Longest suffix first: "kHz" also ends in "Hz".
    private static readonly (string Suffix, double Hertz)[] suffixes = [("kHz", 1e3), ("Hz", 1), ("/ms", 1e3), ("/s", 1)];

    /// <summary>Reads a positive rate, in hertz (reciprocal seconds).</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static double Positive(string text)
    {
        double rate = NotNegative(text);
        return rate > 0 ? rate : throw new FormatException($"'{text}' must be positive.");
    }

    /// <summary>Reads a rate that may be zero, in hertz (reciprocal seconds).</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static double NotNegative(string text)
    {
        (string suffix, double hertz) = Array.Find(suffixes, known => text.EndsWith(known.Suffix, StringComparison.Ordinal));
        string number = suffix is null ? text : text[..^suffix.Length];
        bool isNumber = double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value * hertz);
        if (!isNumber || (suffix is null && value != 0)) throw new FormatException($"'{text}' is no rate; write a number and its unit, for example 5Hz, 5/s or 0.1/ms.");
        return value >= 0 ? value * hertz : throw new FormatException($"'{text}' must not be negative.");
    }

    /// <summary>Reads positive rates separated by commas.</summary>
    /// <exception cref="FormatException">The text holds something else.</exception>
    public static IReadOnlyList<double> Positives(string text) => [.. text.Split(',', StringSplitOptions.TrimEntries).Select(Positive)];
}
