using System.CommandLine;
using System.Globalization;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.IntegrateAndFire;
using SpikeStats.Models.Ensembles;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;

namespace SpikeStats.Cli.Commands;

/// <summary><c>spikestats validate lif</c>: leaky integrate-and-fire neurons simulated and in theory, with z-scores.</summary>
internal sealed class ValidateLifCommand : Verb
{
    private readonly InputOptions input = new();
    private readonly EnsembleArguments ensemble = new(defaultCount: 1000);
    private readonly Option<double?> duration = Parsed.Option<double?>("--duration", "DURATION", "The analysed time; default 10s.", text => DurationSyntax.Positive(text));
    private readonly Option<IReadOnlyList<double>> frequencies = Parsed.Option("--frequency", "FREQUENCY,...", "Where the response to a modulation is compared; default 5Hz,20Hz,80Hz.", RateSyntax.Positives);
    private readonly Option<double?> bound = Parsed.Option<double?>("--bound", "Z", "The largest |z| that counts as agreement; default 4.", Number);

    public ValidateLifCommand(VerbFrame frame)
        : base("lif", "Holds simulated leaky integrate-and-fire neurons against theory: rate, regularity, intervals and response.", frame)
    {
        input.AddTo(this);
        ensemble.AddTo(this);
        foreach (Option option in (Option[])[duration, frequencies, bound]) Add(option);
    }

    protected override ExitCode Execute(ParseResult parsed, Invocation invocation)
    {
        using OutputFile? output = invocation.PlanOutput();
        LeakyIntegrateAndFire neuron = ensemble.Neuron(parsed);
        WhiteNoiseInput noise = input.Read(parsed);
        EnsembleOptions neurons = ensemble.Read(parsed, invocation);
        LeakyValidationOptions options = new();
        options = options with
        {
            Duration = parsed.GetValue(duration) ?? options.Duration,
            Frequencies = parsed.GetValue(frequencies) ?? options.Frequencies,
            Bound = parsed.GetValue(bound) ?? options.Bound,
        };
        ulong seed = invocation.Settings.Seed;
        LeakyValidation validation = invocation.Watch("simulating", progress => LeakyValidation.Run(neuron, noise, seed, neurons, options, progress, invocation.CancellationToken));
        foreach (string warning in new IntegrateAndFireEnsemble(neuron, noise, neurons).Warnings) invocation.Warn(warning);
        LifValidationDocument document = LifValidationDocument.Of(validation, seed, neurons, ensemble.Values(neuron, noise));
        invocation.Deliver(document, DocumentJson.Default.LifValidationDocument, () => ValidationText.Of(document), output, () => ValidationFigure.Of(validation, new LifPoint(neuron, noise), seed));
        if (validation.IsPassed) return ExitCode.Done;
        invocation.Warn($"Simulation and theory differ by up to {NumberText.Of(validation.LargestDeviate)} standard errors; {NumberText.Of(options.Bound)} are allowed.");
        return ExitCode.AnalysisFailed;
    }

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value > 0 && double.IsFinite(value)
        ? value
        : throw new FormatException($"'{text}' is no bound. Write a positive number.");
}
