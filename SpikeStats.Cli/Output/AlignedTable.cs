using System.Text;

namespace SpikeStats.Cli.Output;

/// <summary>A table for people: columns as wide as their widest entry, two blanks apart; text to the left, numbers to the right.</summary>
internal sealed class AlignedTable(params TableColumn[] columns)
{
    private readonly List<string[]> rows = [];

    public void Add(params string[] cells) => rows.Add(cells);

    public override string ToString()
    {
        int[] widths = [.. columns.Select((column, i) => rows.Select(row => row[i].Length).Append(column.Header.Length).Max())];
        StringBuilder text = new();
        AppendRow(text, [.. columns.Select(column => column.Header)], widths);
        foreach (string[] row in rows) AppendRow(text, row, widths);
        return text.ToString();
    }

    private void AppendRow(StringBuilder text, string[] cells, int[] widths)
    {
        IEnumerable<string> padded = cells.Select((cell, i) => columns[i].IsNumber ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]));
        text.Append(string.Join("  ", padded).TrimEnd()).Append('\n');
    }
}
