using System.CommandLine;
using System.Globalization;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Models.FokkerPlanck;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.Plotting;
using SpikeStats.Plotting.Layers;

namespace SpikeStats.Cli.Commands;

/// <summary><c>spikestats theory density</c>: the Fokker-Planck equation in time, for a mean input that steps or oscillates.</summary>
internal sealed class TheoryDensityCommand : Verb
{
    private const double DefaultDuration = 0.2;
    private const int Columns = 120;

    // A colour that nobody can tell from that of zero; the solver goes farther down than a figure needs.
    private const double Unseen = 2e-3;

    private readonly InputOptions input = new();
    private readonly NeuronOptions neuron = new();
    private readonly Option<double?> step = Parsed.Option<double?>("--step", "VOLTAGE", "Added to the mean input from --at on.", text => VoltageSyntax.Parse(text));
    private readonly Option<double?> at = Parsed.Option<double?>("--at", "DURATION", "When the step comes; default a quarter of the duration.", text => DurationSyntax.NotNegative(text));
    private readonly Option<double?> amplitude = Parsed.Option<double?>("--amplitude", "VOLTAGE", "Amplitude of a sine that is added to the mean input.", text => VoltageSyntax.Positive(text));
    private readonly Option<double?> frequency = Parsed.Option<double?>("--frequency", "FREQUENCY", "Its frequency.", text => RateSyntax.Positive(text));
    private readonly Option<double?> duration = Parsed.Option<double?>("--duration", "DURATION", "How long; default 200ms.", text => DurationSyntax.Positive(text));
    private readonly Option<double?> timeStep = Parsed.Option<double?>("--time-step", "DURATION", "Step of the solver; default 0.1ms.", text => DurationSyntax.Positive(text));
    private readonly Option<int?> cells = Parsed.Option<int?>("--cells", "N", "Cells of the solver; default 400.", Cells);
    private readonly Option<bool> fromReset = new("--from-reset") { Description = "Begin with all neurons at the reset; default in the steady state of the input at the beginning." };

    public TheoryDensityCommand(VerbFrame frame)
        : base("density", "Density of the voltage and rate of a population of leaky integrate-and-fire neurons in time.", frame)
    {
        input.AddTo(this);
        neuron.AddTo(this);
        foreach (Option option in (Option[])[step, at, amplitude, frequency, duration, timeStep, cells, fromReset]) Add(option);
    }

    protected override ExitCode Execute(ParseResult parsed, Invocation invocation)
    {
        using OutputFile? output = invocation.PlanOutput();
        LeakyIntegrateAndFire stated = neuron.Read(parsed);
        WhiteNoiseInput rest = input.Read(parsed);
        Func<double, double> mean = Mean(parsed, rest.Mean);
        double length = parsed.GetValue(duration) ?? DefaultDuration;
        FokkerPlanckOptions options = new();
        options = options with { Cells = parsed.GetValue(cells) ?? options.Cells, TimeStep = parsed.GetValue(timeStep) ?? options.TimeStep };
        FokkerPlanckEquation equation = new(stated, options);
        double[] instants = [.. Enumerable.Range(0, Columns).Select(column => (column + 0.5) * length / Columns)];
        PopulationResponse response = invocation.Watch("solving", progress => equation.Evolve(
            TimeVaryingInput.Of(mean, _ => rest.Sigma), length, parsed.GetValue(fromReset) ? InitialDensity.At(stated.Reset) : InitialDensity.Stationary, instants, progress, invocation.CancellationToken));
        double[] means = [.. Enumerable.Range(0, response.Rate.Count).Select(n => mean((n + 0.5) * length / response.Rate.Count))];
        DensityDocument document = DensityDocument.Of(stated, rest.Sigma, means, response);
        invocation.Deliver(document, DocumentJson.Default.DensityDocument, () => TheoryText.Of(document), output, () => Plot(document, stated, length));
        return ExitCode.Done;
    }

    private static int? Cells(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0
        ? value
        : throw new FormatException($"'{text}' is no number of cells. Write a whole number.");

    // The map of the density, and below it the rate over the same time.
    private static Figure Plot(DensityDocument document, LeakyIntegrateAndFire neuron, double duration)
    {
        int columns = document.Density.Count, all = document.VoltageEdges.Count - 1, lowest = 0;
        double peak = document.Density.Max(instant => instant.Values.Max());
        while (lowest < all - 1 && document.Density.All(instant => instant.Values[lowest] < Unseen * peak)) lowest++;
        double[,] density = new double[all - lowest, columns];
        for (int row = lowest; row < all; row++)
        {
            for (int column = 0; column < columns; column++) density[row - lowest, column] = document.Density[column].Values[row];
        }

        Axis time = new("Time", "ms");
        double[] edges = [.. Enumerable.Range(0, columns + 1).Select(i => TheoryText.Thousand * i * duration / columns)];
        Figure map = VoltageDensityFigure.Map(time, edges, [.. document.VoltageEdges.Skip(lowest)], density, neuron.Threshold, neuron.Reset, new FigureOptions
        {
            Title = "Density of the voltage of a population",
            Note = $"Noise sigma {NumberText.Of(document.Sigma * TheoryText.Thousand)} mV. {TheoryText.Neuron(neuron)}",
        });
        double[] middles = [.. Enumerable.Range(0, document.Rate.Count).Select(n => TheoryText.Thousand * (n + 0.5) * document.TimeStep)];
        Panel rate = new() { X = time, Y = new Axis("Rate", "spikes/s") { Lower = 0 }, Layers = [new LineLayer(middles, [.. document.Rate]) { Color = Palette.Blue }] };
        return map with { Panels = [map.Panels[0] with { Weight = 2 }, rate], SharesX = true, Size = FigureSize.Small with { Height = 110 } };
    }

    private Func<double, double> Mean(ParseResult parsed, double rest)
    {
        double added = parsed.GetValue(step) ?? 0, height = parsed.GetValue(amplitude) ?? 0, angular = 2 * Math.PI * (parsed.GetValue(frequency) ?? 0);
        if (parsed.GetValue(at) is not null && parsed.GetValue(step) is null) throw new UsageException("--at says when the mean steps. Add --step, for example --step 5mV.");
        if (parsed.GetValue(amplitude) is null != parsed.GetValue(frequency) is null) throw new UsageException("A sine has an amplitude and a frequency: give --amplitude and --frequency.");
        double from = parsed.GetValue(at) ?? (0.25 * (parsed.GetValue(duration) ?? DefaultDuration));
        return time => rest + (time >= from ? added : 0) + (height * Math.Sin(angular * time));
    }
}
