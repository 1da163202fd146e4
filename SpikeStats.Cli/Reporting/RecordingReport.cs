using System.Text.Json;

namespace SpikeStats.Cli.Reporting;

/// <summary>A recording described, fitted and judged, unit by unit: one page for people and one document for machines.</summary>
/// <remarks>
/// Every unit has its numbers, its histogram of interspike intervals and its autocorrelogram; with enough spikes a point-process GLM with a
/// post-spike filter, its certificate, its scores and the verdict of time rescaling. Which model, and what was left out, the page itself says.
/// <para>The report is the same whatever the number of threads: units are independent, and each draws from a stream of its own.</para>
/// </remarks>
internal sealed class RecordingReport
{
    // The fits take nearly all of the time; what follows them is the rest.
    private const double ShareOfUnits = 0.95;

    private RecordingReport(Recording recording, ReportOptions options, ReportModel model, IReadOnlyList<UnitReport> units, CorrelatedPairs pairs)
    {
        Recording = recording;
        Options = options;
        Model = model;
        Units = units;
        Pairs = pairs;
        Couplings = CouplingMatrix.Of(units);
    }

    /// <summary>The recording.</summary>
    public Recording Recording { get; }

    /// <summary>The options.</summary>
    public ReportOptions Options { get; }

    /// <summary>The model and its choice.</summary>
    public ReportModel Model { get; }

    /// <summary>The units, in the order of the recording.</summary>
    public IReadOnlyList<UnitReport> Units { get; }

    /// <summary>The most correlated pairs.</summary>
    public CorrelatedPairs Pairs { get; }

    /// <summary>The couplings; null unless they were asked for and fitted.</summary>
    public CouplingMatrix? Couplings { get; }

    /// <summary>Number of units with a model.</summary>
    public int FittedCount => Units.Count(unit => unit.Fit is not null);

    /// <summary>Number of units whose model passes the test of time rescaling.</summary>
    public int FittingCount => Units.Count(unit => unit.Verdict?.Fits == true);

    /// <summary>Analyses a recording.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="options">The options.</param>
    /// <param name="progress">Told the fraction that is done, from 0 to 1; never less than before.</param>
    /// <param name="cancellationToken">Cancels the analysis.</param>
    /// <returns>The report.</returns>
    /// <exception cref="ArgumentException">An option is out of range, or the recording lacks the stimulus.</exception>
    /// <exception cref="OperationCanceledException">The analysis was cancelled.</exception>
    public static RecordingReport Create(
        Recording recording, ReportOptions options, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        options.Validate(recording);
        ReportModel model = new(recording, options);
        UnitAnalysis analysis = new(recording, options, model);
        UnitReport[] units = new UnitReport[recording.UnitCount];

        // Threads go to units; a single unit may have them all.
        int threadsPerFit = units.Length > 1 ? 1 : options.Threads;
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellationToken };
        int done = 0;
        Lock reporting = new();
        Parallel.For(0, units.Length, parallel, index =>
        {
            units[index] = analysis.Of(index, threadsPerFit, cancellationToken);
            lock (reporting) progress?.Report(ShareOfUnits * ++done / units.Length);
        });
        CorrelatedPairs pairs = options.MostPairs == 0 ? CorrelatedPairs.None : CorrelatedPairs.Of(recording, options, cancellationToken);
        progress?.Report(1);
        return new RecordingReport(recording, options, model, units, pairs);
    }

    /// <summary>The report as a page.</summary>
    /// <returns>One self-contained HTML document that is well-formed XML too; the same text on each call.</returns>
    public string ToHtml() => ReportPage.Html(this);

    /// <summary>The report as a document.</summary>
    /// <returns>One JSON document of the schema <c>spikestats.report/1</c>; NaN and infinities are strings.</returns>
    public string ToJson() => JsonSerializer.Serialize(ReportDocument.Of(this), ReportJson.Default.ReportDocument);
}
