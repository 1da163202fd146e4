namespace SpikeStats.Loading;

/// <summary>How a text file of spikes will be read: decided from its beginning and from the options, before the first spike is taken.</summary>
/// <param name="Separator">The separator, or <see cref="TextTable.Whitespace"/>.</param>
/// <param name="HeaderRowCount">Rows to pass over.</param>
/// <param name="Layout">The layout; never <see cref="TextLayout.Auto"/>.</param>
/// <param name="TimeColumn">The column of times; for trial rows the first of them.</param>
/// <param name="UnitColumn">The column of units, or -1.</param>
/// <param name="TrialColumn">The column of trials, or -1.</param>
/// <param name="ExtraColumns">Further named columns, which may describe the units.</param>
/// <param name="ColumnCount">The number of columns that the header names; 0 without a header.</param>
/// <param name="TimeUnit">The unit of time that the header states, if it does.</param>
/// <param name="Notes">What was recognised or guessed.</param>
internal sealed record TextPlan(
    char Separator, int HeaderRowCount, TextLayout Layout, int TimeColumn, int UnitColumn, int TrialColumn,
    IReadOnlyList<(int Column, string Name)> ExtraColumns, int ColumnCount, TimeUnit? TimeUnit, IReadOnlyList<LoadNote> Notes)
{
    private const string StateLayout = "name the columns in a header such as unit,time_s, or state the layout with --layout unit-time, times or trial-rows";

    /// <summary>Whether a row says which trial it belongs to, or is one.</summary>
    public bool HasTrials => TrialColumn >= 0 || Layout == TextLayout.TrialRows;

    /// <summary>Recognises the layout of a file.</summary>
    /// <exception cref="InvalidRecordingException">The layout is unknown or ambiguous.</exception>
    public static TextPlan Of(TextSample sample, LoadOptions options, string path)
    {
        int time = ColumnName.Find(sample.Header, ColumnRole.Time);
        int unit = ColumnName.Find(sample.Header, ColumnRole.Unit);
        int trial = ColumnName.Find(sample.Header, ColumnRole.Trial);
        int columns = sample.ColumnCount - sample.FirstColumn;
        switch (options.Layout)
        {
            case TextLayout.Times:
                return Columns(sample, options, TextLayout.Times, time >= 0 ? time : sample.FirstColumn, -1, trial, path, []);
            case TextLayout.TrialRows when unit >= 0:
                throw new InvalidRecordingException(
                    $"rows of trials cannot name their unit (column '{sample.Header[unit].Text}')",
                    "write one file per unit, or one spike per row as unit,trial,time", path);
            case TextLayout.TrialRows:
                return Columns(sample, options, TextLayout.TrialRows, sample.FirstColumn, -1, trial, path, []);
        }

        if (time >= 0 && (unit >= 0 || trial >= 0 || columns == 1))
        {
            return options.Layout == TextLayout.UnitTime && unit < 0
                ? throw new InvalidRecordingException("no column holds units", "name one of the columns unit, neuron, cell or cluster", path)
                : Columns(sample, options, unit >= 0 ? TextLayout.UnitTime : TextLayout.Times, time, unit, trial, path, []);
        }

        if (columns == 1 && options.Layout == TextLayout.Auto)
            return Columns(sample, options, TextLayout.Times, sample.FirstColumn, -1, -1, path, []);
        if (time < 0 && unit < 0 && options.Layout == TextLayout.Auto && LooksLikeTrialRows(sample))
        {
            if (columns == 2 && UnitTimeGuess.TimeColumnOf(sample, sample.FirstColumn, sample.FirstColumn + 1) is not null)
                throw new InvalidRecordingException("its rows could be spikes (unit, time) or trials", StateLayout, path);
            return Columns(sample, options, TextLayout.TrialRows, sample.FirstColumn, -1, -1, path,
                [new LoadNote(LoadNoteSeverity.Information, "Each row is taken for a trial of one unit, because rows are padded and ascend to the right.")]);
        }

        if (columns == 2) return TwoColumns(sample, options, time, unit, path);
        throw new InvalidRecordingException(
            time >= 0 ? "it is not clear which column holds the units" : "it is not clear which column holds the times", StateLayout, path);
    }

    private static TextPlan TwoColumns(TextSample sample, LoadOptions options, int time, int unit, string path)
    {
        int first = sample.FirstColumn, second = first + 1;
        if (unit >= 0) time = unit == first ? second : first;
        else if (time < 0)
        {
            time = UnitTimeGuess.TimeColumnOf(sample, first, second)
                ?? throw new InvalidRecordingException("either of the two columns could hold the units", StateLayout, path);
        }
        else if (options.Layout != TextLayout.UnitTime)
        {
            throw new InvalidRecordingException("it is not clear whether the column beside the times holds units", StateLayout, path);
        }

        unit = time == first ? second : first;
        LoadNote note = new(
            LoadNoteSeverity.Information,
            $"Column {time + 1} is taken for spike times and column {unit + 1} for units, judged by their content; a header would make it certain.");
        return Columns(sample, options, TextLayout.UnitTime, time, unit, -1, path, [note]);
    }

    private static TextPlan Columns(
        TextSample sample, LoadOptions options, TextLayout layout, int time, int unit, int trial, string path, IReadOnlyList<LoadNote> notes)
    {
        ColumnName? name = layout != TextLayout.TrialRows && time < sample.Header.Count ? sample.Header[time] : null;
        if (name is { CountsSamples: true } && options.TimeUnit is null)
        {
            throw new InvalidRecordingException(
                $"column '{name.Text}' counts samples, and the file does not state the sampling rate", "state it with --time-unit samples:RATE", path);
        }

        List<(int, string)> extra = [];
        for (int column = sample.FirstColumn; unit >= 0 && column < sample.Header.Count; column++)
        {
            if (column != time && column != unit && column != trial && sample.Header[column].Text.Length > 0) extra.Add((column, sample.Header[column].Text));
        }

        return new TextPlan(sample.Separator, sample.HeaderRowCount, layout, time, unit, trial, extra, sample.Header.Count, name?.TimeUnit, notes);
    }

    /// <summary>Rows that are padded or of different length and ascend from left to right.</summary>
    private static bool LooksLikeTrialRows(TextSample sample)
    {
        bool padded = false;
        int length = sample.Rows.Count == 0 ? 0 : sample.Rows[0].Length;
        foreach (string[] row in sample.Rows)
        {
            if (row.Length != length) padded = true;
            double last = double.NegativeInfinity;
            foreach (string field in row.AsSpan(Math.Min(sample.FirstColumn, row.Length)))
            {
                if (TextSample.NumberOf(field) is not { } value) return false;
                if (double.IsNaN(value)) padded = true;
                else if (value < last) return false;
                else last = value;
            }
        }

        return padded;
    }
}
