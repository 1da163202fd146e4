using System.CommandLine;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Models.Neurons;
using SpikeStats.Plotting;

namespace SpikeStats.Cli.Commands;

/// <summary><c>spikestats theory fi</c>: the rate over the mean input, without noise and at several levels of it.</summary>
internal sealed class TheoryFiCommand : Verb
{
    private static readonly double[] defaultSigmas = [1e-3, 5e-3];

    private readonly NeuronOptions neuron = new();
    private readonly RangeOptions means = new("mean input", "VOLTAGE", VoltageSyntax.Parse, "0mV", "40mV", 81, isLogarithmic: false);
    private readonly Option<IReadOnlyList<double>> sigmas = Parsed.Option(
        "--sigma", "VOLTAGE,...", "Levels of noise; default 1mV,5mV. The curve without noise is always there.", VoltageSyntax.NotNegatives);

    public TheoryFiCommand(VerbFrame frame)
        : base("fi", "Rate over mean input of a leaky integrate-and-fire neuron, with and without noise.", frame)
    {
        neuron.AddTo(this);
        means.AddTo(this);
        Add(sigmas);
    }

    protected override ExitCode Execute(ParseResult parsed, Invocation invocation)
    {
        using OutputFile? output = invocation.PlanOutput();
        LeakyIntegrateAndFire stated = neuron.Read(parsed);
        TransferDocument document = TransferDocument.Of(stated, means.Read(parsed), parsed.GetValue(sigmas) ?? defaultSigmas);
        invocation.Deliver(document, DocumentJson.Default.TransferDocument, () => TheoryText.Of(document), output, () => Plot(document, stated));
        return ExitCode.Done;
    }

    private static Figure Plot(TransferDocument document, LeakyIntegrateAndFire neuron) => TransferFigure.Of(
        [.. document.Curves.Select(curve => new TransferCurve(TheoryText.Noise(curve.Sigma), document.Mu.ToArray(), curve.Rate.ToArray())
        {
            Style = curve.Sigma == 0 ? LineStyle.Dashed : LineStyle.Solid,
        })],
        new FigureOptions { Title = "Rate of a leaky integrate-and-fire neuron", Note = TheoryText.Neuron(neuron) });
}
