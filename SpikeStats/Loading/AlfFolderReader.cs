namespace SpikeStats.Loading;

/// <summary>Reads the spikes of an ALF folder, as the International Brain Laboratory writes it: <c>docs/formats/alf.md</c>.</summary>
internal sealed class AlfFolderReader : IRecordingReader
{
    private const string Times = "spikes.times.npy";
    private const string Clusters = "spikes.clusters.npy";

    /// <inheritdoc/>
    public string Format => "ALF folder";

    /// <inheritdoc/>
    public bool CanRead(RecordingSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.Has(Times);
    }

    /// <inheritdoc/>
    public Recording Read(RecordingSource source, LoadOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        if (!source.Has(Clusters))
        {
            throw new InvalidRecordingException(
                $"the folder has {Times} but no {Clusters}", $"add it, or open {Times} itself as the spikes of one unit", source.Path);
        }

        SpikeCollector collector = new(source.Path, options);
        ClusteredSpikes.Collect(
            NpyArray.Open(source.PathOf(Times)), NpyArray.Open(source.PathOf(Clusters)), options.TimeUnit ?? TimeUnit.Seconds, collector,
            progress, cancellationToken);
        LoadNote unit = options.TimeUnit is { } stated && stated != TimeUnit.Seconds
            ? new LoadNote(LoadNoteSeverity.Warning, $"Times are read in {stated} as asked for, although ALF states them in s.")
            : new LoadNote(LoadNoteSeverity.Information, "Times are in s, as ALF states them.");
        return SpikeAssembly.Assemble(collector, options, Format, source.Path, isUnitStated: options.TimeUnit is not null, [unit]);
    }
}
