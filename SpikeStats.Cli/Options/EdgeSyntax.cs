using SpikeStats.Models.Glm;

namespace SpikeStats.Cli.Options;

/// <summary>Edge policies by the names that the command line and the documents use.</summary>
internal static class EdgeSyntax
{
    private const string Drop = "drop", Zero = "zero";

    /// <exception cref="FormatException">There is no such policy.</exception>
    public static EdgePolicy Parse(string text) => text switch
    {
        Drop => EdgePolicy.Drop,
        Zero => EdgePolicy.Zero,
        _ => throw new FormatException($"'{text}' is no edge policy. Write {Drop} or {Zero}."),
    };

    public static string Format(EdgePolicy edge) => edge == EdgePolicy.Zero ? Zero : Drop;
}
