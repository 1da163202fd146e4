using SpikeStats.Units;

namespace SpikeStats.Cli.Options;

/// <summary>Rates, decays and frequencies with a unit, as options take them: <c>5Hz</c>, <c>2kHz</c>, <c>5/s</c>, <c>0.1/ms</c>.</summary>
internal static class RateSyntax
{
    private static readonly QuantitySyntax syntax = new(
        "rate", "5Hz, 5/s or 0.1/ms", ("kHz", value => value.kHz), ("Hz", value => value.Hz), ("/ms", value => value.kHz), ("/s", value => value.Hz));

    /// <summary>Reads a positive rate, in hertz (reciprocal seconds).</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static double Positive(string text) => syntax.Positive(text);

    /// <summary>Reads a rate that may be zero, in hertz (reciprocal seconds).</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static double NotNegative(string text) => syntax.NotNegative(text);

    /// <summary>Reads positive rates separated by commas.</summary>
    /// <exception cref="FormatException">The text holds something else.</exception>
    public static IReadOnlyList<double> Positives(string text) => [.. text.Split(',', StringSplitOptions.TrimEntries).Select(Positive)];

    /// <summary>Reads rates that may be zero, separated by commas.</summary>
    /// <exception cref="FormatException">The text holds something else.</exception>
    public static IReadOnlyList<double> NotNegatives(string text) => [.. text.Split(',', StringSplitOptions.TrimEntries).Select(NotNegative)];
}
