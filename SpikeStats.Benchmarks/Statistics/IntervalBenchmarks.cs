using BenchmarkDotNet.Attributes;
using SpikeStats.Statistics;

namespace SpikeStats.Benchmarks.Statistics;

/// <summary>CV of the interspike intervals and Fano factor in windows of 1 s, for 100 units of one hour at 10 Hz.</summary>
[MemoryDiagnoser]
public class IntervalBenchmarks
{
    private Recording recording = Recording.FromTrains([]);

    [GlobalSetup]
    public void Setup() => recording = BenchmarkTrains.Population(units: 100, duration: 3600, rate: 10);

    /// <summary>Arrays of intervals and counts, then their moments; one thread.</summary>
    [Benchmark(Baseline = true)]
    public double Arrays()
    {
        double sum = 0;
        foreach (SpikeTrain train in recording.Trains)
        {
            double[] intervals = new double[train.Count - 1];
            int[] counts = new int[3600];
            for (int i = 0; i < intervals.Length; i++) intervals[i] = train.Times[i + 1] - train.Times[i];
            foreach (double time in train.Times) counts[(int)time]++;
            double mean = intervals.Average(), meanCount = counts.Average();
            sum += Math.Sqrt(intervals.Sum(x => (x - mean) * (x - mean)) / (intervals.Length - 1)) / mean;
            sum += counts.Sum(n => (n - meanCount) * (n - meanCount)) / (counts.Length - 1) / meanCount;
        }

        return sum;
    }

    [Benchmark]
    public double OneThread() => Run(threads: 1);

    [Benchmark]
    public double AllThreads() => Run(threads: -1);

    private double Run(int threads)
    {
        double[] values = new double[recording.UnitCount];
        Parallel.For(0, values.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, unit =>
        {
            SpikeTrain train = recording[unit];
            values[unit] = InterspikeIntervals.Of(train).CoefficientOfVariation + FanoFactor.Of(train, window: 1).Value;
        });
        return values.Sum();
    }
}
