using System.Globalization;

namespace SpikeStats.Loading;

/// <summary>What comment lines in front of the rows state because rows cannot: when was observed, and which trials there were.</summary>
/// <param name="Observed">The observed intervals, in seconds (with trials, in the time of a trial); null if they are not stated.</param>
/// <param name="Trials">The identifiers of all trials; empty if they are not stated.</param>
/// <param name="Notes">Statements that make no sense and so do not count.</param>
internal sealed record TextStatements(TimeIntervals? Observed, IReadOnlyList<string> Trials, IReadOnlyList<LoadNote> Notes)
{
    private const string ObservedWord = "observed";
    private const string TrialsWord = "trials";

    // More than any experiment has; a slip of the pen must not fill the memory.
    private const int MostTrials = 1_000_000;

    /// <summary>The statements of a file that makes none.</summary>
    public static TextStatements None { get; } = new(null, [], []);

    /// <summary>Tells whether a comment line is a statement: one of the two words in any case, and a colon.</summary>
    public static bool IsStatement(string comment) => Split(comment) is [string word, _] && (Is(word, ObservedWord) || Is(word, TrialsWord));

    /// <summary>Reads comment lines that are statements; of two alike the later counts.</summary>
    public static TextStatements Of(IEnumerable<string> comments) => comments.Aggregate(None, (before, comment) => before.With(comment));

    /// <summary>Says where the observed time comes from, if the file states it.</summary>
    /// <param name="options">The options as asked for, which win over the file.</param>
    public LoadNote? ObservedNote(LoadOptions options)
    {
        if (Observed is null) return null;
        return options.Observed is { } asked && asked != Observed
            ? new LoadNote(LoadNoteSeverity.Warning, $"Observed in {asked} as asked for, although the file states {Observed}.")
            : new LoadNote(LoadNoteSeverity.Information, $"Observed in {Observed}, as the file states.");
    }

    private static string[] Split(string comment) => comment.TrimStart(TextTable.Comment).Split(':', 2, StringSplitOptions.TrimEntries);

    private static bool Is(string word, string other) => string.Equals(word, other, StringComparison.OrdinalIgnoreCase);

    private TextStatements With(string comment)
    {
        string[] parts = Split(comment);
        try
        {
            return Is(parts[0], TrialsWord) ? this with { Trials = TrialsOf(parts[1]) } : this with { Observed = IntervalsOf(parts[1]) };
        }
        catch (FormatException error)
        {
            return this with { Notes = [.. Notes, new LoadNote(LoadNoteSeverity.Warning, $"The comment '{comment}' is not used. {error.Message}")] };
        }
    }

    private static TimeIntervals IntervalsOf(string text)
    {
        TimeIntervals intervals = IntervalNotation.Parse(text);
        return SpikeCollector.Admits(intervals.Span) ? intervals : throw new FormatException($"{intervals.Span} is no time of an experiment.");
    }

    private static List<string> TrialsOf(string text)
    {
        List<string> trials = [];
        foreach (string part in text.Split(','))
        {
            string[] bounds = part.Split("..", StringSplitOptions.TrimEntries);
            if (bounds.Length > 2 || !TryNumber(bounds[0], out long first) || !TryNumber(bounds[^1], out long last) || last < first)
                throw new FormatException($"'{part.Trim()}' is neither a trial number nor a range of them. Write for example 1..40,42.");
            if (trials.Count + (last - first) >= MostTrials) throw new FormatException($"There cannot be more than {MostTrials} trials.");
            for (long number = first; number <= last; number++) trials.Add(number.ToString(CultureInfo.InvariantCulture));
        }

        // As likely the number of trials as the only one.
        return trials.Count > 1 ? trials : throw new FormatException($"'{text}' lists no trials. Write for example 1..40.");
    }

    // Of 32 bits, so that the length of a range has no overflow.
    private static bool TryNumber(string text, out long number)
    {
        bool isNumber = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int small);
        number = small;
        return isNumber;
    }
}
