using System.CommandLine;
using System.Diagnostics;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.GoodnessOfFit;

namespace SpikeStats.Cli.Commands;

/// <summary><c>spikestats fit hawkes FILE</c>: units that excite themselves and each other, with error bars, certificate and verdicts.</summary>
internal sealed class FitHawkesCommand : Verb
{
    private readonly Argument<string> file = new("FILE") { Description = "File or folder of the recording." };
    private readonly HawkesOptions hawkes = new();
    private readonly WindowOption window = new();
    private readonly LoadingOptions loading = new();

    public FitHawkesCommand(VerbFrame frame)
        : base("hawkes", "Fits a Hawkes process: every spike raises the rates of units for a while.", frame)
    {
        Add(file);
        hawkes.AddTo(this);
        window.AddTo(this);
        loading.AddTo(this);
    }

    protected override ExitCode Execute(ParseResult parsed, Invocation invocation)
    {
        using OutputFile? output = invocation.PlanOutput();
        long start = Stopwatch.GetTimestamp();
        KernelChoice kernel = hawkes.Kernel(parsed);
        Recording recording = window.Cut(parsed, invocation.Open(parsed.GetRequiredValue(file), loading.Read(parsed)));
        HawkesTask task = hawkes.Task(parsed, recording, invocation.Settings.Threads);

        long loaded = Stopwatch.GetTimestamp();
        FittedHawkes fit = invocation.Watch("fitting", progress => kernel.Fit(task, progress, invocation.CancellationToken));
        double fitSeconds = Stopwatch.GetElapsedTime(loaded).TotalSeconds;
        TimeRescalingOptions options = new() { Seed = invocation.Settings.Seed };
        TimeRescalingResult[] rescalings = [.. task.Units.Select(unit => TimeRescaling.Test(fit.Model, recording, unit, options, invocation.CancellationToken))];

        HawkesFitDocument document = fit.Document with
        {
            GoodnessOfFit = [.. rescalings.Select(result => VerdictEntry.Of(result) with { Unit = result.Unit })],
            Timings = new GlmFitDocument.Seconds(Stopwatch.GetElapsedTime(start, loaded).TotalSeconds, fitSeconds, Stopwatch.GetElapsedTime(start).TotalSeconds),
        };
        invocation.Deliver(document, DocumentJson.Default.HawkesFitDocument, () => HawkesFitText.Of(document), output, () => HawkesFitFigure.Of(document, rescalings));
        if (!fit.IsConverged) invocation.Warn($"The fit did not succeed ({document.Certificate.Status}). {document.Certificate.Message}");
        return fit.IsConverged ? ExitCode.Done : ExitCode.AnalysisFailed;
    }
}
