using System.CommandLine;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.IntegrateAndFire;
using SpikeStats.Fitting.Renewal;
using SpikeStats.Models.FirstPassage;
using SpikeStats.Models.Neurons;
using SpikeStats.Plotting;
using SpikeStats.Statistics;

namespace SpikeStats.Cli.Commands;

/// <summary><c>spikestats fit lif FILE --target U</c>: mean and noise of the input of a leaky integrate-and-fire neuron, from its intervals.</summary>
internal sealed class FitLifCommand : Verb
{
    private static readonly LeakyIntegrateAndFire defaults = new();

    private readonly Argument<string> file = new("FILE") { Description = "File or folder of the recording." };
    private readonly Option<string> target = new("--target") { HelpName = "UNIT", Description = "The unit to explain.", Required = true };
    private readonly Option<double?> threshold = Parsed.Option<double?>("--threshold", "VOLTAGE", "Threshold; default 20mV. With the reset it sets the scale of the estimates.", text => VoltageSyntax.Parse(text));
    private readonly Option<double?> reset = Parsed.Option<double?>("--reset", "VOLTAGE", "Voltage after a spike; default 10mV.", text => VoltageSyntax.Parse(text));
    private readonly Option<double?> tau = Parsed.Option<double?>("--tau", "DURATION", "Time constant of the membrane; default 20ms.", text => DurationSyntax.Positive(text));
    private readonly Option<double?> refractory = Parsed.Option<double?>("--refractory", "DURATION", "Absolute refractory period, shorter than every interval; default 0s.", text => DurationSyntax.Positive(text));
    private readonly WindowOption window = new();
    private readonly LoadingOptions loading = new();

    public FitLifCommand(VerbFrame frame)
        : base("lif", "Fits the input of a leaky integrate-and-fire neuron to the intervals of a unit.", frame)
    {
        Add(file);
        foreach (Option option in (Option[])[target, threshold, reset, tau, refractory]) Add(option);
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
        if (neuron.Reset >= neuron.Threshold) throw new UsageException("The reset must lie below the threshold; give --reset and --threshold so.");
        Recording recording = window.Cut(parsed, invocation.Open(parsed.GetRequiredValue(file), loading.Read(parsed)));
        RenewalSpecification specification = new()
        {
            Target = parsed.GetRequiredValue(target),
            Family = new LeakyPassageFamily { Neuron = neuron },
        };
        RenewalFit fit = invocation.Watch("fitting lif", progress => specification.Fit(recording, progress: progress, cancellationToken: invocation.CancellationToken));
        LeakyFitDocument document = LeakyFitDocument.Of(fit);
        invocation.Deliver(document, DocumentJson.Default.LeakyFitDocument, () => LeakyFitText.Of(document), output, () => Plot((LeakyPassage)fit.Model.Intervals, recording[specification.Target]));
        if (fit.Certificate.IsConverged) return ExitCode.Done;
        invocation.Warn($"The fit did not succeed. {fit.Certificate.Message}");
        return ExitCode.AnalysisFailed;
    }

    private static Figure Plot(LeakyPassage law, SpikeTrain train)
    {
        InterspikeIntervals observed = InterspikeIntervals.Of(train);
        double reach = IntervalFigure.Reach(law, observed);
        return IntervalFigure.Of(law, IntervalFigure.Histogram(observed, reach), reach, new FigureOptions { Title = $"Intervals of unit {train.Unit} and the fit", Note = TheoryText.Point(law.Neuron, law.Input) });
    }
}
