using System.CommandLine;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.Plotting;

namespace SpikeStats.Cli.Commands;

/// <summary><c>spikestats theory resonance</c>: at which noise a neuron carries a weak periodic signal best.</summary>
internal sealed class TheoryResonanceCommand : Verb
{
    private readonly Option<double> mu = Parsed.Option("--mu", "VOLTAGE", "Mean input.", VoltageSyntax.Parse);
    private readonly Option<double> amplitude = Parsed.Option("--amplitude", "VOLTAGE", "Amplitude of the signal, a cosine that is added to the mean input.", VoltageSyntax.Positive);
    private readonly Option<double> frequency = Parsed.Option("--frequency", "FREQUENCY", "Frequency of the signal.", RateSyntax.Positive);
    private readonly RangeOptions sigmas = new("noise", "VOLTAGE", VoltageSyntax.Positive, "0.5mV", "20mV", 60, isLogarithmic: true);
    private readonly NeuronOptions neuron = new();

    public TheoryResonanceCommand(VerbFrame frame)
        : base("resonance", "Stochastic resonance of a leaky integrate-and-fire neuron: signal to noise over the noise, and its optimum.", frame)
    {
        foreach (Option<double> option in (Option<double>[])[mu, amplitude, frequency])
        {
            option.Required = true;
            Add(option);
        }

        sigmas.AddTo(this);
        neuron.AddTo(this);
    }

    protected override ExitCode Execute(ParseResult parsed, Invocation invocation)
    {
        using OutputFile? output = invocation.PlanOutput();
        LeakyIntegrateAndFire stated = neuron.Read(parsed);
        LeakyTransfer transfer = new(stated);
        StochasticResonance resonance = new(transfer, parsed.GetValue(mu), parsed.GetValue(amplitude), parsed.GetValue(frequency));
        ResonanceDocument document = ResonanceDocument.Of(transfer, resonance, sigmas.Read(parsed));
        invocation.Deliver(document, DocumentJson.Default.ResonanceDocument, () => TheoryText.Of(document), output, () => Plot(document, stated));
        if (!document.BestForSignalToNoise.IsInside) invocation.Warn("The best ratio of signal to noise lies at an end of the range; widen --from and --to.");
        if (!document.BestForSignalToNoise.Point.IsLinear) invocation.Warn("At the best ratio the rate is modulated too strongly for linear response; lower --amplitude.");
        return ExitCode.Done;
    }

    private static Figure Plot(ResonanceDocument document, LeakyIntegrateAndFire neuron)
    {
        ResonanceDocument.NoiseRow ratio = document.BestForSignalToNoise.Point, gain = document.BestForGain.Point;
        return ResonanceFigure.Of(
            [.. document.Rows.Select(row => row.Sigma)], [.. document.Rows.Select(row => row.SignalToNoise)], [.. document.Rows.Select(row => row.Gain)],
            new ResonanceOptimum(ratio.Sigma, ratio.SignalToNoise), new ResonanceOptimum(gain.Sigma, gain.Gain), [.. document.Rows.Select(row => row.IsLinear)],
            new FigureOptions { Title = "Stochastic resonance of a leaky integrate-and-fire neuron", Note = TheoryText.Signal(document) + " " + TheoryText.Neuron(neuron) });
    }
}
