namespace SpikeStats.Loading;

/// <summary>Opens recordings of every known format.</summary>
/// <remarks>The format is recognised by content, never by extension: <c>docs/formats</c> describes each.</remarks>
public static class RecordingFile
{
    /// <summary>The known formats, in the order in which they are tried: the most definite first, plain text last.</summary>
    public static IReadOnlyList<IRecordingReader> Readers { get; } =
        [new NpyRecordingReader(), new AlfFolderReader(), new PhyFolderReader(), new TextFolderReader(), new TextRecordingReader()];

    /// <summary>Opens a recording.</summary>
    /// <param name="path">The path of a file or folder.</param>
    /// <param name="options">What the file does not say; defaults if omitted.</param>
    /// <param name="progress">Told the fraction that was read, from 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The recording, in seconds. Its <see cref="Recording.LoadReport"/> says what was assumed, mended and left out.</returns>
    /// <exception cref="InvalidRecordingException">Nothing is there, the format is unknown, or the data cannot be taken as a recording;
    /// the message names file, row, unit and remedy.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static Recording Open(
        string path, LoadOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            RecordingSource source = RecordingSource.Of(path);
            IRecordingReader reader = Readers.FirstOrDefault(reader => reader.CanRead(source)) ?? throw Unknown(source);
            Recording recording = reader.Read(source, options ?? new LoadOptions(), progress, cancellationToken);
            progress?.Report(1);
            return recording;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidRecordingException(
                $"it cannot be read ({error.Message.TrimEnd('.')})", "check the path and the permissions", path, innerException: error);
        }
    }

    private static InvalidRecordingException Unknown(RecordingSource source) => source.IsFolder
        ? new InvalidRecordingException(
            "the folder has no known layout",
            "give a folder with spikes.times.npy and spikes.clusters.npy (ALF), with spike_times.npy (Phy, Kilosort), or with one text file of "
            + "spike times per unit; or give one of its files", source.Path)
        : new InvalidRecordingException("the format is unknown", $"give one of: {string.Join(", ", Readers.Select(reader => reader.Format))}", source.Path);
}
