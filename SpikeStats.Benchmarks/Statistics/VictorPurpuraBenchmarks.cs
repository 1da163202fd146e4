using BenchmarkDotNet.Attributes;
using SpikeStats.Statistics;

namespace SpikeStats.Benchmarks.Statistics;

/// <summary>Distances between all pairs of 100 trains of some 200 spikes, at a cost of 10 per second.</summary>
public class VictorPurpuraBenchmarks
{
    private const double Cost = 10;

    private SpikeTrain[] trains = [];

    [GlobalSetup]
    public void Setup() => trains = BenchmarkTrains.Trials(trials: 100, duration: 10, rate: 20);

    /// <summary>The recursion over all pairs of spikes, one row at a time; one thread.</summary>
    [Benchmark(Baseline = true)]
    public double FullRecursion()
    {
        double sum = 0;
        for (int i = 0; i < trains.Length; i++)
        {
            for (int j = i + 1; j < trains.Length; j++) sum += Distance(trains[i].Times, trains[j].Times);
        }

        return sum;
    }

    [Benchmark]
    public DistanceMatrix OneThread() => VictorPurpura.Distances(trains, Cost, threads: 1);

    [Benchmark]
    public DistanceMatrix AllThreads() => VictorPurpura.Distances(trains, Cost);

    private static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double[] row = new double[b.Length + 1];
        for (int j = 0; j < row.Length; j++) row[j] = j;
        for (int i = 0; i < a.Length; i++)
        {
            double diagonal = row[0];
            row[0] = i + 1;
            for (int j = 0; j < b.Length; j++)
            {
                double best = Math.Min(Math.Min(row[j + 1], row[j]) + 1, diagonal + (Cost * Math.Abs(a[i] - b[j])));
                diagonal = row[j + 1];
                row[j + 1] = best;
            }
        }

        return row[^1];
    }
}
