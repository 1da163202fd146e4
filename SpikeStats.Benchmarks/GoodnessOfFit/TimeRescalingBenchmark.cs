using BenchmarkDotNet.Attributes;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Models.PointProcesses;

namespace SpikeStats.Benchmarks.GoodnessOfFit;

/// <summary>Time rescaling and KS of one unit: an hour in bins of 1 ms, 72,000 spikes of a sinusoidal rate.</summary>
[MemoryDiagnoser]
public class TimeRescalingBenchmark
{
    private const double Duration = 3600;
    private const double BinWidth = 1e-3;
    private const double MeanRate = 20;
    private double[] rates = [];
    private Recording recording = null!;
    private PoissonProcess process = null!;

    [GlobalSetup]
    public void Setup()
    {
        TimeIntervals observed = TimeIntervals.Of(0, Duration);
        BinGrid grid = new(observed, BinWidth);
        rates = [.. Enumerable.Range(0, grid.BinCount).Select(bin => MeanRate * (1 + (0.8 * Math.Sin(2 * Math.PI * bin * BinWidth / 3))))];
        process = new PoissonProcess("a", grid, rates);
        recording = process.Simulate(Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), observed, "a")]), seed: 1007);
    }

    /// <summary>What a short script does: the cumulated rate of every bin, interpolated at the spikes, sorted; the statistic without a p-value.</summary>
    [Benchmark(Baseline = true)]
    public double CumulatedArray()
    {
        double[] cumulated = new double[rates.Length + 1];
        for (int bin = 0; bin < rates.Length; bin++) cumulated[bin + 1] = cumulated[bin] + (rates[bin] * BinWidth);
        ReadOnlySpan<double> times = recording[0].Times;
        double[] uniforms = new double[times.Length];
        double previous = 0;
        for (int i = 0; i < times.Length; i++)
        {
            int bin = Math.Min((int)(times[i] / BinWidth), rates.Length - 1);
            double value = cumulated[bin] + (rates[bin] * (times[i] - (bin * BinWidth)));
            uniforms[i] = 1 - Math.Exp(previous - value);
            previous = value;
        }

        Array.Sort(uniforms);
        double statistic = 0;
        for (int i = 0; i < uniforms.Length; i++)
            statistic = Math.Max(statistic, Math.Max(((i + 1.0) / uniforms.Length) - uniforms[i], uniforms[i] - ((double)i / uniforms.Length)));
        return statistic;
    }

    [Benchmark]
    public Compensator Compensate() => process.Compensate(recording, "a");

    /// <summary>Rescaling, exact p-value and independence.</summary>
    [Benchmark]
    public TimeRescalingResult Test() => TimeRescaling.Test(process, recording, "a");
}
