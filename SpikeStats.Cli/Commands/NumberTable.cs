using System.Globalization;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Output;
using SpikeStats.Loading;

namespace SpikeStats.Cli.Commands;

/// <summary>A table of comma-separated numbers in SI units: columns of known names in any order under a header.</summary>
/// <param name="columns">The columns that there may be.</param>
internal sealed class NumberTable(IReadOnlyList<NumberColumn> columns)
{
    /// <summary>What to do about a row that cannot be used.</summary>
    public const string Remedy = "mend or remove the row";

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Which columns are there, and the rows: their lines and a value for each column, NaN for one that is not there. At least one row.</returns>
    /// <exception cref="InvalidGridException">The header, a row or a value cannot be used, or there is no row.</exception>
    public (IReadOnlyList<bool> IsThere, IReadOnlyList<(long Line, double[] Values)> Rows) Read(string path)
    {
        using TextTable table = TextTable.Open(path, ',');
        if (!table.Read()) throw new InvalidGridException(path, "the file is empty", $"write a header ({string.Join(',', columns.Select(column => column.Name))}) and at least one row");
        int[] places = Places(table);
        List<(long, double[])> rows = [];
        while (table.Read()) rows.Add((table.Row, Values(table, places)));
        if (rows.Count == 0) throw new InvalidGridException(path, "the grid is empty: there is no row below the header", "add at least one row");
        return ([.. columns.Select((_, i) => places.Contains(i))], rows);
    }

    // Which of the columns each field of the header is.
    private int[] Places(TextTable table)
    {
        int[] places = new int[table.FieldCount];
        for (int field = 0; field < places.Length; field++)
        {
            string name = table.Text(field).TrimStart('\uFEFF');
            places[field] = columns.ToList().FindIndex(column => column.Name == name);
            if (places[field] < 0)
                throw new InvalidGridException(table.Path, $"there is no quantity '{name}'", $"name the columns {string.Join(", ", columns.Select(column => column.Name))}", table.Row);
            if (Array.IndexOf(places, places[field]) < field) throw new InvalidGridException(table.Path, "the column stands there twice", "leave one of them out", table.Row, name);
        }

        return places;
    }

    private double[] Values(TextTable table, int[] places)
    {
        if (table.FieldCount != places.Length)
            throw new InvalidGridException(table.Path, $"it has {NumberText.Count(table.FieldCount, "field")}, but the header has {NumberText.Count(places.Length)}", Remedy + "; write decimal points", table.Row);
        double[] values = new double[columns.Count];
        Array.Fill(values, double.NaN);
        for (int field = 0; field < places.Length; field++)
        {
            NumberColumn column = columns[places[field]];
            ReadOnlySpan<byte> text = table.Field(field);
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
                throw new InvalidGridException(table.Path, $"'{table.Text(field)}' is not a number", Remedy + "; the columns are in volts, seconds and hertz, without units", table.Row, column.Name);
            if (!column.Holds(value)) throw new InvalidGridException(table.Path, $"{table.Text(field)} is not possible; the value must be {column.Demand}", Remedy, table.Row, column.Name);
            values[places[field]] = value;
        }

        return values;
    }
}
