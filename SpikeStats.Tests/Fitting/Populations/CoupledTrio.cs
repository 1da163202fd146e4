using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;
using SpikeStats.RandomStreams;

namespace SpikeStats.Tests.Fitting.Populations;

/// <summary>Three coupled units under a common drive, observed in stretches with gaps between them.</summary>
internal static class CoupledTrio
{
    /// <summary>Three functions over ten lags of 1 ms.</summary>
    public static Basis Basis { get; } = new RaisedCosineLogBasis(3, 0.01);

    public static Recording Simulate(int stretches, ulong seed = 5)
    {
        RandomStream stream = new(seed, unit: 1000);
        double[] drive = [.. Enumerable.Range(0, stretches * 3000).Select(_ => stream.NextGaussian())];
        TimeIntervals observed = TimeIntervals.FromSorted([.. Enumerable.Range(0, stretches).Select(i => new TimeInterval(3 * i, (3 * i) + 2 + (0.1 * (i % 3))))]);
        Recording conditions = Recording.FromTrains(
            [SpikeTrain.FromSorted(Array.Empty<double>(), observed, "none")], signals: [SampledSignal.Regular("drive", drive, 0, 1000)]);
        double[] decaying = [.. Enumerable.Range(0, 10).Select(lag => Math.Exp(-lag / 3.0))];
        string[] ids = ["a", "b", "c"];
        double[,] gains = { { -2, 0.8, 0 }, { -0.6, -2, 0.5 }, { 0.3, 0, -2 } };
        return new GlmPopulation(ids.Select((target, row) => new GlmModel
        {
            Unit = target,
            BinWidth = 0.001,
            Baseline = Math.Log(40 + (10 * row)),
            Edge = EdgePolicy.Zero,
            SpikeFilters = [.. ids.Select((source, column) => new SpikeFilter(source, 1, [.. decaying.Select(value => gains[row, column] * value)]))],
            SignalFilters = [new SignalFilter("drive", 0, [0.3, 0.2])],
        })).Simulate(conditions, seed);
    }
}
