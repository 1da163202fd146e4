namespace SpikeStats;

/// <summary>One row of a <see cref="UnitTable"/>: what a predicate of <see cref="Recording.Where"/> sees.</summary>
/// <remarks><c>default</c> belongs to no table and must not be used.</remarks>
public readonly record struct Unit
{
    private readonly UnitTable table;

    internal Unit(UnitTable table, int index)
    {
        this.table = table;
        Index = index;
    }

    /// <summary>Position of the unit in its recording, from 0.</summary>
    public int Index { get; }

    /// <summary>Identifier of the unit.</summary>
    public string Id => table.Ids[Index];

    /// <summary>The entry of a column, or null if the table has no such column.</summary>
    /// <param name="column">Name of the column, for example <c>group</c>.</param>
    public string? this[string column] => table.Value(Index, column);
}
