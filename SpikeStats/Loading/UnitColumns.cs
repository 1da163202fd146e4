using System.Text;

namespace SpikeStats.Loading;

/// <summary>Further columns of a table of spikes. Those that never change within a unit describe it; the others are left out.</summary>
internal sealed class UnitColumns
{
    private readonly IReadOnlyList<(int Column, string Name)> columns;
    private readonly List<byte[]?>[] values;
    private readonly bool[] varies;

    public UnitColumns(IReadOnlyList<(int Column, string Name)> columns)
    {
        this.columns = columns;
        values = [.. columns.Select(_ => new List<byte[]?>())];
        varies = new bool[columns.Count];
    }

    /// <summary>Takes the fields of a row of a unit.</summary>
    public void Add(TextTable table, int unit)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (varies[i]) continue;
            while (values[i].Count <= unit) values[i].Add(null);
            ReadOnlySpan<byte> field = table.Field(columns[i].Column);
            if (values[i][unit] is { } known) varies[i] = !field.SequenceEqual(known);
            else values[i][unit] = field.ToArray();
        }
    }

    /// <summary>The columns that describe units: one text per unit.</summary>
    /// <param name="unitCount">The number of units.</param>
    public Dictionary<string, string[]> Describing(int unitCount)
    {
        Dictionary<string, string[]> describing = new(StringComparer.Ordinal);
        for (int i = 0; i < values.Length; i++)
        {
            List<byte[]?> own = values[i];
            if (varies[i]) continue;
            string TextOf(int unit) => unit < own.Count && own[unit] is { } text ? Encoding.UTF8.GetString(text) : "";
            describing.TryAdd(columns[i].Name, [.. Enumerable.Range(0, unitCount).Select(TextOf)]);
        }

        return describing;
    }

    /// <summary>A note that names the columns left out; null if there are none.</summary>
    public LoadNote? Note()
    {
        string[] left = [.. columns.Where((_, i) => varies[i]).Select(column => column.Name)];
        return left.Length == 0 ? null : new LoadNote(
            LoadNoteSeverity.Information, $"Left out, because they change from spike to spike and so do not describe units: {string.Join(", ", left)}.");
    }
}
