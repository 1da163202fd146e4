using System.CommandLine;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.Plotting;

namespace SpikeStats.Cli.Commands;

/// <summary><c>spikestats theory fi</c>: the rate over the mean input, without noise and at several levels of it, and how far measured rates are from it.</summary>
internal sealed class TheoryFiCommand : Verb
{
    private static readonly double[] defaultSigmas = [1e-3, 5e-3];

    private readonly NeuronOptions neuron = new();
    private readonly RangeOptions means = new("mean input", "VOLTAGE", VoltageSyntax.Parse, "0mV", "40mV", 81, isLogarithmic: false);
    private readonly Option<IReadOnlyList<double>> sigmas = Parsed.Option(
        "--sigma", "VOLTAGE,...", "Levels of noise; default 1mV,5mV, or those of --measured. The curve without noise is always there.", VoltageSyntax.NotNegatives);
    private readonly Option<string> measured = new("--measured")
    {
        HelpName = "FILE.csv",
        Description = "Measured or simulated rates to hold against the theory: columns mu, rate, standardError and, unless --sigma states one, sigma, in volts and hertz.",
    };

    private readonly Option<double?> timeStep = Parsed.Option<double?>(
        "--time-step", "DURATION", "The step of a simulation that the rates come from: the theory is then that of a neuron simulated so.", text => DurationSyntax.Positive(text));
    private readonly Option<SteppingScheme?> crossings = Parsed.Choice(
        "--crossings", "How it noticed crossings of the threshold: at the steps (the default) or, by a Brownian bridge, within them.",
        ("at-steps", SteppingScheme.Grid), ("within-steps", SteppingScheme.Bridge));

    public TheoryFiCommand(VerbFrame frame)
        : base("fi", "Rate over mean input of a leaky integrate-and-fire neuron, with and without noise.", frame)
    {
        neuron.AddTo(this);
        means.AddTo(this);
        foreach (Option option in (Option[])[sigmas, measured, timeStep, crossings]) Add(option);
    }

    protected override ExitCode Execute(ParseResult parsed, Invocation invocation)
    {
        using OutputFile? output = invocation.PlanOutput();
        LeakyIntegrateAndFire stated = neuron.Read(parsed);
        IReadOnlyList<double>? noises = parsed.GetValue(sigmas);
        double? step = parsed.GetValue(timeStep);
        if (step is null && parsed.GetValue(crossings) is not null) throw new UsageException("--crossings is about the steps of a simulation. Add --time-step, for example --time-step 0.1ms.");
        SimulatedNeuron solved = new(stated, step, parsed.GetValue(crossings) ?? SteppingScheme.Grid);
        IReadOnlyList<TransferDocument.MeasuredRow>? rates = parsed.GetValue(measured) is { } path ? MeasuredRates.Read(path, solved, noises is [var only] ? only : null) : null;
        TransferDocument document = TransferDocument.Of(solved, means.Read(parsed), noises ?? (rates is null ? defaultSigmas : []), rates);
        invocation.Deliver(document, DocumentJson.Default.TransferDocument, () => TheoryText.Of(document), output, () => Plot(document, stated));
        return ExitCode.Done;
    }

    private static Figure Plot(TransferDocument document, LeakyIntegrateAndFire neuron) => TransferFigure.Of(
        [.. document.Curves.Select(curve => new TransferCurve(TheoryText.Noise(curve.Sigma), document.Mu.ToArray(), curve.Rate.ToArray())
        {
            Style = curve.Sigma == 0 ? LineStyle.Dashed : LineStyle.Solid,
            Simulated = Points([.. document.Measured?.Where(row => row.Sigma == curve.Sigma) ?? []]),
        })],
        new FigureOptions { Title = "Rate of a leaky integrate-and-fire neuron", Note = TheoryText.Neuron(neuron) + TheoryText.Step(document) });

    private static TransferPoints? Points(TransferDocument.MeasuredRow[] rows) => rows.Length == 0
        ? null
        : new TransferPoints(
            rows.Select(row => row.Mu).ToArray(), rows.Select(row => row.Rate).ToArray(), rows.Select(row => row.StandardError).ToArray(), rows.Select(row => row.Predicted).ToArray());
}
