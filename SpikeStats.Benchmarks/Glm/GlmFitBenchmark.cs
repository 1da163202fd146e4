using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using SpikeStats.Fitting.Glm;

namespace SpikeStats.Benchmarks.Glm;

/// <summary>The whole fit of <see cref="PoissonGlmTask"/>, design included.</summary>
[MemoryDiagnoser]
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 1, iterationCount: 3)]
public class GlmFitBenchmark
{
    private PoissonGlmTask task = null!;

    [Params(100_000, PoissonGlmTask.DefaultBins)]
    public int Bins { get; set; }

    [GlobalSetup]
    public void Setup() => task = PoissonGlmTask.Create(Bins);

    [Benchmark(Baseline = true)]
    public double NaiveDense() => NaiveDenseNewton.Fit(task);

    [Benchmark]
    public GlmFit SpikeStats() => task.Specification.Fit(task.Recording);
}
