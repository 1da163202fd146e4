using SpikeStats.Fitting.Glm;
using SpikeStats.Loading;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;
using SpikeStats.RandomStreams;

namespace SpikeStats.Benchmarks.Glm;

/// <summary>
/// A coupled cell for 10^6 bins of 1 ms: a stimulus filter of 20 raised cosines over 200 lags, a history filter of 10 over 150 and nine coupling
/// filters of 8 over 100; with the baseline, 103 coefficients.
/// </summary>
/// <remarks>
/// When SPIKESTATS_BENCH_DATA names a folder with the files a_stim.npy, a_y.npy, a_n.npy, a_Bs.npy, a_Bh.npy and a_Bc.npy, those are
/// used, so that other tools can be given the same numbers; otherwise a like problem is simulated from a fixed seed.
/// </remarks>
public sealed class PoissonGlmTask
{
    public const int DefaultBins = 1_000_000;
    private const double BinWidth = 0.001;
    private const int Sources = 9;

    private PoissonGlmTask(Recording recording, double[,] stimulusBasis, double[,] historyBasis, double[,] couplingBasis)
    {
        Recording = recording;
        StimulusBasis = stimulusBasis;
        HistoryBasis = historyBasis;
        CouplingBasis = couplingBasis;
        Specification = new GlmSpecification
        {
            Target = "y",
            BinWidth = BinWidth,
            Edge = EdgePolicy.Zero,
            Terms =
            [
                new StimulusTerm("stimulus", new TabulatedBasis(stimulusBasis)),
                new HistoryTerm(new TabulatedBasis(historyBasis)),
                .. Enumerable.Range(0, Sources).Select(source => new CouplingTerm($"n{source}", new TabulatedBasis(couplingBasis))),
            ],
        };
    }

    public Recording Recording { get; }

    public GlmSpecification Specification { get; }

    public double[,] StimulusBasis { get; }

    public double[,] HistoryBasis { get; }

    public double[,] CouplingBasis { get; }

    public static PoissonGlmTask Create(int bins = DefaultBins) =>
        Environment.GetEnvironmentVariable("SPIKESTATS_BENCH_DATA") is { Length: > 0 } folder && bins == DefaultBins ? FromFiles(folder) : Simulate(bins);

    private static PoissonGlmTask FromFiles(string folder)
    {
        double[] Read(string name) => NpyArray.Open(Path.Combine(folder, $"a_{name}.npy")).ToDoubles();
        double[,] Table(string name)
        {
            NpyArray array = NpyArray.Open(Path.Combine(folder, $"a_{name}.npy"));
            double[,] table = new double[array.Shape[0], array.Shape[1]];
            Buffer.BlockCopy(array.ToDoubles(), 0, table, 0, table.Length * sizeof(double));
            return table;
        }

        double[] stimulus = Read("stim"), sources = Read("n");
        TimeIntervals observed = TimeIntervals.Of(0, stimulus.Length * BinWidth);
        List<SpikeTrain> trains = [Train("y", Read("y"), observed)];
        for (int source = 0; source < Sources; source++)
            trains.Add(Train($"n{source}", sources.AsSpan(source * stimulus.Length, stimulus.Length), observed));
        Recording recording = Recording.FromTrains(trains, signals: [SampledSignal.Regular("stimulus", stimulus, 0, 1 / BinWidth)]);
        return new PoissonGlmTask(recording, Table("Bs"), Table("Bh"), Table("Bc"));
    }

    private static PoissonGlmTask Simulate(int bins)
    {
        double[,] stimulusBasis = Sample(new RaisedCosineBasis(20, 0.2)), historyBasis = Sample(new RaisedCosineLogBasis(10, 0.15));
        double[,] couplingBasis = Sample(new RaisedCosineLogBasis(8, 0.1));
        RandomStream stream = new(1001);
        double[] stimulus = [.. Enumerable.Range(0, bins).Select(_ => stream.NextGaussian())];
        TimeIntervals observed = TimeIntervals.Of(0, bins * BinWidth);
        Recording conditions = Recording.FromTrains(
            [SpikeTrain.FromSorted(Array.Empty<double>(), observed, "none")], signals: [SampledSignal.Regular("stimulus", stimulus, 0, 1 / BinWidth)]);
        double[] Filter(double[,] basis, double scale) => new TabulatedBasis(basis).Sample(BinWidth, 1)
            .Combine([.. Enumerable.Range(0, basis.GetLength(1)).Select(_ => scale * stream.NextGaussian())]);

        List<GlmModel> models = [.. Enumerable.Range(0, Sources).Select(source => new GlmModel
        {
            Unit = $"n{source}", BinWidth = BinWidth, Baseline = Math.Log(5 + (3 * source)), Observation = ObservationModel.Bernoulli,
        })];
        models.Add(new GlmModel
        {
            Unit = "y",
            BinWidth = BinWidth,
            Baseline = Math.Log(15),
            SpikeFilters =
            [
                new SpikeFilter("y", 1, [.. Enumerable.Range(0, 150).Select(lag => (-4 * Math.Exp(-lag / 4.0)) + (0.4 * Math.Exp(-lag / 30.0)))]),
                .. Enumerable.Range(0, Sources).Select(source => new SpikeFilter($"n{source}", 1, Filter(couplingBasis, 0.25))),
            ],
            SignalFilters = [new SignalFilter("stimulus", 0, Filter(stimulusBasis, 0.06))],
        });
        return new PoissonGlmTask(new GlmPopulation(models).Simulate(conditions, seed: 1001), stimulusBasis, historyBasis, couplingBasis);
    }

    private static double[,] Sample(Basis basis)
    {
        LagMatrix matrix = basis.Sample(BinWidth, 1);
        double[,] table = new double[matrix.RowCount, matrix.ColumnCount];
        for (int row = 0; row < matrix.RowCount; row++)
        {
            for (int column = 0; column < matrix.ColumnCount; column++) table[row, column] = matrix[row, column];
        }

        return table;
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
