using SpikeStats.Cli.Output;
using SpikeStats.Loading;

namespace SpikeStats.Cli.Commands;

/// <summary>Signals taken from files, under names that tell them apart.</summary>
internal sealed class SignalSet(Invocation invocation, LoadOptions options)
{
    /// <summary>Stands for the only signal of a file, whatever its name.</summary>
    private const string OnlySignal = "value";

    private readonly Dictionary<string, IReadOnlyList<SampledSignal>> files = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Path, string Name), SampledSignal> taken = [];

    /// <summary>The signals taken so far.</summary>
    public IReadOnlyList<SampledSignal> Taken => [.. taken.Values];

    /// <summary>All signals of a file, as they are named there.</summary>
    public IReadOnlyList<SampledSignal> Open(string path)
    {
        if (files.TryGetValue(path, out IReadOnlyList<SampledSignal>? known)) return known;
        return files[path] = invocation.Watch(
            $"reading {Path.GetFileName(path)}", progress => SignalFile.Open(path, options, progress, invocation.CancellationToken));
    }

    /// <summary>Takes one signal of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">Name of the signal; null for the only one.</param>
    /// <param name="observed">The time that the signal must cover.</param>
    /// <param name="slack">By how much it may be shorter at either end, in seconds.</param>
    /// <returns>The signal. If another file gave one of the same name, its own name has that of its file in front.</returns>
    /// <exception cref="UsageException">There is no such signal, or several without a name that chooses.</exception>
    /// <exception cref="InvalidRecordingException">The signal is too short.</exception>
    public SampledSignal Take(string path, string? name, TimeIntervals observed, double slack)
    {
        SampledSignal signal = Choose(path, name);
        if (taken.TryGetValue((path, signal.Name), out SampledSignal? known)) return known;
        RequireCover(path, signal, observed.Span, slack);
        bool isAmbiguous = taken.Values.Any(other => string.Equals(other.Name, signal.Name, StringComparison.Ordinal));
        return taken[(path, signal.Name)] = isAmbiguous ? signal.Rename(QualifiedName(path, signal)) : signal;
    }

    /// <summary>The name of a signal with that of its file in front.</summary>
    public static string QualifiedName(string path, SampledSignal signal) => $"{Path.GetFileNameWithoutExtension(path)}.{signal.Name}";

    private SampledSignal Choose(string path, string? name)
    {
        IReadOnlyList<SampledSignal> signals = Open(path);
        if (signals.FirstOrDefault(signal => string.Equals(signal.Name, name, StringComparison.Ordinal)) is { } named) return named;
        if (signals.Count == 1 && name is null or OnlySignal) return signals[0];
        string names = string.Join(", ", signals.Select(signal => signal.Name));
        throw new UsageException(name is null
            ? $"{path} holds several signals; choose one with --stimulus-signal. Signals: {names}."
            : $"{path} holds no signal '{name}'. Signals: {names}.");
    }

    // The fit checks bin by bin; this check comes first because it can name the file.
    private static void RequireCover(string path, SampledSignal signal, TimeInterval observed, double slack)
    {
        TimeInterval span = signal.Span;
        if (span.Start <= observed.Start + slack && span.End >= observed.End - slack) return;
        TimeInterval common = span.Intersect(observed);
        throw new InvalidRecordingException(
            $"signal {signal.Name} covers {span}, but the recording was observed in {observed}",
            common.IsEmpty
                ? "supply a signal of the same time, or state its unit of time with --stimulus-time-unit"
                : $"supply the missing samples, or restrict the analysis with --observed {IntervalNotation.Format(TimeIntervals.FromSorted(common))}",
            path);
    }
}
