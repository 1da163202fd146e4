using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using SpikeStats.Fitting.Hawkes;

namespace SpikeStats.Benchmarks.Hawkes;

/// <summary>Whole fits of <see cref="HawkesTask"/>, merging of the trains included, and one likelihood.</summary>
[MemoryDiagnoser]
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 2, iterationCount: 7)]
public class HawkesBenchmark
{
    private HawkesTask one = null!, twenty = null!;

    [Params(1_000_000)]
    public int Spikes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        one = HawkesTask.OneUnit(Spikes);
        twenty = HawkesTask.TwentyUnits(Spikes);
    }

    [Benchmark]
    public HawkesFit OneUnitFreeDecay() => one.FreeDecay.Fit(one.Recording);

    [Benchmark]
    public HawkesFit TwentyUnitsFixedDecay() => twenty.FixedDecay.Fit(twenty.Recording);

    [Benchmark]
    public HawkesFit TwentyUnitsFreeDecay() => twenty.FreeDecay.Fit(twenty.Recording);

    [Benchmark]
    public double TwentyUnitsLogLikelihood() => twenty.Model.LogLikelihood(twenty.Recording);
}
