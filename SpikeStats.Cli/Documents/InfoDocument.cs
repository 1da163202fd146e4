using SpikeStats.Cli.Output;
using SpikeStats.Statistics;

namespace SpikeStats.Cli.Documents;

/// <summary>What <c>spikestats info</c> says about a recording.</summary>
internal sealed record InfoDocument
{
    public const string SchemaName = "spikestats.info/1";

    public required string Schema { get; init; }

    public required string Version { get; init; }

    public required string Format { get; init; }

    public required int UnitCount { get; init; }

    public required long SpikeCount { get; init; }

    /// <summary>Observed time, in seconds.</summary>
    public required double Duration { get; init; }

    /// <summary>Pairs of start and end, in seconds.</summary>
    public required IReadOnlyList<double[]> Observed { get; init; }

    /// <summary>In seconds.</summary>
    public required double RefractoryPeriod { get; init; }

    public required IReadOnlyList<UnitEntry> Units { get; init; }

    public required IReadOnlyList<TrialEntry> Trials { get; init; }

    public required IReadOnlyList<SignalEntry> Signals { get; init; }

    public required IReadOnlyList<NoteEntry> LoadReport { get; init; }

    public static InfoDocument Of(Recording recording, UnitSummaryTable summaries, double refractoryPeriod) => new()
    {
        Schema = SchemaName,
        Version = ProductVersion.Text,
        Format = recording.LoadReport.Format,
        UnitCount = recording.UnitCount,
        SpikeCount = recording.SpikeCount,
        Duration = recording.Observed.Duration,
        Observed = [.. recording.Observed.Select(interval => (double[])[interval.Start, interval.End])],
        RefractoryPeriod = refractoryPeriod,
        Units = [.. summaries.Select((summary, index) => UnitEntry.Of(summary, recording.Units, index))],
        Trials = [.. recording.Trials.Select(trial => new TrialEntry(trial.Id, trial.Interval.Start, trial.Interval.End, trial.Zero))],
        Signals = [.. recording.Signals.Select(signal => new SignalEntry(signal.Name, signal.Count, signal.Span.Start, signal.Span.End, signal.SamplingRate))],
        LoadReport = [.. recording.LoadReport.Select(note => new NoteEntry(note.Severity == LoadNoteSeverity.Warning ? "warning" : "note", note.Message))],
    };

    /// <summary>One unit; times in seconds, rates in hertz.</summary>
    internal sealed record UnitEntry(
        string Id, int SpikeCount, double FirstSpike, double LastSpike, double Rate, double IsiMean, double IsiStandardDeviation, double IsiCv,
        double IsiMedian, double IsiMin, double Cv2, double Lv, int RefractoryViolations, double RefractoryFraction, IReadOnlyDictionary<string, string> Labels)
    {
        public static UnitEntry Of(UnitSummary summary, UnitTable units, int index) => new(
            summary.Unit, summary.SpikeCount, summary.FirstSpike, summary.LastSpike, summary.Rate, summary.IsiMean, summary.IsiStandardDeviation, summary.IsiCv,
            summary.IsiMedian, summary.IsiMin, summary.Cv2, summary.Lv, summary.RefractoryViolations.Count, summary.RefractoryViolations.Fraction,
            units.ColumnNames.ToDictionary(column => column, column => units.Value(index, column)!, StringComparer.Ordinal));
    }

    /// <summary>One trial, on the time axis of the recording, in seconds.</summary>
    internal sealed record TrialEntry(string Id, double Start, double End, double Zero);

    /// <summary>One signal; times in seconds, rate in hertz.</summary>
    internal sealed record SignalEntry(string Name, int SampleCount, double Start, double End, double SamplingRate);

    /// <summary>One line of the load report.</summary>
    internal sealed record NoteEntry(string Severity, string Message);
}
