using System.Globalization;
using System.Text;

namespace SpikeStats.Loading;

/// <summary>The beginning of a delimited text file: its separator, its header and some rows, from which its layout is recognised.</summary>
/// <param name="Separator">The separator, or <see cref="TextTable.Whitespace"/> for runs of blanks and tabs.</param>
/// <param name="Header">The names of the columns; empty if there is no header.</param>
/// <param name="HeaderRowCount">1 if the header is a row of its own, 0 if there is none or it stands in a comment line.</param>
/// <param name="FirstColumn">0, or 1 if the first column only names or numbers the rows, as R and pandas write it.</param>
/// <param name="Rows">The fields of the first rows below the header.</param>
/// <param name="Statements">What comment lines in front of the rows state.</param>
internal sealed record TextSample(
    char Separator, IReadOnlyList<ColumnName> Header, int HeaderRowCount, int FirstColumn, IReadOnlyList<string[]> Rows, TextStatements Statements)
{
    private const int SampledLines = 64;
    private const int SampledRows = 2000;
    private const int SampledFields = 200_000;
    private static readonly char[] separators = [';', '\t', ','];

    /// <summary>The sample of a file without content.</summary>
    public static TextSample Empty { get; } = new(TextTable.Whitespace, [], 0, 0, [], TextStatements.None);

    /// <summary>The largest number of fields of a sampled row; that of the header if there is none.</summary>
    public int ColumnCount { get; } = Rows.Count == 0 ? Header.Count : Rows.Max(row => row.Length);

    /// <summary>Reads the beginning of a file.</summary>
    /// <returns>The sample; null if the file holds nothing but blank lines and comments.</returns>
    public static TextSample? Of(string path)
    {
        (List<string> lines, string? comment, TextStatements statements) = FirstLines(path);
        if (lines.Count == 0) return null;
        char separator = SeparatorOf(lines);
        List<string[]> rows = FirstRows(path, separator);
        if (rows.Count == 0) return null;
        // A separator at the end of every line makes no column.
        while (rows.TrueForAll(row => row.Length > 1 && row[^1].Length == 0)) rows = rows.ConvertAll(row => row[..^1]);

        bool hasHeaderRow = IsHeader(rows[0]);
        IReadOnlyList<ColumnName> header = hasHeaderRow ? [.. rows[0].Select(ColumnName.Of)] : CommentedHeader(comment, separator, rows[0].Length);
        if (hasHeaderRow) rows.RemoveAt(0);
        bool namesRows = hasHeaderRow && rows.Count > 0
            && (header[0].Text.Length == 0 || rows.TrueForAll(row => row.Length == header.Count + 1 && row[^1].Length > 0));
        if (namesRows && header[0].Text.Length > 0) header = [ColumnName.Of(""), .. header];
        return new TextSample(separator, header, hasHeaderRow ? 1 : 0, namesRows ? 1 : 0, rows, statements);
    }

    /// <summary>
    /// A sampled field as a number. A decimal comma counts as a point here, so that the column is recognised and its reading says what is wrong.
    /// </summary>
    /// <returns>NaN for a missing value; null for anything else that is no number.</returns>
    public static double? NumberOf(string field)
    {
        if (double.TryParse(field.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)) return value;
        return TextTable.IsMissing(Encoding.UTF8.GetBytes(field)) ? double.NaN : null;
    }

    private static (List<string> Lines, string? LastComment, TextStatements Statements) FirstLines(string path)
    {
        List<string> lines = [], statements = [];
        string? comment = null;
        using StreamReader reader = new(path, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        while (lines.Count < SampledLines && reader.ReadLine() is { } line)
        {
            if (line.StartsWith(TextTable.Comment))
            {
                if (lines.Count > 0) continue;
                if (TextStatements.IsStatement(line)) statements.Add(line);
                else comment = line;
            }
            else if (!string.IsNullOrWhiteSpace(line))
            {
                lines.Add(line);
            }
        }

        return (lines, comment, TextStatements.Of(statements));
    }

    /// <summary>The separator that stands in most lines; a comma loses where it can only be a decimal comma.</summary>
    private static char SeparatorOf(List<string> lines)
    {
        char best = TextTable.Whitespace;
        int most = 0;
        foreach (char separator in separators)
        {
            int count = lines.Count(line => line.Contains(separator, StringComparison.Ordinal));
            if (count > most) (best, most) = (separator, count);
        }

        bool blanksSeparate = best switch
        {
            '\t' => lines.Exists(line => !line.Contains('\t', StringComparison.Ordinal) && line.Trim().Contains(' ', StringComparison.Ordinal)),
            ',' => lines.TrueForAll(line => Tokens(line) is { Length: > 1 } tokens && Array.TrueForAll(tokens, IsNumberWithComma)),
            _ => false,
        };
        return blanksSeparate ? TextTable.Whitespace : best;
    }

    private static string[] Tokens(string line) => line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);

    private static bool IsNumberWithComma(string token) => !token.EndsWith(',')
        && double.TryParse(token.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static List<string[]> FirstRows(string path, char separator)
    {
        List<string[]> rows = [];
        int fields = 0;
        using TextTable table = TextTable.Open(path, separator);
        while (rows.Count < SampledRows && fields < SampledFields && table.Read())
        {
            rows.Add([.. Enumerable.Range(0, table.FieldCount).Select(table.Text)]);
            fields += table.FieldCount;
        }

        return rows;
    }

    private static bool IsHeader(string[] row) => Array.Exists(row, field => NumberOf(field) is null)
        && !Array.Exists(row, field => NumberOf(field) is { } value && !double.IsNaN(value));

    /// <summary>Array tools write the header as a comment: "# unit,time_s". It counts if it fits the columns and names the times.</summary>
    private static ColumnName[] CommentedHeader(string? comment, char separator, int columnCount)
    {
        if (comment is null) return [];
        string text = comment.TrimStart(TextTable.Comment).Trim();
        string[] names = separator == TextTable.Whitespace ? Tokens(text) : text.Split(separator);
        if (names.Length != columnCount) return [];
        ColumnName[] columns = Array.ConvertAll(names, ColumnName.Of);
        return ColumnName.Find(columns, ColumnRole.Time) >= 0 ? columns : [];
    }
}
