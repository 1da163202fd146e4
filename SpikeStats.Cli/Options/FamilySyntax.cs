using SpikeStats.Fitting.Renewal;

namespace SpikeStats.Cli.Options;

/// <summary>Families of interval distributions by the names that the command line and the documents use.</summary>
internal static class FamilySyntax
{
    private const string All = "all";

    /// <summary>The families that a text asks for: a list of names, or all of them.</summary>
    /// <exception cref="FormatException">There is no such family.</exception>
    public static IReadOnlyList<IntervalFamily> Parse(string text) =>
        text == All ? IntervalFamily.All : [.. text.Split(',').Distinct(StringComparer.Ordinal).Select(Family)];

    private static IntervalFamily Family(string name) => IntervalFamily.All.FirstOrDefault(family => family.Name == name)
        ?? throw new FormatException($"'{name}' is no family of interval distributions. Write {All} or some of {string.Join(", ", IntervalFamily.All.Select(family => family.Name))}.");
}
