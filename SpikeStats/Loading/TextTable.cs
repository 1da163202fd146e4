using System.Globalization;
using System.Text;
using CsvHelper;

namespace SpikeStats.Loading;

/// <summary>The rows of a delimited text file, one at a time, as bytes: comment lines and blank lines are passed over.</summary>
/// <remarks>Reading a row allocates nothing. Rows are counted as lines of the file, so that an editor finds them.</remarks>
internal sealed class TextTable : IDisposable
{
    /// <summary>The separator that stands for runs of blanks and tabs.</summary>
    public const char Whitespace = ' ';

    /// <summary>The character that begins a comment line.</summary>
    public const char Comment = '#';

    private static readonly string[] missingValues = ["", "NA", "N/A", "NaN", "nan", "null", "NULL", "None", "inf", "-inf", "+inf", "Inf", "-Inf"];
    private readonly CsvReader reader;
    private readonly FileStream file;
    private readonly bool isWhitespace;
    private readonly List<Range> tokens = [];

    private TextTable(string path, char separator)
    {
        Path = path;
        isWhitespace = separator == Whitespace;
        file = File.OpenRead(path);
        // With runs of blanks the library hands over whole lines: an impossible separator leaves them uncut.
        reader = CsvReader.Create(file, new CsvReaderOptions
        {
            Separator = isWhitespace ? '\u001f' : separator,
            Mode = isWhitespace ? CsvMode.NoEscape : CsvMode.Rfc4180,
            HasHeader = false,
            CommentPrefix = Comment,
            TrimWhitespace = !isWhitespace,
            AllowLineBreaksInQuotes = false,
            MalformedData = CsvMalformedDataHandling.Throw,
            TrackLineNumbers = true,
        });
    }

    /// <summary>The path of the file.</summary>
    public string Path { get; }

    /// <summary>The line of the current row, from 1.</summary>
    public long Row => reader.LineNumber;

    /// <summary>The number of fields of the current row.</summary>
    public int FieldCount => isWhitespace ? tokens.Count : reader.FieldCount;

    /// <summary>How much of the file was read, from 0 to 1.</summary>
    public double Fraction => file.Length == 0 ? 1 : (double)file.Position / file.Length;

    /// <summary>Opens a file.</summary>
    public static TextTable Open(string path, char separator) => new(path, separator);

    /// <summary>Tells whether a field says that there is no value: blank, NA, NaN, null, None or an infinity.</summary>
    public static bool IsMissing(ReadOnlySpan<byte> field)
    {
        if (field.Length > 4) return false;
        foreach (string missing in missingValues)
        {
            if (Ascii.Equals(field, missing)) return true;
        }

        return false;
    }

    /// <summary>Moves to the next row.</summary>
    /// <returns>False at the end of the file.</returns>
    public bool Read()
    {
        try
        {
            while (reader.Read())
            {
                if (!isWhitespace) return true;
                Tokenize(reader.RawRecord);
                if (tokens.Count > 0) return true;
            }

            return false;
        }
        catch (CsvFormatException error)
        {
            throw new InvalidRecordingException(
                $"the quotation marks or the length of the row make no sense ({error.Message.TrimEnd('.')})", "mend the row", Path,
                error.LineNumber > 0 ? error.LineNumber : null, innerException: error);
        }
    }

    /// <summary>A field of the current row as UTF-8, without quotes and blanks around it; empty beyond the end of the row.</summary>
    public ReadOnlySpan<byte> Field(int column)
    {
        if (!isWhitespace) return reader.GetSpan(column);
        return column < tokens.Count ? reader.RawRecord[tokens[column]] : default;
    }

    /// <summary>A field of the current row as text.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(Field(column));

    /// <summary>A field of the current row as a number.</summary>
    /// <returns>NaN for a missing value.</returns>
    /// <exception cref="InvalidRecordingException">The field holds something else.</exception>
    public double Number(int column)
    {
        ReadOnlySpan<byte> field = Field(column);
        // The library takes a comma for a separator of thousands and would read 0,5 as 5.
        if (isWhitespace ? TryParse(field, out double value) : reader.TryParse(column, out value) && !field.Contains((byte)',')) return value;
        return IsMissing(field) ? double.NaN : throw NotANumber(column);
    }

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    private static bool TryParse(ReadOnlySpan<byte> field, out double value) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    private InvalidRecordingException NotANumber(int column)
    {
        string text = Text(column);
        if (text.Contains(',', StringComparison.Ordinal)
            && double.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out _))
        {
            return new InvalidRecordingException(
                $"column {Ordinal(column)}: '{text}' has a decimal comma",
                "write decimal points (export in an English locale, or replace the commas)", Path, Row);
        }

        string shown = text.Length > 40 ? $"{text.AsSpan(0, 40)}…" : text;
        return new InvalidRecordingException(
            $"column {Ordinal(column)}: '{shown}' is not a number", "mend or remove the row; write NA or leave the field empty for a missing value", Path, Row);
    }

    private static string Ordinal(int column) => (column + 1).ToString(CultureInfo.InvariantCulture);

    private void Tokenize(ReadOnlySpan<byte> line)
    {
        tokens.Clear();
        int at = 0;
        while (true)
        {
            while (at < line.Length && line[at] is (byte)' ' or (byte)'\t') at++;
            if (at == line.Length) return;
            int length = line[at..].IndexOfAny((byte)' ', (byte)'\t');
            int end = length < 0 ? line.Length : at + length;
            bool quoted = end - at >= 2 && line[at] == '"' && line[end - 1] == '"';
            tokens.Add(quoted ? (at + 1)..(end - 1) : at..end);
            at = end;
        }
    }
}
