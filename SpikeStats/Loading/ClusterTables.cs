namespace SpikeStats.Loading;

/// <summary>The labels of clusters in a Phy folder: every .tsv and .csv file that has a column <c>cluster_id</c>, merged.</summary>
internal static class ClusterTables
{
    private const string Id = "cluster_id";
    private const string Group = "group";
    private const string Unsorted = "unsorted";

    // It repeats what the other tables say, as of the last time Phy saved; they win.
    private const string Summary = "cluster_info.";

    /// <summary>Reads the labels.</summary>
    /// <param name="source">The folder.</param>
    /// <param name="units">The clusters that have spikes.</param>
    /// <param name="notes">Receives a note that names the tables.</param>
    /// <returns>One text per cluster for every column; <c>group</c> is always there, <c>unsorted</c> where no table says otherwise.</returns>
    public static Dictionary<string, string[]> Read(RecordingSource source, IReadOnlyList<string> units, List<LoadNote> notes)
    {
        Dictionary<string, int> positions = new(StringComparer.Ordinal);
        for (int unit = 0; unit < units.Count; unit++) positions.Add(units[unit], unit);
        Dictionary<string, string[]> columns = new(StringComparer.Ordinal) { [Group] = new string[units.Count] };
        List<string> merged = [];
        foreach (string name in source.FileNames.OrderBy(name => !name.StartsWith(Summary, StringComparison.Ordinal)))
        {
            bool isTab = name.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase);
            if (!isTab && !name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)) continue;
            if (Merge(source.PathOf(name), positions, columns)) merged.Add(name);
        }

        foreach ((string column, string[] values) in columns)
        {
            for (int unit = 0; unit < values.Length; unit++) values[unit] ??= string.Equals(column, Group, StringComparison.Ordinal) ? Unsorted : "";
        }

        notes.Add(new LoadNote(
            LoadNoteSeverity.Information,
            merged.Count == 0 ? $"No table labels the clusters; all are {Unsorted}." : $"Labels of clusters come from {string.Join(", ", merged)}."));
        return columns;
    }

    /// <summary>Merges one table; later tables replace the entries of earlier ones where they say something.</summary>
    /// <returns>False if the table has no column of clusters.</returns>
    private static bool Merge(string path, Dictionary<string, int> positions, Dictionary<string, string[]> columns)
    {
        // Phy writes cluster_groups.csv with tabs in spite of its name: the header decides.
        string header = File.ReadLines(path).FirstOrDefault() ?? "";
        if (!header.Contains(Id, StringComparison.Ordinal)) return false;
        using TextTable table = TextTable.Open(path, header.Contains('\t', StringComparison.Ordinal) ? '\t' : ',');
        if (!table.Read()) return false;
        string[] names = [.. Enumerable.Range(0, table.FieldCount).Select(table.Text)];
        int id = Array.IndexOf(names, Id);
        if (id < 0) return false;
        while (table.Read())
        {
            if (!positions.TryGetValue(table.Text(id), out int unit)) continue;
            for (int column = 0; column < names.Length; column++)
            {
                if (column == id || names[column].Length == 0 || table.Field(column).IsEmpty) continue;
                if (!columns.TryGetValue(names[column], out string[]? values)) columns.Add(names[column], values = new string[positions.Count]);
                values[unit] = table.Text(column);
            }
        }

        return true;
    }
}
