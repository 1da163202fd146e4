#:project ../SpikeStats.Models/SpikeStats.Models.csproj
#:property PublishAot=false

// Writes retina-truth.json, retina-stimulus.csv and retina.csv beside itself: four model ganglion cells under white-noise flicker.
// Run from the root of the repository: dotnet run sample-data/retina.cs

using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using SpikeStats;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;
using SpikeStats.RandomStreams;
using SpikeStats.Units;

const ulong Seed = 20;
const double Duration = 200, FrameRate = 100;
double binWidth = 1.ms;
Basis stimulusBasis = BasisSyntax.Parse("raised-cosine:n=8,window=150ms");
Basis historyBasis = BasisSyntax.Parse("raised-cosine-log:n=6,window=100ms");
Basis couplingBasis = BasisSyntax.Parse("raised-cosine-log:n=4,window=50ms");

// Two ON and two OFF cells: biphasic filters of opposite sign; refractory, then slightly bursting; cells of one kind excite and cells of
// opposite kinds inhibit each other.
string[] cells = ["on-1", "on-2", "off-1", "off-2"];
double[] rates = [12, 16, 14, 18];
double[] gains = [1, 0.9, -1, -1.1];
double[] stimulus = [0, 0.020, 0.034, 0.010, -0.014, -0.010, -0.004, 0];
double[] history = [-3.5, -1.6, 0.1, 0.35, 0.15, 0.05];
double[] sameKind = [0.5, 0.35, 0.1, 0], otherKind = [-0.4, -0.3, -0.1, 0];

double[] flicker = Flicker(Seed, (int)(Duration * FrameRate));
Neuron[] neurons = [.. cells.Select((cell, i) => new Neuron(
    cell, Math.Log(rates[i]),
    [
        Filter.Of(cell, historyBasis, history, 1, binWidth),
        .. cells.Where(other => other != cell).Select(other => Filter.Of(other, couplingBasis, other[..2] == cell[..2] ? sameKind : otherKind, 1, binWidth)),
    ],
    [Filter.Of("contrast", stimulusBasis, [.. stimulus.Select(k => gains[i] * k)], 0, binWidth)]))];

GlmPopulation retina = new(neurons.Select(neuron => new GlmModel
{
    Unit = neuron.Unit,
    BinWidth = binWidth,
    Baseline = neuron.Baseline,
    Observation = ObservationModel.Bernoulli,
    SpikeFilters = [.. neuron.SpikeFilters.Select(filter => new SpikeFilter(filter.Source, filter.FirstLag, filter.Values))],
    SignalFilters = [.. neuron.SignalFilters.Select(filter => new SignalFilter(filter.Source, filter.FirstLag, filter.Values))],
}));
Recording conditions = Recording.FromTrains(
    [SpikeTrain.FromSorted(Array.Empty<double>(), TimeIntervals.Of(0, Duration), "none")],
    signals: [SampledSignal.Regular("contrast", flicker, 0, FrameRate)]);
Recording spikes = retina.Simulate(conditions, Seed);

Write("retina-stimulus.csv", ["time_s,contrast", .. flicker.Select((value, frame) => FormattableString.Invariant($"{frame / FrameRate},{value}"))]);
Write("retina.csv",
[
    FormattableString.Invariant($"# observed: 0s..{Duration}s"),
    "unit,time_s",
    .. spikes.Trains.SelectMany(train => train.Times.ToArray().Select(time => FormattableString.Invariant($"{train.Unit},{time}"))),
]);
JsonSerializerOptions json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
Write("retina-truth.json", [JsonSerializer.Serialize(Document(), json)]);
Console.WriteLine(spikes);

object Document() => new
{
    schema = "spikestats.model.glm/1",
    origin = "simulated; generator retina.cs beside this file",
    seed = Seed,
    duration = Duration,
    binWidth,
    observation = "bernoulli",
    neurons = neurons.Select(neuron => new
    {
        unit = neuron.Unit,
        baseline = neuron.Baseline,
        spikeFilters = neuron.SpikeFilters.Select(filter => new { source = filter.Source, firstLag = filter.FirstLag, logGain = filter.Values, basis = filter.Basis, coefficients = filter.Coefficients }),
        signalFilters = neuron.SignalFilters.Select(filter => new { signal = filter.Source, firstLag = filter.FirstLag, gain = filter.Values, basis = filter.Basis, coefficients = filter.Coefficients }),
    }),
};

// Gaussian contrast of standard deviation 1, in three decimals so that the file holds exactly what acted.
static double[] Flicker(ulong seed, int frames)
{
    RandomStream stream = new(seed, unit: 1000);
    return [.. Enumerable.Range(0, frames).Select(_ => Math.Round(stream.NextGaussian(), 3))];
}

static void Write(string name, IEnumerable<string> lines) =>
    File.WriteAllText(Path.Combine("sample-data", name), string.Join('\n', lines) + "\n");

internal sealed record Neuron(string Unit, double Baseline, Filter[] SpikeFilters, Filter[] SignalFilters);

internal sealed record Filter(string Source, int FirstLag, double[] Values, string Basis, double[] Coefficients)
{
    public static Filter Of(string source, Basis basis, double[] coefficients, int firstLag, double binWidth) =>
        new(source, firstLag, basis.Sample(binWidth, firstLag).Combine(coefficients), basis.Description, coefficients);
}
