using SpikeStats.Models.MeanField;
using SpikeStats.Models.Networks;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Networks;

/// <summary>The engine against hand computations, closed forms, plain loops and itself.</summary>
public sealed class NetworkSimulationTests
{
    private static readonly LeakyIntegrateAndFire neuron = new();

    [Fact]
    public void Chain_OfTwoNeurons_FiresAsComputedByHand()
    {
        // A alone fires; 1.5 ms after each of its spikes B is lifted from 0 beyond its threshold, and fires at that point.
        SpikingNetwork network = new(
            [Silent("A", 1) with { Background = new WhiteNoiseInput(30e-3, 0) }, Silent("B", 1)],
            [new SpikingProjection("A", "B", new OneToOne(), 25e-3, 1.5e-3)]);
        Recording recording = new NetworkSimulation(network).Simulate(0.2, seed: 1);
        double[] first = recording["A.0"].Times.ToArray(), second = recording["B.0"].Times.ToArray();

        // From 0 to the threshold: 20 ms log(30/10) = 21.97 ms, noticed at 22.0 ms. From the reset: 2 ms + 20 ms log(20/10) = 15.863 ms, 15.9 ms on the grid.
        Assert.Equal(12, first.Length);
        StatisticalAssert.Close([.. Enumerable.Range(0, 12).Select(i => 22.0e-3 + (i * 15.9e-3))], first, absolute: 1e-12);
        StatisticalAssert.Close([.. first.Select(time => time + 1.5e-3)], second, absolute: 1e-12);
    }

    [Theory]
    [InlineData(2e-3)]
    [InlineData(2.03e-3)]
    [InlineData(0)]
    public void ConstantInput_AnyRefractoryPeriod_FiresOnTheGridAfterTheClosedForm(double refractory)
    {
        LeakyIntegrateAndFire driven = neuron with { RefractoryPeriod = refractory };
        SpikingNetwork network = new([new SpikingPopulation("A", 3, driven) { Background = new WhiteNoiseInput(30e-3, 0), InitialVoltage = 10e-3 }], []);
        const double Step = 0.1e-3;
        double interval = Step * Math.Ceiling((refractory + (20e-3 * Math.Log(2))) / Step);
        double[] times = new NetworkSimulation(network).Simulate(0.5, seed: 1)["A.2"].Times.ToArray();
        StatisticalAssert.Close([.. Enumerable.Range(1, times.Length - 1).Select(_ => interval)], [.. times.Zip(times.Skip(1), (a, b) => b - a)], absolute: 1e-12);
    }

    [Theory]
    [InlineData(5e-3)]
    [InlineData(20e-3)]
    [InlineData(20.000001e-3)]
    public void SynapticCurrent_AfterASpike_IsTheDifferenceOfExponentials(double synaptic)
    {
        SpikingNetwork network = new(
            [Silent("A", 1) with { InitialVoltage = 25e-3 }, Silent("B", 1)],
            [new SpikingProjection("A", "B", new OneToOne(), 1e-3, 1e-3) { SynapticTimeConstant = synaptic }]);
        SampledSignal voltage = new NetworkSimulation(network, new NetworkSimulationOptions { RecordedVoltages = ["B.0"] }).Simulate(0.1, seed: 1).Signal("B.0");

        // A fires at the first point, 0.1 ms, once; its current starts at 1.1 ms.
        for (int i = 0; i < voltage.Count; i += 10)
        {
            double time = (i * 0.1e-3) - 1.1e-3, expected = 0;
            if (time > 0)
            {
                expected = synaptic == 20e-3
                    ? 1e-3 * time / synaptic * Math.Exp(-time / synaptic)
                    : 1e-3 * 20e-3 / (synaptic - 20e-3) * (Math.Exp(-time / synaptic) - Math.Exp(-time / 20e-3));
            }

            StatisticalAssert.Close(expected, voltage.Values[i], absolute: synaptic is > 20e-3 ? 1e-11 : 1e-15);
        }
    }

    [Fact]
    public void SynapticCurrent_DuringARefractoryPeriodThatEndsWithinAStep_CountsFromItsEnd()
    {
        // B is made to fire at 0.1 ms by its start and is refractory for 2.03 ms, while A's current flows from 1.1 ms on.
        SpikingNetwork network = new(
            [Silent("A", 1) with { InitialVoltage = 25e-3 }, new SpikingPopulation("B", 1, neuron with { RefractoryPeriod = 2.03e-3, Reset = 0 }) { InitialVoltage = 25e-3 }],
            [new SpikingProjection("A", "B", new OneToOne(), 10e-3, 1e-3) { SynapticTimeConstant = 5e-3 }]);
        SampledSignal voltage = new NetworkSimulation(network, new NetworkSimulationOptions { RecordedVoltages = ["B.0"] }).Simulate(0.01, seed: 1).Signal("B.0");
        const double Free = 2.13e-3, Tau = 20e-3, Synaptic = 5e-3;
        double atRelease = 10e-3 * Tau / Synaptic * Math.Exp(-(Free - 1.1e-3) / Synaptic);
        Assert.Equal(0, voltage.Values[21]);
        for (int i = 22; i < voltage.Count; i++)
        {
            double time = (i * 0.1e-3) - Free;
            StatisticalAssert.Close(atRelease * Synaptic / (Synaptic - Tau) * (Math.Exp(-time / Synaptic) - Math.Exp(-time / Tau)), voltage.Values[i], absolute: 1e-14);
        }
    }

    [Fact]
    public void Spikes_OneAndTwoThreads_AreTheSame()
    {
        SpikingNetwork network = new BrunelNetwork { ExcitatoryInDegree = 200, Weight = 0.2e-3 }.ToSpikingNetwork(4000);
        Recording[] runs = [.. new[] { 1, 2, 1 }.Select((threads, i) => new NetworkSimulation(
            network, new NetworkSimulationOptions { Threads = threads, RecordedVoltages = ["I.7"], ConnectivitySeed = i < 2 ? 5UL : 6UL }).Simulate(0.1, seed: 5))];
        Assert.True(runs[0].SpikeCount > 1000);
        Assert.Equal(Flat(runs[0]), Flat(runs[1]));
        Assert.Equal(runs[0].Signals[0].Values, runs[1].Signals[0].Values);
        Assert.NotEqual(Flat(runs[0]), Flat(runs[2]));
    }

    [Fact]
    public void Network_AgainstAPlainLoopOverTheSameConnectionsAndDrives_HasTheSameVoltages()
    {
        // The connections are read from the tables, the external input from the voltage of a copy of each neuron that hears nothing else: a second route for all of the bookkeeping.
        BrunelNetwork brunel = new() { ExcitatoryInDegree = 40, Weight = 1e-3, Delay = 0.7e-3 };
        SpikingNetwork network = brunel.ToSpikingNetwork(400);
        SpikingNetwork deaf = new([.. network.Populations.Select(population => population with { Neuron = neuron with { Threshold = 1e6 }, InitialVoltage = 0 })], []);
        string[] units = [.. Enumerable.Range(0, 400).Select(i => $"E.{i}"), .. Enumerable.Range(0, 100).Select(i => $"I.{i}")];
        NetworkSimulationOptions options = new() { RecordedVoltages = units };
        network = new SpikingNetwork([.. network.Populations.Select(population => population with { InitialVoltage = 5e-3 })], network.Projections);
        NetworkSimulation simulation = new(network, options);
        Recording run = simulation.Simulate(0.1, seed: 9), external = new NetworkSimulation(deaf, options).Simulate(0.1, seed: 9);
        NeuronBlock[] blocks = simulation.Build(NetworkClock.Of(options, 7, 0.1), 9, new ParallelOptions());

        const int Steps = 1000, Delay = 7;
        double decay = Math.Exp(-0.1e-3 / 20e-3);
        double[,] arrivals = new double[Steps + Delay + 1, 500];
        double[] voltage = [.. Enumerable.Repeat(5e-3, 500)];
        int[] held = new int[500];
        List<double>[] spikes = [.. voltage.Select(_ => new List<double>())];
        for (int point = 1; point < Steps; point++)
        {
            for (int i = 0; i < 500; i++)
            {
                ReadOnlySpan<double> free = external.Signals[i].Values;
                double jump = free[point] - (free[point - 1] * decay);
                if (held[i] > 0) held[i]--;
                else voltage[i] = (voltage[i] * decay) + jump + arrivals[point, i];
                if (voltage[i] < 20e-3) continue;
                voltage[i] = 10e-3;
                held[i] = 20;
                spikes[i].Add(point * 0.1e-3);
                foreach (NeuronBlock block in blocks)
                {
                    BlockSynapses synapses = block.Synapses[i < 400 ? 0 : 1];
                    foreach (ushort target in synapses.Table.TargetsOf(i < 400 ? i : i - 400)) arrivals[point + Delay, block.Address.FirstNeuron + target] += i < 400 ? 1e-3 : -5e-3;
                }
            }
        }

        Assert.True(run.SpikeCount > 500);
        for (int i = 0; i < 500; i++) StatisticalAssert.Close([.. spikes[i]], run[i].Times, absolute: 1e-12);
    }

    [Fact]
    public void Background_OfNoise_HasTheVoltageOfTheFreeMembrane()
    {
        SpikingNetwork network = new([new SpikingPopulation("A", 200, neuron with { Threshold = 1 }) { Background = new WhiteNoiseInput(5e-3, 4e-3), InitialVoltage = 5e-3 }], []);
        string[] units = [.. Enumerable.Range(0, 200).Select(i => $"A.{i}")];
        Recording run = new NetworkSimulation(network, new NetworkSimulationOptions { RecordedVoltages = units, WarmUp = 0.1 }).Simulate(1, seed: 3);
        double[] means = [.. run.Signals.Select(signal => signal.Values.ToArray().Average())], variances = [.. run.Signals.Select(signal => signal.Values.ToArray().Average(value => Math.Pow(value - 5e-3, 2)))];
        WithinErrors(means, 5e-3);
        WithinErrors(variances, 8e-6);
    }

    [Fact]
    public void Drive_OfPoissonInput_HasTheMeanAndVarianceOfTheory()
    {
        PoissonDrive[] drives = [new(100, 0.2e-3, 30), new(50, -0.1e-3, 20)];
        SpikingNetwork network = new([new SpikingPopulation("A", 200, neuron with { Threshold = 1 }) { Drives = drives, InitialVoltage = 10e-3 }], []);
        WhiteNoiseInput input = network.ToRateNetwork(0.1e-3).InputOf(0, [0]);
        string[] units = [.. Enumerable.Range(0, 200).Select(i => $"A.{i}")];
        Recording run = new NetworkSimulation(network, new NetworkSimulationOptions { RecordedVoltages = units, WarmUp = 0.2 }).Simulate(1, seed: 3);
        WithinErrors([.. run.Signals.Select(signal => signal.Values.ToArray().Average())], input.Mean);
        WithinErrors([.. run.Signals.Select(signal => signal.Values.ToArray().Average(value => Math.Pow(value - input.Mean, 2)))], 0.5 * input.Sigma * input.Sigma);
    }

    [Fact]
    public void Recording_OfChosenPopulations_HasTheSameSpikes_AndTellsItsScheme()
    {
        SpikingNetwork network = new BrunelNetwork { ExcitatoryInDegree = 40, Weight = 1e-3 }.ToSpikingNetwork(400);
        Recording all = new NetworkSimulation(network).Simulate(0.05, seed: 2), some = new NetworkSimulation(network, new NetworkSimulationOptions { RecordedPopulations = ["I"] }).Simulate(0.05, seed: 2);
        Assert.Equal(100, some.UnitCount);
        Assert.Equal(all["I.42"].Times, some["I.42"].Times);
        Assert.Contains("exact steps", some.LoadReport.Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_RisesToOne_AndCancellationStops()
    {
        SpikingNetwork network = new([Silent("A", 10)], []);
        List<double> fractions = [];
        new NetworkSimulation(network).Simulate(0.1, seed: 1, new Collector(fractions));
        Assert.Equal(fractions.Order(), fractions);
        Assert.Equal(1, fractions[^1]);
        Assert.Throws<OperationCanceledException>(() => new NetworkSimulation(network).Simulate(1, seed: 1, cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Delay_NoWholeNumberOfSteps_IsRoundedWithAWarning()
    {
        SpikingNetwork network = new([Silent("A", 1), Silent("B", 1)], [new SpikingProjection("A", "B", new OneToOne(), 1e-3, 0.57e-3)]);
        Assert.Contains("0.0006 s instead of 0.00057 s", Assert.Single(new NetworkSimulation(network).Warnings), StringComparison.Ordinal);
    }

    private static SpikingPopulation Silent(string name, int size) => new(name, size, neuron) { InitialVoltage = 0 };

    private static double[] Flat(Recording recording) => [.. recording.Trains.SelectMany(train => train.Times.ToArray())];

    private static void WithinErrors(double[] values, double expected)
    {
        double mean = values.Average(), deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        StatisticalAssert.WithinStandardErrors(mean, expected, deviation / Math.Sqrt(values.Length - 1));
    }

    private sealed class Collector(List<double> values) : IProgress<double>
    {
        public void Report(double value) => values.Add(value);
    }
}
