using System.Diagnostics;
using System.Globalization;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Fitting.Populations;

namespace SpikeStats.Cli.Commands;

/// <summary><c>spikestats fit glm FILE --target all --coupling all</c>: every unit explained by all units, from shared features.</summary>
internal static class PopulationRun
{
    private const string All = "all";

    /// <summary>Whether all units are meant: a unit that is really called so is only itself.</summary>
    public static bool IsMeant(string target, Recording recording) =>
        string.Equals(target, All, StringComparison.Ordinal) && recording.UnitCount > 0 && !recording.Units.Ids.Contains(All, StringComparer.Ordinal);

    /// <summary>Fits, judges and delivers.</summary>
    /// <param name="first">What was asked for, as the specification of the first unit.</param>
    /// <param name="recording">The recording with the signals.</param>
    /// <param name="invocation">The run.</param>
    /// <param name="output">File of the document; null for none.</param>
    /// <param name="start">When the run began.</param>
    public static ExitCode Execute(GlmSpecification first, Recording recording, Invocation invocation, OutputFile? output, long start)
    {
        GlmPopulationSpecification specification = Specify(first, recording);
        long loaded = Stopwatch.GetTimestamp();
        GlmPopulationOptions options = new() { Threads = invocation.Settings.Threads };
        GlmPopulationFit fit = invocation.Watch("fitting", progress => specification.Fit(recording, options, progress, invocation.CancellationToken));
        double fitSeconds = Stopwatch.GetElapsedTime(loaded).TotalSeconds;
        TimeRescalingResult[] rescaling = invocation.Watch("judging", progress => Judge(fit, recording, invocation, progress));
        GlmFitDocument.Seconds timings = new(
            Stopwatch.GetElapsedTime(start, loaded).TotalSeconds, fitSeconds, Stopwatch.GetElapsedTime(start).TotalSeconds);
        using Process process = Process.GetCurrentProcess();
        GlmPopulationDocument document = GlmPopulationDocument.Of(fit, rescaling, timings, process.PeakWorkingSet64);
        invocation.Deliver(document, DocumentJson.Default.GlmPopulationDocument, () => PopulationText.Of(document), output);
        foreach (string unit in fit.SilentUnits) invocation.Warn($"Unit {unit} has no spike in the analysed bins and was not explained.");
        foreach (GlmFitDocument failed in document.Fits.Where(single => !single.Certificate.IsConverged))
            invocation.Warn($"The fit of unit {failed.Target} did not succeed ({failed.Certificate.Status}). {failed.Certificate.Message}");
        return fit.IsConverged ? ExitCode.Done : ExitCode.AnalysisFailed;
    }

    private static TimeRescalingResult[] Judge(GlmPopulationFit fit, Recording recording, Invocation invocation, IProgress<double>? progress)
    {
        TimeRescalingOptions options = new() { Seed = invocation.Settings.Seed };
        TimeRescalingResult[] results = new TimeRescalingResult[fit.Fits.Count];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = TimeRescaling.Test(fit.Fits[i].Model, recording, fit.Targets[i], options, invocation.CancellationToken);
            progress?.Report((i + 1.0) / results.Length);
        }

        return results;
    }

    // One basis and one penalty serve the history of a unit and the couplings: only so are the features of all targets the same.
    private static GlmPopulationSpecification Specify(GlmSpecification first, Recording recording)
    {
        CouplingTerm[] couplings = [.. first.Terms.OfType<CouplingTerm>()];
        HistoryTerm? history = first.Terms.OfType<HistoryTerm>().FirstOrDefault();
        if (recording.UnitCount < 2) throw new UsageException("--target all needs a recording of two units or more.");
        if (couplings.Length < recording.UnitCount - 1) throw new UsageException("--target all needs --coupling all: every unit acts on every other.");
        CouplingTerm coupling = couplings[0];
        if (history is not null && history.Basis.Description != coupling.Basis.Description)
        {
            throw new UsageException(string.Create(
                CultureInfo.InvariantCulture,
                $"--target all takes one basis for the past of the unit and of the others, {coupling.Basis.Description} or {history.Basis.Description}: leave out --history-basis, or make it equal to --coupling-basis."));
        }

        if (couplings.Any(term => term.Penalty != coupling.Penalty))
            throw new UsageException("--target all takes one penalty for all couplings: --penalty coupling=PENALTY.");
        if (history is not null && history.Penalty != coupling.Penalty)
            throw new UsageException("--target all takes one penalty for history and couplings: give --penalty history=PENALTY and --penalty coupling=PENALTY the same one, or leave out --history-basis.");
        return new GlmPopulationSpecification
        {
            Basis = coupling.Basis,
            Penalty = coupling.Penalty,
            SignalTerms = [.. first.Terms.Where(term => term is not CouplingTerm and not HistoryTerm)],
            BinWidth = first.BinWidth,
            Observation = first.Observation,
            Edge = first.Edge,
        };
    }
}
