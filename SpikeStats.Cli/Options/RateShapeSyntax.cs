namespace SpikeStats.Cli.Options;

/// <summary>How the rate of a renewal process runs in time, as an option takes it: <c>constant</c>, <c>piecewise:2s</c>.</summary>
internal static class RateShapeSyntax
{
    public const string Words = "constant|piecewise:WIDTH";

    /// <summary>Reads the width of the bins in which the rate is constant, in seconds; infinite if it never changes.</summary>
    /// <exception cref="FormatException">The text is none of these.</exception>
    public static double Parse(string text) => text.Split(':', 2, StringSplitOptions.TrimEntries) switch
    {
        ["constant"] => double.PositiveInfinity,
        ["piecewise", var width] => DurationSyntax.Positive(width),
        _ => throw new FormatException($"'{text}' is no course of a rate. Write constant, or piecewise and the width of the bins, for example piecewise:2s."),
    };
}
