namespace SpikeStats.Cli.Options;

/// <summary>Which other units act on a unit: all, none, or those named.</summary>
/// <param name="All">Whether all others do.</param>
/// <param name="Units">Those named, if not all.</param>
internal sealed record CouplingChoice(bool All, IReadOnlyList<string> Units)
{
    public static CouplingChoice None { get; } = new(false, []);

    /// <summary>Reads <c>all</c>, <c>none</c> or <c>u1,u2</c>.</summary>
    public static CouplingChoice Parse(string text) => text switch
    {
        "all" => new CouplingChoice(true, []),
        "none" => None,
        _ => new CouplingChoice(false, Named(text)),
    };

    /// <summary>The units that act on a target.</summary>
    public IReadOnlyList<string> Sources(Recording recording, string target) =>
        All ? [.. recording.Units.Ids.Where(unit => !string.Equals(unit, target, StringComparison.Ordinal))] : Units;

    private static string[] Named(string text)
    {
        string[] units = text.Split(',', StringSplitOptions.TrimEntries);
        if (units.Contains("")) throw new FormatException($"'{text}' is no choice of units. Write all, none, or units separated by commas, for example u1,u2.");
        return [.. units.Distinct(StringComparer.Ordinal)];
    }
}
