using System.Collections.ObjectModel;

namespace SpikeStats;

/// <summary>The units of a recording: an identifier for each, and named columns of text such as a sorting label or an electrode.</summary>
/// <remarks>Stored by column, so that a million units cost a few arrays and not a million objects.</remarks>
public sealed class UnitTable
{
    private readonly string[] ids;
    private readonly ReadOnlyDictionary<string, string[]> columns;
    private readonly Lazy<Dictionary<string, int>> positions;

    /// <summary>Creates a table.</summary>
    /// <param name="ids">One identifier per unit; all different.</param>
    /// <param name="columns">Named columns, each with one text per unit.</param>
    /// <exception cref="ArgumentException">Two units have the same identifier, or a column has another length.</exception>
    public UnitTable(IEnumerable<string> ids, IReadOnlyDictionary<string, string[]>? columns = null)
    {
        this.ids = [.. ids];
        Dictionary<string, string[]> copy = new(StringComparer.Ordinal);
        foreach ((string name, string[] values) in columns ?? ReadOnlyDictionary<string, string[]>.Empty)
        {
            if (values.Length != this.ids.Length)
                throw new ArgumentException($"Column '{name}' has {values.Length} entries for {this.ids.Length} units.", nameof(columns));
            copy.Add(name, [.. values]);
        }

        this.columns = copy.AsReadOnly();
        HashSet<string> seen = new(this.ids.Length, StringComparer.Ordinal);
        foreach (string id in this.ids)
        {
            if (!seen.Add(id)) throw new ArgumentException($"Two units have the identifier '{id}'.", nameof(ids));
        }

        positions = new Lazy<Dictionary<string, int>>(Positions);
    }

    /// <summary>The number of units.</summary>
    public int Count => ids.Length;

    /// <summary>The identifiers, in the order of the recording.</summary>
    public IReadOnlyList<string> Ids => ids;

    /// <summary>The names of the columns.</summary>
    public IEnumerable<string> ColumnNames => columns.Keys;

    /// <summary>One unit.</summary>
    /// <param name="index">Position, from 0.</param>
    public Unit this[int index] => new(this, (uint)index < (uint)ids.Length ? index : throw new ArgumentOutOfRangeException(nameof(index)));

    /// <summary>The position of a unit.</summary>
    /// <param name="id">Its identifier.</param>
    /// <returns>The position, from 0.</returns>
    /// <exception cref="UnknownUnitException">There is no such unit.</exception>
    public int IndexOf(string id) => positions.Value.TryGetValue(id, out int index) ? index : throw new UnknownUnitException(id, ids);

    /// <summary>Tells whether there is a unit.</summary>
    /// <param name="id">Its identifier.</param>
    /// <returns>True if it exists.</returns>
    public bool Contains(string id) => positions.Value.ContainsKey(id);

    /// <summary>The entry of a column for a unit.</summary>
    /// <param name="index">Position of the unit.</param>
    /// <param name="column">Name of the column.</param>
    /// <returns>The text, or null if there is no such column.</returns>
    public string? Value(int index, string column) => columns.TryGetValue(column, out string[]? values) ? values[index] : null;

    internal UnitTable Select(ReadOnlySpan<int> kept)
    {
        Dictionary<string, string[]> selected = new(StringComparer.Ordinal);
        foreach ((string name, string[] values) in columns) selected.Add(name, Pick(values, kept));
        return new UnitTable(Pick(ids, kept), selected);
    }

    internal static UnitTable Concatenate(IReadOnlyList<UnitTable> tables)
    {
        string[] names = [.. tables.SelectMany(table => table.ColumnNames).Distinct(StringComparer.Ordinal)];
        Dictionary<string, string[]> joined = names.ToDictionary(
            name => name,
            name => tables.SelectMany(table => table.columns.TryGetValue(name, out string[]? values) ? values : Enumerable.Repeat("", table.Count)).ToArray(),
            StringComparer.Ordinal);
        return new UnitTable(tables.SelectMany(table => table.ids), joined);
    }

    private static string[] Pick(string[] values, ReadOnlySpan<int> kept)
    {
        string[] picked = new string[kept.Length];
        for (int i = 0; i < kept.Length; i++) picked[i] = values[kept[i]];
        return picked;
    }

    private Dictionary<string, int> Positions()
    {
        Dictionary<string, int> map = new(ids.Length, StringComparer.Ordinal);
        for (int i = 0; i < ids.Length; i++) map.Add(ids[i], i);
        return map;
    }
}
