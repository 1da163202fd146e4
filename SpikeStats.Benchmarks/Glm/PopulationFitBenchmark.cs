using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.Populations;

namespace SpikeStats.Benchmarks.Glm;

/// <summary>A coupled population fitted together and, as a yardstick, target by target with the single fit.</summary>
[MemoryDiagnoser]
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 0, iterationCount: 3)]
public class PopulationFitBenchmark
{
    private PopulationTask task = null!;

    [Params(100_000, 600_000)]
    public int Bins { get; set; }

    [GlobalSetup]
    public void Setup() => task = PopulationTask.Simulate(units: 50, Bins, coupling: 0.06, lags: 60, rate: 12);

    [Benchmark(Baseline = true)]
    public double OneByOne() => task.Recording.Units.Ids.Sum(
        target => task.Specification.For(target, task.Recording.Units.Ids).Fit(task.Recording, new GlmFitOptions()).LogLikelihood);

    [Benchmark]
    public double Together() => task.Specification.Fit(task.Recording).LogLikelihood;

    [Benchmark]
    public double TogetherWithoutStandardErrors() =>
        task.Specification.Fit(task.Recording, new GlmPopulationOptions { StandardErrors = false }).LogLikelihood;

    [Benchmark]
    public double WithoutFeatures() => task.Specification.Fit(
        task.Recording, new GlmPopulationOptions { StandardErrors = false, Method = PopulationMethod.MatrixFree }).LogLikelihood;
}
