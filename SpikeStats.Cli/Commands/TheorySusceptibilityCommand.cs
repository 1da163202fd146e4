using System.CommandLine;
using System.Numerics;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Plotting;
using SpikeStats.Plotting.Layers;

namespace SpikeStats.Cli.Commands;

/// <summary><c>spikestats theory susceptibility</c>: the linear response to a modulated mean and a modulated noise, the spectrum and the coherence.</summary>
internal sealed class TheorySusceptibilityCommand : Verb
{
    private const double DefaultBand = 100, DefaultShareOfNoise = 0.1;

    private readonly InputOptions input = new();
    private readonly NeuronOptions neuron = new();
    private readonly RangeOptions range = new("frequency", "FREQUENCY", RateSyntax.Positive, "1Hz", "1kHz", 60, isLogarithmic: true);
    private readonly Option<IReadOnlyList<double>> frequencies = Parsed.Option(
        "--frequency", "FREQUENCY,...", "Stated frequencies instead of a range, for example 0,5Hz,1kHz.", RateSyntax.NotNegatives);

    private readonly Option<double?> signal = Parsed.Option<double?>(
        "--signal", "VOLTAGE", "Standard deviation of a weak white signal in the mean input, for the information; default a tenth of the noise.", text => VoltageSyntax.Positive(text));
    private readonly Option<double?> band = Parsed.Option<double?>("--band", "FREQUENCY", "Highest frequency of the signal; default 100Hz.", text => RateSyntax.Positive(text));

    public TheorySusceptibilityCommand(VerbFrame frame)
        : base("susceptibility", "Linear response, power spectrum and coherence of a leaky integrate-and-fire neuron.", frame)
    {
        input.AddTo(this);
        neuron.AddTo(this);
        range.AddTo(this);
        foreach (Option option in (Option[])[frequencies, signal, band]) Add(option);
    }

    protected override ExitCode Execute(ParseResult parsed, Invocation invocation)
    {
        using OutputFile? output = invocation.PlanOutput();
        if (parsed.GetValue(frequencies) is not null && range.IsStated(parsed)) throw new UsageException("Give --frequency, or a range with --from, --to and --points, but not both.");
        LifPoint point = new(neuron.Read(parsed), input.Read(parsed));
        WhiteSignal white = new(parsed.GetValue(signal) ?? (DefaultShareOfNoise * point.Input.Sigma), parsed.GetValue(band) ?? DefaultBand);
        SusceptibilityDocument document = SusceptibilityDocument.Of(point, parsed.GetValue(frequencies) ?? range.Read(parsed), white);
        invocation.Deliver(document, DocumentJson.Default.SusceptibilityDocument, () => TheoryText.Of(document), output, () => Plot(document, point));
        if (!document.Signal.IsLinear) invocation.Warn("The signal modulates the rate too strongly for linear response; lower --signal.");
        return ExitCode.Done;
    }

    // Two Bode plots, and a third column for spectrum and coherence.
    private static Figure Plot(SusceptibilityDocument document, LifPoint point)
    {
        double[] f = [.. document.Rows.Select(row => row.Frequency)];
        Complex[] mean = [.. document.Rows.Select(row => new Complex(row.ChiMu.Real, row.ChiMu.Imaginary) / TheoryText.Thousand)];
        Complex[] variance = [.. document.Rows.Select(row => new Complex(row.ChiVar.Real, row.ChiVar.Imaginary))];
        Figure bode = SusceptibilityFigure.Of([new SusceptibilityCurve("Mean input", "Hz/mV", f, mean), new SusceptibilityCurve("Variance of the noise", "Hz", f, variance)]);
        return bode with
        {
            Panels =
            [
                bode.Panels[0], bode.Panels[1], Spectral("Power spectrum", "Hz", [.. document.Rows.Select(row => row.PowerSpectrum)]),
                bode.Panels[2], bode.Panels[3], Spectral("Coherence with the noise", "", [.. document.Rows.Select(row => row.Coherence)]),
            ],
            Columns = 3,
            Title = "Linear response of a leaky integrate-and-fire neuron",
            Caption = TheoryText.Point(point.Neuron, point.Input),
        };

        Panel Spectral(string label, string unit, double[] values) => new()
        {
            X = new Axis("Frequency", "Hz") { Scale = AxisScale.Logarithmic },
            Y = new Axis(label, unit) { Lower = 0 },
            Layers = [new LineLayer(f, values) { Color = Palette.Green }],
        };
    }
}
