using System.CommandLine;
using SpikeStats.Cli.Output;
using SpikeStats.Loading;

namespace SpikeStats.Cli.Options;

/// <summary>The part of a recording that is analysed.</summary>
internal sealed class WindowOption
{
    private readonly Option<TimeIntervals> window = Parsed.Option(
        "--window", "INTERVALS", "The part of the recording to analyse, for example 0s..100s or 0s..40s,60s..100s; default all of it.", IntervalNotation.Parse);

    public void AddTo(Command command) => command.Add(window);

    /// <summary>The part of a recording that was asked for.</summary>
    /// <exception cref="UsageException">The recording was not observed there.</exception>
    public Recording Cut(ParseResult parsed, Recording recording)
    {
        if (parsed.GetValue(window) is not { } intervals) return recording;
        Recording cut = recording.Restrict(intervals);
        return cut.Observed.Count > 0
            ? cut
            : throw new UsageException($"--window {IntervalNotation.Format(intervals)} lies outside the observed time, {IntervalNotation.Format(recording.Observed)}.");
    }
}
