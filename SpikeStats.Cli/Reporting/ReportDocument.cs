using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Output;
using SpikeStats.Statistics;

namespace SpikeStats.Cli.Reporting;

/// <summary>A <see cref="RecordingReport"/> for machines. Times are in seconds, rates in hertz, log-likelihoods in nats.</summary>
internal sealed record ReportDocument
{
    public const string SchemaName = "spikestats.report/1";

    public required string Schema { get; init; }

    public required string Version { get; init; }

    public required string Source { get; init; }

    public required string Format { get; init; }

    public required IReadOnlyList<InfoDocument.NoteEntry> LoadReport { get; init; }

    public required int UnitCount { get; init; }

    public required long SpikeCount { get; init; }

    public required int TrialCount { get; init; }

    public required IReadOnlyList<string> Signals { get; init; }

    /// <summary>Observed time, in seconds.</summary>
    public required double Duration { get; init; }

    /// <summary>Pairs of start and end, in seconds.</summary>
    public required IReadOnlyList<double[]> Observed { get; init; }

    public required ModelEntry Model { get; init; }

    public required int FittedCount { get; init; }

    public required int FittingCount { get; init; }

    public required IReadOnlyList<UnitResult> Units { get; init; }

    public required PairsEntry Pairs { get; init; }

    /// <summary>Null unless couplings were asked for and fitted.</summary>
    public required CouplingsEntry? Couplings { get; init; }

    public static ReportDocument Of(RecordingReport report) => new()
    {
        Schema = SchemaName,
        Version = ProductVersion.Text,
        Source = report.Recording.LoadReport.Source,
        Format = report.Recording.LoadReport.Format,
        LoadReport = [.. report.Recording.LoadReport.Select(note => new InfoDocument.NoteEntry(note.Severity == LoadNoteSeverity.Warning ? "warning" : "note", note.Message))],
        UnitCount = report.Recording.UnitCount,
        SpikeCount = report.Recording.SpikeCount,
        TrialCount = report.Recording.Trials.Count,
        Signals = [.. report.Recording.Signals.Select(signal => signal.Name)],
        Duration = report.Recording.Observed.Duration,
        Observed = [.. report.Recording.Observed.Select(interval => (double[])[interval.Start, interval.End])],
        Model = new ModelEntry(
            report.Options.BinWidth, report.Model.HistoryBasis.Description, report.Options.Stimulus,
            report.Options.Stimulus is null ? null : report.Model.StimulusBasis?.Description, report.Model.CoupledUnits,
            report.Options.HasCouplings ? report.Model.CouplingBasis.Description : null, report.Options.LeastSpikes, ReportModel.Level,
            report.Options.RefractoryPeriod, report.Options.Seed),
        FittedCount = report.FittedCount,
        FittingCount = report.FittingCount,
        Units = [.. report.Units.Select((unit, index) => UnitResult.Of(unit, report.Recording.Units, index))],
        Pairs = PairsEntry.Of(report.Pairs),
        Couplings = report.Couplings is null ? null : CouplingsEntry.Of(report.Couplings),
    };

    /// <summary>The model that was fitted to every unit.</summary>
    internal sealed record ModelEntry(
        double BinWidth, string HistoryBasis, string? Stimulus, string? StimulusBasis, IReadOnlyList<string> CoupledUnits, string? CouplingBasis,
        int LeastSpikes, double Level, double RefractoryPeriod, ulong Seed);

    /// <summary>One unit; <see cref="Psth"/>, <see cref="SpikeTriggeredAverage"/>, <see cref="Fit"/> and <see cref="GoodnessOfFit"/> are null where there is none.</summary>
    internal sealed record UnitResult(
        InfoDocument.UnitEntry Summary, double ObservedDuration, HistogramEntry? Psth, AverageEntry? SpikeTriggeredAverage, FitEntry? Fit, VerdictEntry? GoodnessOfFit, string NotFitted)
    {
        public static UnitResult Of(UnitReport unit, UnitTable units, int index) => new(
            InfoDocument.UnitEntry.Of(unit.Summary, units, index), unit.Summary.ObservedDuration, unit.Psth is null ? null : HistogramEntry.Of(unit.Psth),
            unit.Average is null ? null : AverageEntry.Of(unit.Average), unit.Fit is null ? null : FitEntry.Of(unit.Fit),
            unit.Rescaling is null ? null : VerdictEntry.Of(unit.Rescaling), unit.NotFitted);
    }

    /// <summary>Rates around the zero of trials.</summary>
    internal sealed record HistogramEntry(double Start, double BinWidth, IReadOnlyList<int> Counts, IReadOnlyList<double> Rates, IReadOnlyList<double> StandardErrors)
    {
        public static HistogramEntry Of(PeristimulusHistogram histogram) => new(
            histogram.Bins.Start, histogram.Bins.BinWidth, [.. histogram.Counts], [.. histogram.Rates], [.. histogram.StandardErrors]);
    }

    /// <summary>The mean signal before spikes; value l belongs to the lag l · binWidth.</summary>
    internal sealed record AverageEntry(string Signal, double BinWidth, int SpikeCount, double SignalMean, IReadOnlyList<double> Values, IReadOnlyList<double> StandardErrors)
    {
        public static AverageEntry Of(SpikeTriggeredAverage average) => new(
            average.Signal, average.BinWidth, average.SpikeCount, average.SignalMean, [.. average.Values], [.. average.StandardErrors]);
    }

    /// <summary>A fit, with the fields of a <c>spikestats.fit.glm/1</c> document.</summary>
    internal sealed record FitEntry(
        string Observation, string Link, IReadOnlyList<GlmFitDocument.Term> Terms, GlmFitDocument.CertificateEntry Certificate, double LogLikelihood,
        double NullLogLikelihood, double BitsPerSpike, double DevianceExplained, double McFadden, double Aic, double Bic, double EffectiveDegreesOfFreedom,
        int SpikeCount, long BinCount)
    {
        public static FitEntry Of(Fitting.Glm.GlmFit fit) => new(
            fit.Specification.Observation.Name, fit.Specification.Observation.Link, [.. fit.Terms.Select(term => GlmFitDocument.Term.Of(term, fit))],
            GlmFitDocument.CertificateEntry.Of(fit.Certificate), fit.LogLikelihood, fit.NullLogLikelihood, fit.BitsPerSpike, fit.DevianceExplained, fit.McFadden,
            fit.Aic, fit.Bic, fit.EffectiveDegreesOfFreedom, fit.SpikeCount, fit.BinCount);
    }

    /// <summary>The most correlated pairs.</summary>
    internal sealed record PairsEntry(int UnitCount, int TestedCount, int CorrelatedCount, IReadOnlyList<PairEntry> Shown)
    {
        public static PairsEntry Of(CorrelatedPairs pairs) => new(
            pairs.UnitCount, pairs.TestedCount, pairs.CorrelatedCount,
            [.. pairs.Shown.Select(pair => new PairEntry(
                pair.Correlogram.Reference, pair.Correlogram.Target, pair.Lag, pair.Z, pair.Correlogram.Bins.Start, pair.Correlogram.Bins.BinWidth,
                [.. pair.Correlogram.Counts]))]);
    }

    /// <summary>One cross-correlogram; positive lags mean that the target fires after the reference.</summary>
    internal sealed record PairEntry(string Reference, string Target, double Lag, double Z, double Start, double BinWidth, IReadOnlyList<int> Counts);

    /// <summary>Couplings, each by the log-gain at its surest lag; row i of the matrices is what acts on unit i.</summary>
    internal sealed record CouplingsEntry(IReadOnlyList<string> Units, IReadOnlyList<double[]> LogGains, IReadOnlyList<double[]> Lags, IReadOnlyList<double[]> PValues)
    {
        public static CouplingsEntry Of(CouplingMatrix matrix) => new(matrix.Units, Rows(matrix.Strengths), Rows(matrix.Lags), Rows(matrix.PValues));

        private static double[][] Rows(double[,] matrix) =>
            [.. Enumerable.Range(0, matrix.GetLength(0)).Select(row => Enumerable.Range(0, matrix.GetLength(1)).Select(column => matrix[row, column]).ToArray())];
    }
}
