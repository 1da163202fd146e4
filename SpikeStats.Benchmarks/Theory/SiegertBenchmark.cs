using System.Numerics;
using BenchmarkDotNet.Attributes;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;

namespace SpikeStats.Benchmarks.Theory;

/// <summary>The noisy leaky integrate-and-fire neuron in closed form: a rate, 100,000 rates, a coefficient of variation, a susceptibility.</summary>
[MemoryDiagnoser]
public class SiegertBenchmark
{
    private readonly SiegertGrid grid = new();
    private readonly LeakyTransfer transfer = new(new LeakyIntegrateAndFire());
    private readonly WhiteNoiseInput input = new(15e-3, 5e-3);

    [Benchmark(Baseline = true)]
    public double Rate() => Siegert.Rate(transfer.Neuron, input);

    [Benchmark]
    public SiegertRate RateAndSlopes() => Siegert.Evaluate(transfer.Neuron, input);

    [Benchmark]
    public double[] HundredThousandRates() => Siegert.Rates(grid.Neuron, grid.Means, grid.Sigmas);

    [Benchmark]
    public double CoefficientOfVariation() => Siegert.CoefficientOfVariation(transfer.Neuron, input);

    [Benchmark]
    public Complex Susceptibility() => transfer.Susceptibility(input, 20);
}
