using System.CommandLine;
using System.Diagnostics;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Loading;

namespace SpikeStats.Cli.Commands;

/// <summary><c>spikestats fit glm FILE --target U</c>: a point-process GLM of one unit, with error bars, certificate and verdict.</summary>
internal sealed class FitGlmCommand : Verb
{
    private readonly Argument<string> file = new("FILE") { Description = "File or folder of the recording." };
    private readonly GlmOptions glm = new();
    private readonly GlmSelection selection = new();
    private readonly SignalOptions signals = new();
    private readonly WindowOption window = new();
    private readonly LoadingOptions loading = new();

    public FitGlmCommand(VerbFrame frame)
        : base("glm", "Fits a generalised linear model of the rate of a unit to signals, its own past spikes and those of other units.", frame)
    {
        Add(file);
        glm.AddTo(this);
        selection.AddTo(this);
        signals.AddTo(this);
        window.AddTo(this);
        loading.AddTo(this);
    }

    protected override ExitCode Execute(ParseResult parsed, Invocation invocation)
    {
        using OutputFile? output = invocation.PlanOutput();
        long start = Stopwatch.GetTimestamp();
        LoadOptions options = loading.Read(parsed);
        Recording recording = window.Cut(parsed, invocation.Open(parsed.GetRequiredValue(file), options));
        SignalSet signalSet = new(invocation, signals.Loading(parsed, options));
        string target = glm.Target(parsed);
        bool isPopulation = PopulationRun.IsMeant(target, recording);
        GlmSpecification specification = glm.Specify(parsed, isPopulation ? recording.Units.Ids[0] : target, recording, signalSet, signals.Path(parsed), signals.Name(parsed));
        recording = recording.WithSignals(signalSet.Taken);
        if (isPopulation)
        {
            selection.RequireNone(parsed);
            return PopulationRun.Execute(specification, recording, invocation, output, start);
        }

        if (specification.Terms.Count == 0)
            invocation.Note("note: no term was asked for, so that a constant rate is fitted; add --history-basis, --stimulus, --coupling, --covariate or --smooth.");

        long loaded = Stopwatch.GetTimestamp();
        ChosenStrength chosen = selection.Choose(parsed, specification, recording, invocation);
        specification = chosen.Specification;
        GlmFit fit = invocation.Watch(
            "fitting", progress => specification.Fit(recording, new GlmFitOptions { Threads = invocation.Settings.Threads }, progress, invocation.CancellationToken));
        double fitSeconds = Stopwatch.GetElapsedTime(loaded).TotalSeconds;
        TimeRescalingResult rescaling = TimeRescaling.Test(
            fit.Model, recording, specification.Target, new TimeRescalingOptions { Seed = invocation.Settings.Seed }, invocation.CancellationToken);

        GlmFitDocument.Seconds timings = new(Stopwatch.GetElapsedTime(start, loaded).TotalSeconds, fitSeconds, TotalSeconds: 0);
        (GlmFitDocument document, bool isComplete) = selection.Complete(
            parsed, GlmFitDocument.Of(fit, rescaling, timings) with { Strength = chosen.Strength, Relevance = chosen.Relevance }, specification, recording, invocation);
        document = document with { Timings = timings with { TotalSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds } };
        invocation.Deliver(document, DocumentJson.Default.GlmFitDocument, () => GlmFitText.Of(fit, document), output, () => GlmFitFigure.Of(fit, rescaling));
        if (!fit.Certificate.IsConverged) invocation.Warn($"The fit of unit {document.Target} did not succeed ({document.Certificate.Status}). {document.Certificate.Message}");
        return fit.Certificate.IsConverged && isComplete && chosen.IsFound ? ExitCode.Done : ExitCode.AnalysisFailed;
    }
}
