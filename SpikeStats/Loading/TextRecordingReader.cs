namespace SpikeStats.Loading;

/// <summary>Reads a delimited text file of spikes: <c>docs/formats/text.md</c>.</summary>
internal sealed class TextRecordingReader : IRecordingReader
{
    private static readonly LoadNote noTrials = new(
        LoadNoteSeverity.Warning, "The trials that a comment states are not used, because no column says which trial a spike belongs to.");

    /// <inheritdoc/>
    public string Format => "delimited text";

    /// <inheritdoc/>
    public bool CanRead(RecordingSource source) => !source.IsFolder && IsText(source.Head);

    /// <inheritdoc/>
    public Recording Read(RecordingSource source, LoadOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        TextSample sample = TextSample.Of(source.Path)
            ?? throw new InvalidRecordingException("the file holds nothing but blank lines and comments", "check that it is the right file", source.Path);
        TextPlan plan = TextPlan.Of(sample, options, source.Path);
        TextStatements statements = sample.Statements;
        List<LoadNote> notes = [.. plan.Notes, TimeUnitNote(plan.TimeUnit, options), .. statements.Notes];
        if (statements.ObservedNote(options) is { } observed) notes.Add(observed);
        options = options with { Observed = options.Observed ?? statements.Observed };
        SpikeCollector collector = new(source.Path, options);
        if (statements.Trials.Count > 0) notes.Add(plan.HasTrials ? collector.ListTrials(statements.Trials) : noTrials);
        TextSpikes spikes = new(source.Path, plan, options, collector);
        spikes.Read(source.Name, cancellationToken, progress);

        if (spikes.Columns.Note() is { } left) notes.Add(left);
        string format = plan.Layout switch
        {
            TextLayout.UnitTime => $"{Format}, one spike per row",
            TextLayout.Times => $"{Format}, the spikes of one unit",
            _ => $"{Format}, one trial per row",
        };
        return SpikeAssembly.Assemble(
            collector, options, format, source.Path, isUnitStated: (options.TimeUnit ?? plan.TimeUnit) is not null, notes,
            spikes.Columns.Describing(collector.Units.Labels.Count));
    }

    /// <summary>Tells whether bytes begin a text: a byte order mark of UTF-16, or no control characters but those that set lines.</summary>
    internal static bool IsText(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return true;
        foreach (byte character in head)
        {
            if (character < ' ' && character is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f')) return false;
        }

        return true;
    }

    /// <summary>Says which unit of time was taken, and warns if the header states another.</summary>
    internal static LoadNote TimeUnitNote(TimeUnit? header, LoadOptions options)
    {
        if (options.TimeUnit is { } stated)
        {
            return header is { } other && other != stated
                ? new LoadNote(LoadNoteSeverity.Warning, $"Times are read in {stated} as asked for, although the header says {other}.")
                : new LoadNote(LoadNoteSeverity.Information, $"Times are read in {stated}, as asked for.");
        }

        return new LoadNote(
            LoadNoteSeverity.Information,
            header is { } named
                ? $"Times are read in {named}, as the header says."
                : "No unit of time is stated; times are read in s. State another with --time-unit.");
    }
}
