using System.Globalization;

namespace SpikeStats.Cli.Options;

/// <summary>Numbers without a unit: ratios and counts of inputs.</summary>
internal static class NumberSyntax
{
    /// <summary>Reads a positive number.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static double Positive(string text)
    {
        double value = NotNegative(text);
        return value > 0 ? value : throw new FormatException($"'{text}' must be positive.");
    }

    /// <summary>Reads a number that may be zero.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static double NotNegative(string text)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
            throw new FormatException($"'{text}' is no number; it has no unit, for example 4.5.");
        return value >= 0 ? value : throw new FormatException($"'{text}' must not be negative.");
    }
}
