namespace SpikeStats.Loading;

/// <summary>Reads recordings of one format.</summary>
/// <remarks><see cref="RecordingFile"/> asks its readers in turn.</remarks>
public interface IRecordingReader
{
    /// <summary>The format in words, for example <c>ALF folder</c>.</summary>
    string Format { get; }

    /// <summary>Tells from the content, never from the extension, whether the source has this format.</summary>
    /// <param name="source">The file or folder.</param>
    /// <returns>True if <see cref="Read"/> is the right way to read it, even if it should turn out to be damaged.</returns>
    bool CanRead(RecordingSource source);

    /// <summary>Reads the recording.</summary>
    /// <param name="source">The file or folder; <see cref="CanRead"/> said yes.</param>
    /// <param name="options">What the file does not say.</param>
    /// <param name="progress">Told the fraction that was read, from 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The recording, in seconds, with its report.</returns>
    /// <exception cref="InvalidRecordingException">The data cannot be taken as a recording.</exception>
    Recording Read(RecordingSource source, LoadOptions options, IProgress<double>? progress, CancellationToken cancellationToken);
}
