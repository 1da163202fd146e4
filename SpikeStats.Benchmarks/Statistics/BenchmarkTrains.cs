using SpikeStats.RandomStreams;

namespace SpikeStats.Benchmarks.Statistics;

/// <summary>Trains drawn in the process, so that the benchmarks need no file.</summary>
internal static class BenchmarkTrains
{
    /// <summary>Units with gamma distributed intervals of shape 2 (CV² = 1/2), each drawn from its own stream.</summary>
    public static Recording Population(int units, double duration, double rate) => Recording.FromTrains(
        Enumerable.Range(0, units).Select(unit => Train((uint)unit, duration, rate, shape: 2)));

    /// <summary>Poisson trains of about <paramref name="rate"/> · <paramref name="duration"/> spikes.</summary>
    public static SpikeTrain[] Trials(int trials, double duration, double rate) =>
        [.. Enumerable.Range(0, trials).Select(trial => Train((uint)trial, duration, rate, shape: 1))];

    private static SpikeTrain Train(uint unit, double duration, double rate, int shape)
    {
        RandomStream random = new(seed: 1007, unit);
        List<double> times = [];
        double time = 0;
        while (true)
        {
            for (int stage = 0; stage < shape; stage++) time += random.NextExponential() / (rate * shape);
            if (time >= duration) break;
            times.Add(time);
        }

        return SpikeTrain.FromSorted(times.ToArray(), TimeIntervals.Of(0, duration), $"{unit}");
    }
}
