namespace SpikeStats.Loading;

/// <summary>Tells spike times from units where no header does.</summary>
internal static class UnitTimeGuess
{
    // A column of units repeats its values; one with less than half as many different values as the other cannot be the times.
    private const int Clearly = 2;

    /// <summary>The column of times among two.</summary>
    /// <returns>The column; null if either could be it.</returns>
    /// <remarks>
    /// Text is never a time; fractions are never units; and of two columns of whole numbers the times ascend within each value of the
    /// other column, which has at most half as many different values.
    /// </remarks>
    public static int? TimeColumnOf(TextSample sample, int first, int second)
    {
        (string A, string B)[] pairs = [.. sample.Rows.Where(row => row.Length > second).Select(row => (row[first], row[second]))];
        if (pairs.Length == 0) return null;
        ColumnContent a = ContentOf(pairs, static pair => pair.A), b = ContentOf(pairs, static pair => pair.B);
        if (a == ColumnContent.Text || b == ColumnContent.Text) return a == b ? null : a == ColumnContent.Text ? second : first;
        if (a != b) return a == ColumnContent.Fractions ? first : second;
        if (a == ColumnContent.Fractions) return null;
        int distinctA = pairs.Select(pair => pair.A).Distinct(StringComparer.Ordinal).Count();
        int distinctB = pairs.Select(pair => pair.B).Distinct(StringComparer.Ordinal).Count();
        if (distinctA * Clearly <= distinctB && AscendsWithin(pairs.Select(pair => (pair.A, pair.B)))) return second;
        return distinctB * Clearly <= distinctA && AscendsWithin(pairs.Select(pair => (pair.B, pair.A))) ? first : null;
    }

    private static ColumnContent ContentOf((string A, string B)[] pairs, Func<(string A, string B), string> column)
    {
        ColumnContent content = ColumnContent.WholeNumbers;
        foreach (string field in pairs.Select(column))
        {
            if (TextSample.NumberOf(field) is not { } value) return ColumnContent.Text;
            if (!double.IsNaN(value) && value != Math.Floor(value)) content = ColumnContent.Fractions;
        }

        return content;
    }

    private static bool AscendsWithin(IEnumerable<(string Unit, string Time)> rows)
    {
        Dictionary<string, double> last = new(StringComparer.Ordinal);
        foreach ((string unit, string time) in rows)
        {
            double value = TextSample.NumberOf(time) ?? double.NaN;
            if (last.TryGetValue(unit, out double before) && value < before) return false;
            last[unit] = value;
        }

        return true;
    }
}
