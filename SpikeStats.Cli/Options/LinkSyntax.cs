namespace SpikeStats.Cli.Options;

/// <summary>Links of Hawkes processes by the names that the command line and the documents use.</summary>
internal static class LinkSyntax
{
    public const string Linear = "linear", Softplus = "softplus", Words = "linear|softplus[:RATE]";

    private const double DefaultSoftness = 1;

    /// <summary>Reads the softness of a softplus, in hertz; null for the linear process.</summary>
    /// <exception cref="FormatException">There is no such link.</exception>
    public static double? Parse(string text) => text.Split(':', 2, StringSplitOptions.TrimEntries) switch
    {
        [Linear] => null,
        [Softplus] => DefaultSoftness,
        [Softplus, var softness] => RateSyntax.Positive(softness),
        _ => throw new FormatException($"'{text}' is no link of a Hawkes process. Write linear, softplus or softplus:1Hz."),
    };
}
