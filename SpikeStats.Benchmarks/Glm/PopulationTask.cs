using SpikeStats.Fitting.Populations;
using SpikeStats.Loading;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;
using SpikeStats.RandomStreams;

namespace SpikeStats.Benchmarks.Glm;

/// <summary>All-to-all coupled populations: 50 units for 600,000 bins with five functions over 60 lags, and larger sparse ones.</summary>
/// <remarks>
/// When SPIKESTATS_BENCH_DATA names a folder with b_Y.npy and b_B.npy, <see cref="Fifty"/> takes those, so that other tools can be given the
/// same numbers; otherwise a like problem is simulated from a fixed seed.
/// </remarks>
public sealed class PopulationTask
{
    private const double BinWidth = 0.001;

    private PopulationTask(Recording recording, Basis basis)
    {
        Recording = recording;
        Specification = new GlmPopulationSpecification { Basis = basis, BinWidth = BinWidth, Edge = EdgePolicy.Zero };
    }

    public Recording Recording { get; }

    public GlmPopulationSpecification Specification { get; }

    public static PopulationTask Fifty() =>
        Environment.GetEnvironmentVariable("SPIKESTATS_BENCH_DATA") is { Length: > 0 } folder ? FromFiles(folder) : Simulate(50, 600_000, 0.06, 60, 12);

    /// <summary>Units that act on each other weakly through five functions over a window.</summary>
    public static PopulationTask Simulate(int units, int bins, double coupling, int lags, double rate)
    {
        Basis basis = new RaisedCosineLogBasis(5, lags * BinWidth);
        LagMatrix sampled = basis.Sample(BinWidth, 1);
        RandomStream stream = new(1002);
        string[] ids = [.. Enumerable.Range(0, units).Select(unit => $"n{unit}")];
        double[] history = [-3, -1, -0.2, 0.1, 0.05];
        GlmModel[] models = [.. ids.Select(target => new GlmModel
        {
            Unit = target,
            BinWidth = BinWidth,
            Baseline = Math.Log(rate * (0.5 + stream.NextDouble())),
            Edge = EdgePolicy.Zero,
            SpikeFilters = [.. ids.Select(source => new SpikeFilter(
                source, 1, sampled.Combine(source == target ? history : [.. history.Select(_ => coupling * stream.NextGaussian())])))],
        })];
        TimeIntervals observed = TimeIntervals.Of(0, bins * BinWidth);
        Recording conditions = Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), observed, "none")]);
        return new PopulationTask(new GlmPopulation(models).Simulate(conditions, seed: 1002), basis);
    }

    private static PopulationTask FromFiles(string folder)
    {
        NpyArray counts = NpyArray.Open(Path.Combine(folder, "b_Y.npy")), table = NpyArray.Open(Path.Combine(folder, "b_B.npy"));
        int units = (int)counts.Shape[0], bins = (int)counts.Shape[1];
        double[,] basis = new double[table.Shape[0], table.Shape[1]];
        Buffer.BlockCopy(table.ToDoubles(), 0, basis, 0, basis.Length * sizeof(double));
        double[] values = counts.ToDoubles();
        TimeIntervals observed = TimeIntervals.Of(0, bins * BinWidth);
        return new PopulationTask(
            Recording.FromTrains(Enumerable.Range(0, units).Select(unit => Train($"n{unit}", values.AsSpan(unit * bins, bins), observed))), new TabulatedBasis(basis));
    }

    private static SpikeTrain Train(string unit, ReadOnlySpan<double> counts, TimeIntervals observed)
    {
        List<double> times = [];
        for (int bin = 0; bin < counts.Length; bin++)
        {
            for (int spike = 0; spike < counts[bin]; spike++) times.Add((bin + 0.5) * BinWidth);
        }

        return SpikeTrain.FromSorted(times.ToArray(), observed, unit);
    }
}
