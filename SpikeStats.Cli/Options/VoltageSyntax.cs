using System.Globalization;

namespace SpikeStats.Cli.Options;

/// <summary>Voltages with a unit, as options take them.</summary>
internal static class VoltageSyntax
{
    // Longest suffix first: "mV" also ends in "V". Divided, so that 20mV is the double nearest to 0.02.
    private static readonly (string Suffix, double PerVolt)[] suffixes = [("mV", 1e3), ("uV", 1e6), ("µV", 1e6), ("μV", 1e6), ("V", 1)];

    /// <summary>Reads a voltage, in volts.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static double Parse(string text)
    {
        foreach ((string suffix, double perVolt) in suffixes)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal) && double.TryParse(text.AsSpan(0, text.Length - suffix.Length), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value))
                return value / perVolt;
        }

        return text == "0" ? 0 : throw new FormatException($"'{text}' is not a voltage; write a number and its unit, for example 20mV or 0.02V.");
    }
}
