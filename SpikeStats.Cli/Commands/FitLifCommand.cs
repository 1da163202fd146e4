using System.CommandLine;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Fitting.IntegrateAndFire;
using SpikeStats.Fitting.Renewal;
using SpikeStats.Loading;
using SpikeStats.Models.FirstPassage;
using SpikeStats.Models.Neurons;
using SpikeStats.Plotting;
using SpikeStats.Statistics;

namespace SpikeStats.Cli.Commands;

/// <summary><c>spikestats fit lif FILE --target U</c>: mean and noise of the input of a leaky integrate-and-fire neuron, and what else is asked for, from its intervals; with <c>--input</c> the gain of a signal too.</summary>
internal sealed class FitLifCommand : Verb
{
    // A file of a signal commonly lacks the last sample; the fit itself allows one.
    private const double SignalSlack = 1e-3;

    private static readonly LeakyIntegrateAndFire defaults = new();

    private readonly Argument<string> file = new("FILE") { Description = "File or folder of the recording." };
    private readonly Option<string> target = new("--target") { HelpName = "UNIT", Description = "The unit to explain.", Required = true };
    private readonly Option<double?> threshold = Parsed.Option<double?>("--threshold", "VOLTAGE", "Threshold; default 20mV. With the reset it sets the scale of the estimates.", text => VoltageSyntax.Parse(text));
    private readonly Option<double?> reset = Parsed.Option<double?>("--reset", "VOLTAGE", "Voltage after a spike; default 10mV.", text => VoltageSyntax.Parse(text));
    private readonly Option<double?> tau = Parsed.Option<double?>("--tau", "DURATION", "Time constant of the membrane; default 20ms.", text => DurationSyntax.Positive(text));
    private readonly Option<double?> refractory = Parsed.Option<double?>("--refractory", "DURATION", "Absolute refractory period, shorter than every interval; default 0s.", text => DurationSyntax.Positive(text));
    private readonly Option<LeakyPassageFamily?> estimate = Parsed.Option<LeakyPassageFamily?>(
        "--estimate", $"{EstimateSyntax.TimeConstant},{EstimateSyntax.Refractory}", "What to estimate beside mean and noise, in place of --tau and --refractory.", EstimateSyntax.Parse);
    private readonly Option<InputArgument?> input = Parsed.Option<InputArgument?>("--input", "FILE:SIGNAL", "A signal that drives the neuron: its gain is estimated beside mean and noise.", InputArgument.Parse);
    private readonly WindowOption window = new();
    private readonly LoadingOptions loading = new();

    public FitLifCommand(VerbFrame frame)
        : base("lif", "Fits the input of a leaky integrate-and-fire neuron to the intervals of a unit.", frame)
    {
        Add(file);
        foreach (Option option in (Option[])[target, threshold, reset, tau, refractory, estimate, input]) Add(option);
        window.AddTo(this);
        loading.AddTo(this);
    }

    protected override ExitCode Execute(ParseResult parsed, Invocation invocation)
    {
        using OutputFile? output = invocation.PlanOutput();
        LeakyIntegrateAndFire neuron = new()
        {
            Threshold = parsed.GetValue(threshold) ?? defaults.Threshold,
            Reset = parsed.GetValue(reset) ?? defaults.Reset,
            TimeConstant = parsed.GetValue(tau) ?? defaults.TimeConstant,
            RefractoryPeriod = parsed.GetValue(refractory) ?? 0,
        };
        LeakyPassageFamily family = parsed.GetValue(estimate) ?? new LeakyPassageFamily();
        if (family.EstimatesTimeConstant && parsed.GetValue(tau) is not null) throw new UsageException("The time constant is either given or estimated: leave out --tau or --estimate time-constant.");
        if (family.EstimatesRefractoryPeriod && parsed.GetValue(refractory) is not null)
            throw new UsageException("The refractory period is either given or estimated: leave out --refractory or --estimate refractory.");
        if (neuron.Reset >= neuron.Threshold) throw new UsageException("The reset must lie below the threshold; give --reset and --threshold so.");
        InputArgument? driving = parsed.GetValue(input);
        if (driving is not null && parsed.GetValue(estimate) is not null) throw new UsageException("With --input the time constant and the refractory period are given: leave out --estimate.");
        LoadOptions options = loading.Read(parsed);
        Recording recording = window.Cut(parsed, invocation.Open(parsed.GetRequiredValue(file), options));
        if (driving is not null) return Drive(parsed.GetRequiredValue(target), neuron, driving, recording, options, invocation, output);
        RenewalSpecification specification = new()
        {
            Target = parsed.GetRequiredValue(target),
            Family = family with { Neuron = neuron },
        };
        RenewalFit fit = invocation.Watch("fitting lif", progress => specification.Fit(recording, progress: progress, cancellationToken: invocation.CancellationToken));
        LeakyFitDocument document = LeakyFitDocument.Of(fit);
        invocation.Deliver(document, DocumentJson.Default.LeakyFitDocument, () => LeakyFitText.Of(document), output, () => Plot(fit, recording[specification.Target]));
        if (fit.Certificate.IsConverged) return ExitCode.Done;
        invocation.Warn($"The fit did not succeed. {fit.Certificate.Message}");
        return ExitCode.AnalysisFailed;
    }

    private static ExitCode Drive(
        string target, LeakyIntegrateAndFire neuron, InputArgument driving, Recording recording, LoadOptions options, Invocation invocation, OutputFile? output)
    {
        SignalSet signals = new(invocation, options with { Observed = null });
        SampledSignal signal = signals.Take(driving.Path, driving.Signal, recording[target].Observed, SignalSlack);
        Recording driven = recording.WithSignals(signal);
        DrivenLeakySpecification specification = new() { Target = target, Signal = signal.Name, Neuron = neuron };
        DrivenLeakyFit fit = invocation.Watch("fitting lif", progress => specification.Fit(driven, progress: progress, cancellationToken: invocation.CancellationToken));
        TimeRescalingResult rescaling = TimeRescaling.Test(fit.Model, driven, target, cancellationToken: invocation.CancellationToken);
        LeakyFitDocument document = LeakyFitDocument.Of(fit, rescaling);
        invocation.Deliver(document, DocumentJson.Default.LeakyFitDocument, () => LeakyFitText.Of(document), output, () => rescaling.PlotKs(new FigureOptions { Title = $"Rescaled intervals of unit {target}, driven by {signal.Name}" }));
        if (fit.Certificate.IsConverged) return ExitCode.Done;
        invocation.Warn($"The fit did not succeed. {fit.Certificate.Message}");
        return ExitCode.AnalysisFailed;
    }

    private static Figure Plot(RenewalFit fit, SpikeTrain train)
    {
        LeakyPassage law = (LeakyPassage)fit.Model.Intervals;
        InterspikeIntervals observed = InterspikeIntervals.Of(train);
        double reach = IntervalFigure.Reach(law, observed);
        return IntervalFigure.Of(law, IntervalFigure.Histogram(observed, reach), reach, new FigureOptions { Title = $"Intervals of unit {train.Unit} and the fit", Note = fit.Certificate.IsConverged ? TheoryText.Point(law.Neuron, law.Input) : "The fit did not reach an optimum." });
    }
}
