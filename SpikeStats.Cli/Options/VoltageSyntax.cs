using SpikeStats.Units;

namespace SpikeStats.Cli.Options;

/// <summary>Voltages with a unit, as options take them: <c>15mV</c>, <c>-0.07V</c>, <c>50uV</c>.</summary>
internal static class VoltageSyntax
{
    private static readonly QuantitySyntax syntax = new(
        "voltage", "15mV", ("mV", value => value.mV), ("uV", value => value.uV), ("V", value => value.V));

    /// <summary>Reads a voltage of either sign, in volts.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static double Parse(string text) => syntax.Parse(text);

    /// <summary>Reads a positive voltage, in volts.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static double Positive(string text) => syntax.Positive(text);

    /// <summary>Reads a voltage that may be zero, in volts.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static double NotNegative(string text) => syntax.NotNegative(text);

    /// <summary>Reads voltages that may be zero, separated by commas, in volts.</summary>
    /// <exception cref="FormatException">The text holds something else.</exception>
    public static IReadOnlyList<double> NotNegatives(string text) => [.. text.Split(',', StringSplitOptions.TrimEntries).Select(NotNegative)];
}
