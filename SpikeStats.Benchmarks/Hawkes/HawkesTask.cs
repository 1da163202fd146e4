using SpikeStats.Fitting.Hawkes;
using SpikeStats.Loading;
using SpikeStats.Models.Hawkes;

namespace SpikeStats.Benchmarks.Hawkes;

/// <summary>A recording of a known Hawkes process and the models to fit to it.</summary>
public sealed class HawkesTask
{
    private HawkesTask(Recording recording, HawkesModel model)
    {
        Recording = recording;
        Model = model;
    }

    public Recording Recording { get; }

    /// <summary>The truth.</summary>
    public HawkesModel Model { get; }

    public HawkesSpecification FixedDecay => new() { Units = Model.Units, Kernel = HawkesKernel.Exponentials(Model.Decays) };

    public HawkesSpecification FreeDecay => new() { Units = Model.Units };

    /// <summary>One unit, 3 spikes per second.</summary>
    public static HawkesTask OneUnit(int spikes)
    {
        HawkesModel model = new("u0", 1.2, 0.6, 8);
        return Draw(model, spikes / 3.0);
    }

    /// <summary>Twenty units, a third of the pairs coupled.</summary>
    public static HawkesTask TwentyUnits(int spikes)
    {
        const int Units = 20;
        double[,] branching = new double[Units, Units];
        for (int i = 0; i < Units; i++)
        {
            for (int j = 0; j < Units; j++) branching[i, j] = i == j ? 0.15 : ((7 * i) + (11 * j)) % 3 == 0 ? 0.09 : 0;
        }

        HawkesModel model = new([.. Enumerable.Range(0, Units).Select(i => $"u{i}")], [.. Enumerable.Repeat(0.6, Units)], 5, branching);
        return Draw(model, spikes / model.MeanRates().Sum());
    }

    /// <summary>The inputs of other tools' drivers: c_uni_t.npy, or c_mv_t.npy, c_mv_c.npy, c_mv_A.npy and c_mv_mu.npy.</summary>
    public static HawkesTask Load(string folder, bool oneUnit)
    {
        if (oneUnit)
        {
            double[] times = Array(folder, "c_uni_t.npy");
            return new HawkesTask(Record([times]), new HawkesModel("u0", 1.2, 0.6, 8));
        }

        double[] all = Array(folder, "c_mv_t.npy"), marks = Array(folder, "c_mv_c.npy"), matrix = Array(folder, "c_mv_A.npy"), baselines = Array(folder, "c_mv_mu.npy");
        int units = baselines.Length;
        double[,] branching = new double[units, units];
        Buffer.BlockCopy(matrix, 0, branching, 0, matrix.Length * sizeof(double));
        List<double>[] trains = [.. Enumerable.Range(0, units).Select(_ => new List<double>())];
        for (int k = 0; k < all.Length; k++) trains[(int)marks[k]].Add(all[k]);
        return new HawkesTask(Record([.. trains.Select(train => train.ToArray())]), new HawkesModel([.. Enumerable.Range(0, units).Select(i => $"u{i}")], baselines, 5, branching));
    }

    private static double[] Array(string folder, string name) => NpyArray.Open(Path.Combine(folder, name)).ToDoubles();

    private static HawkesTask Draw(HawkesModel model, double duration) => new(
        model.Simulate(Recording.FromTrains([SpikeTrain.FromSorted(System.Array.Empty<double>(), TimeIntervals.Of(0, duration))]), seed: 1003), model);

    // The peers observe until the last spike.
    private static Recording Record(double[][] trains)
    {
        TimeIntervals observed = TimeIntervals.Of(0, Math.BitIncrement(trains.Max(train => train[^1])));
        return Recording.FromTrains(trains.Select((times, unit) => SpikeTrain.FromSorted(times, observed, $"u{unit}")));
    }
}
