namespace SpikeStats.Loading;

/// <summary>Reads a single .npy array of spike times as one unit: <c>docs/formats/npy.md</c>.</summary>
internal sealed class NpyRecordingReader : IRecordingReader
{
    /// <inheritdoc/>
    public string Format => "NumPy array";

    /// <inheritdoc/>
    public bool CanRead(RecordingSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.Head.StartsWith(NpyHeader.Magic);
    }

    /// <inheritdoc/>
    public Recording Read(RecordingSource source, LoadOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        NpyArray array = NpyArray.Open(source.Path);
        ClusteredSpikes.RequireVector(array);
        SpikeCollector collector = new(source.Path, options);
        int group = collector.GroupOf(collector.Units.IndexOf(source.Name));
        TimeUnit timeUnit = options.TimeUnit ?? default;
        double[] times = array.ToDoubles();
        cancellationToken.ThrowIfCancellationRequested();
        for (int i = 0; i < times.Length; i++) collector.Add(group, timeUnit.ToSeconds(times[i]), i + 1L);
        return SpikeAssembly.Assemble(
            collector, options, Format, source.Path, options.TimeUnit is not null, [TextRecordingReader.TimeUnitNote(header: null, options)]);
    }
}
