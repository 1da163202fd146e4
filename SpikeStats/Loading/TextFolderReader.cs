namespace SpikeStats.Loading;

/// <summary>Reads a folder that holds one text file of spike times per unit: <c>docs/formats/text.md</c>.</summary>
internal sealed class TextFolderReader : IRecordingReader
{
    /// <inheritdoc/>
    public string Format => "folder of text files, one per unit";

    /// <inheritdoc/>
    public bool CanRead(RecordingSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.IsFolder && source.FileNames.Any(name => SampleOf(source.PathOf(name)) is { Rows.Count: > 0 });
    }

    /// <inheritdoc/>
    public Recording Read(RecordingSource source, LoadOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        SpikeCollector collector = new(source.Path, options);
        Dictionary<string, string> units = UnitNames(source.FileNames);
        List<LoadNote> notes = [];
        List<string> silent = [], left = [], stating = [];
        bool isUnitStated = true;
        for (int i = 0; i < source.FileNames.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report((double)i / source.FileNames.Count);
            string name = source.FileNames[i], path = source.PathOf(name);
            if (SampleOf(path) is not { } sample)
            {
                left.Add(name);
                continue;
            }

            if (sample.Statements != TextStatements.None) stating.Add(name);
            int unit = collector.Units.IndexOf(units[name]);
            collector.GroupOf(unit);
            if (sample.Rows.Count == 0)
            {
                silent.Add(name);
                continue;
            }

            TextPlan plan = TextPlan.Of(sample, options with { Layout = TextLayout.Times }, path);
            isUnitStated &= (options.TimeUnit ?? plan.TimeUnit) is not null;
            notes.Add(TextRecordingReader.TimeUnitNote(plan.TimeUnit, options));
            new TextSpikes(path, plan, options, collector).Read(units[name], cancellationToken);
        }

        notes = [.. notes.Distinct()];
        AddNote(notes, LoadNoteSeverity.Information, "Left out, because they are no columns of times", left);
        AddNote(notes, LoadNoteSeverity.Warning, "Taken for units without a spike, because they are empty", silent);
        AddNote(notes, LoadNoteSeverity.Warning, "Observed time and trials are not taken from the comments of the files of a folder; state them with --observed", stating);
        return SpikeAssembly.Assemble(collector, options, Format, source.Path, isUnitStated, notes);
    }

    private static void AddNote(List<LoadNote> notes, LoadNoteSeverity severity, string what, List<string> files)
    {
        if (files.Count > 0) notes.Add(new LoadNote(severity, $"{what}: {string.Join(", ", files)}."));
    }

    /// <summary>The beginning of a file that holds one column of numbers, or nothing; null for any other file.</summary>
    private static TextSample? SampleOf(string path)
    {
        if (new FileInfo(path).Length == 0) return TextSample.Empty;
        if (!TextRecordingReader.IsText(RecordingSource.Of(path).Head)) return null;
        TextSample sample;
        try
        {
            sample = TextSample.Of(path) ?? TextSample.Empty;
        }
        catch (InvalidRecordingException)
        {
            // A file whose quotation marks do not match is no column of times, whatever else it is.
            return null;
        }

        bool isColumn = sample.ColumnCount - sample.FirstColumn <= 1
            && sample.Rows.All(row => row.Length > sample.FirstColumn && TextSample.NumberOf(row[sample.FirstColumn]) is not null);
        return isColumn ? sample : null;
    }

    /// <summary>Names of files without their extension, unless two files would then share one.</summary>
    private static Dictionary<string, string> UnitNames(IReadOnlyList<string> files)
    {
        ILookup<string, string> byStem = files.ToLookup(file => RecordingSource.NameOf(file), StringComparer.Ordinal);
        return files.ToDictionary(
            file => file, file => byStem[RecordingSource.NameOf(file)].Count() == 1 ? RecordingSource.NameOf(file) : file, StringComparer.Ordinal);
    }
}
