namespace SpikeStats;

/// <summary>Finds the name that somebody who misspelt one probably meant.</summary>
internal static class Spelling
{
    /// <summary>The known name nearest to a text by the number of letters to change, insert, remove or swap with their neighbour (Damerau and Levenshtein), ignoring case.</summary>
    /// <returns>The name, or null if none is within a third of its letters.</returns>
    public static string? Nearest(string text, IEnumerable<string> names)
    {
        (string Name, int Distance)[] ranked = [.. names.Select(name => (name, Distance(text.ToUpperInvariant(), name.ToUpperInvariant()))).OrderBy(pair => pair.Item2)];
        return ranked is [(string name, int distance), ..] && 3 * distance <= Math.Max(text.Length, name.Length) ? name : null;
    }

    /// <summary><c> Did you mean 'x'?</c>, or nothing.</summary>
    public static string Suggestion(string text, IEnumerable<string> names) => Nearest(text, names) is { } name ? $" Did you mean '{name}'?" : "";

    private static int Distance(string from, string to)
    {
        int[,] cost = new int[from.Length + 1, to.Length + 1];
        for (int i = 0; i <= from.Length; i++) cost[i, 0] = i;
        for (int j = 0; j <= to.Length; j++) cost[0, j] = j;
        for (int i = 1; i <= from.Length; i++)
        {
            for (int j = 1; j <= to.Length; j++)
            {
                cost[i, j] = Math.Min(Math.Min(cost[i - 1, j] + 1, cost[i, j - 1] + 1), cost[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1]) cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }

        return cost[from.Length, to.Length];
    }
}
