using System.Globalization;

namespace SpikeStats.Loading;

/// <summary>Reads the sorted spikes of a Phy or Kilosort folder: <c>docs/formats/phy.md</c>.</summary>
internal sealed class PhyFolderReader : IRecordingReader
{
    private const string Times = "spike_times.npy";
    private const string Clusters = "spike_clusters.npy";
    private const string Templates = "spike_templates.npy";

    /// <inheritdoc/>
    public string Format => "Phy folder";

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
        List<LoadNote> notes = [];
        TimeUnit timeUnit = TimeUnitOf(source, options, notes);
        bool isSorted = source.Has(Clusters);
        if (!isSorted && !source.Has(Templates))
        {
            throw new InvalidRecordingException(
                $"the folder has {Times} but neither {Clusters} nor {Templates}", $"add one, or open {Times} itself as the spikes of one unit", source.Path);
        }

        if (!isSorted)
            notes.Add(new LoadNote(LoadNoteSeverity.Information, $"There is no {Clusters}; units are the templates of {Templates}, as the sorter left them."));

        NpyArray times = NpyArray.Open(source.PathOf(Times));
        SpikeCollector collector = new(source.Path, options);
        ClusteredSpikes.Collect(times, NpyArray.Open(source.PathOf(isSorted ? Clusters : Templates)), timeUnit, collector, progress, cancellationToken);
        Dictionary<string, string[]> labels = ClusterTables.Read(source, collector.Units.Labels, notes);
        return SpikeAssembly.Assemble(collector, options, Format, source.Path, isUnitStated: true, notes, labels);
    }

    private static TimeUnit TimeUnitOf(RecordingSource source, LoadOptions options, List<LoadNote> notes)
    {
        double? rate = PhyParameters.SamplingRate(source);
        TimeUnit? stated = options.TimeUnit ?? (options.SamplingRate is { } samples ? TimeUnit.Samples(samples) : null);
        if (stated is { } unit)
        {
            notes.Add(rate is { } other && unit.PerSecond != other
                ? new LoadNote(
                    LoadNoteSeverity.Warning,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Times are read in {unit} as asked for, although {PhyParameters.FileName} says sample_rate = {other}."))
                : new LoadNote(LoadNoteSeverity.Information, $"Times are read in {unit}, as asked for."));
            return unit;
        }

        if (rate is not { } found)
        {
            throw new InvalidRecordingException(
                $"{Times} counts samples, and no {PhyParameters.FileName} states the sampling rate",
                "state it with --time-unit samples:RATE, for example --time-unit samples:30000", source.Path);
        }

        notes.Add(new LoadNote(
            LoadNoteSeverity.Information,
            string.Create(CultureInfo.InvariantCulture, $"Times are sample numbers at {found} Hz, as {PhyParameters.FileName} says.")));
        return TimeUnit.Samples(found);
    }
}
