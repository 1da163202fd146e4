using BenchmarkDotNet.Attributes;
using SpikeStats.Statistics;

namespace SpikeStats.Benchmarks.Statistics;

/// <summary>All pairs of 100 units, one hour at 10 Hz (3.6 million spikes, 1.8·10^8 pairs): lags of ±50 ms, bins of 1 ms.</summary>
[SimpleJob(warmupCount: 2, iterationCount: 7)]
[MemoryDiagnoser]
public class CorrelogramBenchmarks
{
    private const double Window = 0.05;
    private const double BinWidth = 0.001;
    private const int BinCount = 100;

    private Recording recording = Recording.FromTrains([]);
    private double[] mergedTimes = [];
    private int[] mergedUnits = [];

    [GlobalSetup]
    public void Setup()
    {
        recording = BenchmarkTrains.Population(units: 100, duration: 3600, rate: 10);
        mergedTimes = [.. recording.Trains.SelectMany(train => train.Times.ToArray())];
        mergedUnits = [.. Enumerable.Range(0, recording.UnitCount).SelectMany(unit => Enumerable.Repeat(unit, recording[unit].Count))];
        Array.Sort(mergedTimes, mergedUnits);
    }

    /// <summary>One pass over spikes that are already merged, a scalar increment per pair, one thread.</summary>
    [Benchmark(Baseline = true)]
    public int[] MergedScalarPass()
    {
        int units = recording.UnitCount;
        int[] counts = new int[units * units * BinCount];
        int start = 0;
        for (int later = 0; later < mergedTimes.Length; later++)
        {
            while (mergedTimes[later] - mergedTimes[start] >= Window) start++;
            int unit = mergedUnits[later];
            for (int earlier = start; earlier < later; earlier++)
            {
                int other = mergedUnits[earlier];
                if (other == unit) continue;
                double distance = mergedTimes[later] - mergedTimes[earlier];
                int bin = (int)((other < unit ? Window + distance : Window - distance) * (1 / BinWidth));
                counts[(((Math.Min(unit, other) * units) + Math.Max(unit, other)) * BinCount) + Math.Min(bin, BinCount - 1)]++;
            }
        }

        return counts;
    }

    [Benchmark]
    public CorrelogramMatrix OneThread() => CorrelogramMatrix.Of(recording, new CorrelogramOptions { Threads = 1 });

    [Benchmark]
    public CorrelogramMatrix AllThreads() => CorrelogramMatrix.Of(recording);
}
