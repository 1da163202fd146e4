namespace SpikeStats.Loading;

/// <summary>Opens files of signals: stimuli, positions and other quantities sampled alongside the spikes.</summary>
/// <remarks>
/// Delimited text with a column of times and columns of values, or a .npy array; see <c>docs/formats/text.md</c> and <c>npy.md</c>.
/// A column of times that is named as such in the header, or that stands first without a header, says when each row was sampled; without
/// one, <see cref="LoadOptions.SamplingRate"/> must be stated and the first sample is at 0 s.
/// <para>Steps that are equal to within 2 % of a step make a regular signal; the rounding of timestamps to a few decimals is no jitter.</para>
/// <para>Whole-numbered timestamps without a stated unit of time are refused, because a signal has no report that could warn: they may be
/// seconds, milliseconds or sample numbers.</para>
/// </remarks>
public static class SignalFile
{
    /// <summary>Opens the signals of a file.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="options">What the file does not say; defaults if omitted. Rows that the policies drop are missing from all signals.</param>
    /// <param name="progress">Told the fraction that was read, from 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>One signal per column of values, named by the header, else after the file (with the number of the column if there are
    /// several). Values keep the unit of the file; instants are in seconds.</returns>
    /// <exception cref="InvalidRecordingException">Nothing is there, or the data cannot be taken as signals.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static IReadOnlyList<SampledSignal> Open(
        string path, LoadOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new LoadOptions();
        try
        {
            RecordingSource source = RecordingSource.Of(path);
            if (source.IsFolder) throw new InvalidRecordingException("it is a folder", "give a file of signals", path);
            SignalTable table = source.Head.StartsWith(NpyHeader.Magic) ? SignalTable.FromNpy(source, options)
                : TextRecordingReader.IsText(source.Head) ? SignalTable.FromText(source, options, progress, cancellationToken)
                : throw new InvalidRecordingException("the format is unknown", "give delimited text or a .npy array", path);
            IReadOnlyList<SampledSignal> signals = table.ToSignals(options);
            progress?.Report(1);
            return signals;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidRecordingException(
                $"it cannot be read ({error.Message.TrimEnd('.')})", "check the path and the permissions", path, innerException: error);
        }
    }
}
