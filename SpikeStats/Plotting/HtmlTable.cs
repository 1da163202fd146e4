using System.Data;
using System.Globalization;
using System.Text;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Plotting;

/// <summary>A table of results as HTML: a caption, a header and rows, with numbers aligned to the right.</summary>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed class HtmlTable
{
    private const string Cell = "padding:2px 10px;border:0;";

    private readonly string[] header;
    private readonly bool[] isNumber;
    private readonly string[][] rows;

    private HtmlTable(string caption, string[] header, bool[] isNumber, string[][] rows)
    {
        Caption = caption;
        this.header = header;
        this.isNumber = isNumber;
        this.rows = rows;
    }

    /// <summary>The line above the table; empty if there is none.</summary>
    public string Caption { get; }

    /// <summary>The number of rows without the header.</summary>
    public int RowCount => rows.Length;

    /// <summary>Makes a table of text.</summary>
    /// <param name="header">The names of the columns; if all are empty, the table has no header.</param>
    /// <param name="rows">The rows, each with one text per column.</param>
    /// <param name="caption">A line above the table.</param>
    /// <returns>The table; columns are aligned to the left.</returns>
    /// <exception cref="ArgumentException">A row has more or fewer cells than there are columns.</exception>
    public static HtmlTable Of(IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows, string caption = "")
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(caption);
        for (int row = 0; row < rows.Count; row++)
        {
            if (rows[row].Count != header.Count)
                throw new ArgumentException($"Row {row} has {rows[row].Count} cells for {header.Count} columns.", nameof(rows));
        }

        return new HtmlTable(caption, [.. header], new bool[header.Count], [.. rows.Select(row => row.ToArray())]);
    }

    /// <summary>Makes a table of a data table; columns of numbers are aligned to the right.</summary>
    /// <param name="table">The data; a missing value (<see cref="DBNull"/>) gives an empty cell.</param>
    /// <param name="caption">A line above the table.</param>
    /// <param name="numberFormat">The format of floating-point numbers, in the invariant culture.</param>
    /// <returns>The table.</returns>
    public static HtmlTable Of(DataTable table, string caption = "", string numberFormat = "G6")
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(caption);
        DataColumn[] columns = [.. table.Columns.Cast<DataColumn>()];
        return new HtmlTable(
            caption, [.. columns.Select(column => column.ColumnName)], [.. columns.Select(column => IsNumeric(column.DataType))],
            [.. table.Rows.Cast<DataRow>().Select(row => columns.Select(column => Text(row[column], numberFormat)).ToArray())]);
    }

    /// <summary>The table as an HTML element.</summary>
    /// <returns>A <c>table</c> element; all text is escaped.</returns>
    public string ToHtml()
    {
        StringBuilder html = new("<table style=\"border-collapse:collapse;font:13px/1.4 sans-serif;border-bottom:1px solid #222\">\n");
        if (Caption.Length > 0) html.Append("<caption style=\"text-align:left;padding:2px 10px;color:#444\">").Append(XmlText.Escape(Caption)).Append("</caption>\n");
        if (!Array.TrueForAll(header, name => name.Length == 0)) AppendHeader(html);
        html.Append("<tbody>\n");
        foreach (string[] row in rows)
        {
            html.Append("<tr>");
            for (int column = 0; column < row.Length; column++)
                html.Append($"<td style=\"{Cell}text-align:{Side(column)}\">").Append(XmlText.Escape(row[column])).Append("</td>");
            html.Append("</tr>\n");
        }

        return html.Append("</tbody>\n</table>\n").ToString();
    }

    /// <summary>One line of text: caption, rows and columns.</summary>
    /// <returns>The summary, in the invariant culture.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"HtmlTable{(Caption.Length > 0 ? " " + Caption : "")}: {rows.Length} rows, {header.Length} columns");

    private void AppendHeader(StringBuilder html)
    {
        html.Append("<thead style=\"border-top:1px solid #222;border-bottom:1px solid #222\"><tr>");
        for (int column = 0; column < header.Length; column++)
            html.Append($"<th scope=\"col\" style=\"{Cell}text-align:{Side(column)}\">").Append(XmlText.Escape(header[column])).Append("</th>");
        html.Append("</tr></thead>\n");
    }

    private string Side(int column) => isNumber[column] ? "right" : "left";

    private static bool IsNumeric(Type type) => Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal;

    private static string Text(object value, string numberFormat) => value switch
    {
        DBNull => "",
        double number => NumberText.WithMinus(number.ToString(numberFormat, CultureInfo.InvariantCulture)),
        float number => NumberText.WithMinus(number.ToString(numberFormat, CultureInfo.InvariantCulture)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
