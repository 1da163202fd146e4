namespace SpikeStats.Cli.Options;

/// <summary>Units by name, separated by commas.</summary>
internal static class UnitList
{
    /// <summary>Reads the names; each counts once.</summary>
    /// <exception cref="FormatException">A name is empty.</exception>
    public static IReadOnlyList<string> Parse(string text)
    {
        string[] units = text.Split(',', StringSplitOptions.TrimEntries);
        if (units.Contains("")) throw new FormatException($"'{text}' is no list of units. Separate their names by commas, for example u1,u2.");
        return [.. units.Distinct(StringComparer.Ordinal)];
    }
}
