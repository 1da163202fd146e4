using System.Text.Json;
using SpikeStats.Fitting.Glm;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Calibration;

/// <summary>The coupled retina of sample-data/retina-truth.json: its model, and the specification whose coefficients it was made of.</summary>
internal sealed class RetinaTruth
{
    private const double FrameRate = 100;
    private readonly JsonElement document;

    public RetinaTruth()
    {
        using JsonDocument parsed = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("sample-data", "retina-truth.json")));
        document = parsed.RootElement.Clone();
        Population = new GlmPopulation(document.GetProperty("neurons").EnumerateArray().Select(Model));
    }

    public GlmPopulation Population { get; }

    public IReadOnlyList<string> Cells => Population.Units;

    /// <summary>The true coefficients of a cell, in the order of <see cref="Specification"/>.</summary>
    public double[] Coefficients(string cell)
    {
        JsonElement neuron = Neuron(cell);
        return
        [
            neuron.Number("baseline"),
            .. Filters(neuron, "signalFilters").SelectMany(filter => filter.GetProperty("coefficients").Doubles()),
            .. Filters(neuron, "spikeFilters").SelectMany(filter => filter.GetProperty("coefficients").Doubles()),
        ];
    }

    /// <summary>The model with the same bases as the truth.</summary>
    public GlmSpecification Specification(string cell)
    {
        JsonElement neuron = Neuron(cell);
        IEnumerable<GlmTerm> signals = Filters(neuron, "signalFilters")
            .Select(filter => new StimulusTerm(filter.GetProperty("signal").GetString()!, BasisOf(filter)));
        IEnumerable<GlmTerm> spikes = Filters(neuron, "spikeFilters").Select(filter => filter.GetProperty("source").GetString()!)
            .Zip(Filters(neuron, "spikeFilters").Select(BasisOf), (source, basis) => source == cell ? (GlmTerm)new HistoryTerm(basis) : new CouplingTerm(source, basis));
        return new GlmSpecification
        {
            Target = cell,
            BinWidth = document.Number("binWidth"),
            Observation = ObservationModel.Bernoulli,
            Edge = EdgePolicy.Zero,
            Terms = [.. signals, .. spikes],
        };
    }

    /// <summary>Draws a recording under fresh flicker.</summary>
    public Recording Simulate(double duration, ulong seed)
    {
        RandomStream stream = new(seed, unit: 1000);
        double[] flicker = [.. Enumerable.Range(0, (int)(duration * FrameRate)).Select(_ => stream.NextGaussian())];
        Recording conditions = Recording.FromTrains(
            [SpikeTrain.FromSorted(Array.Empty<double>(), TimeIntervals.Of(0, duration), "none")],
            signals: [SampledSignal.Regular("contrast", flicker, 0, FrameRate)]);
        return Population.Simulate(conditions, seed);
    }

    private static Basis BasisOf(JsonElement filter) => BasisSyntax.Parse(filter.GetProperty("basis").GetString()!);

    private static IEnumerable<JsonElement> Filters(JsonElement neuron, string kind) => neuron.GetProperty(kind).EnumerateArray();

    private JsonElement Neuron(string cell) =>
        document.GetProperty("neurons").EnumerateArray().Single(neuron => neuron.GetProperty("unit").GetString() == cell);

    private GlmModel Model(JsonElement neuron) => new()
    {
        Unit = neuron.GetProperty("unit").GetString()!,
        BinWidth = document.Number("binWidth"),
        Baseline = neuron.Number("baseline"),
        Observation = ObservationModel.Bernoulli,
        Edge = EdgePolicy.Zero,
        SpikeFilters = [.. Filters(neuron, "spikeFilters").Select(filter => new SpikeFilter(
            filter.GetProperty("source").GetString()!, filter.GetProperty("firstLag").GetInt32(), filter.GetProperty("logGain").Doubles()))],
        SignalFilters = [.. Filters(neuron, "signalFilters").Select(filter => new SignalFilter(
            filter.GetProperty("signal").GetString()!, filter.GetProperty("firstLag").GetInt32(), filter.GetProperty("gain").Doubles()))],
    };
}
