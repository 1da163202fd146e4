using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Models.FirstPassage;
using SpikeStats.Models.FokkerPlanck;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.PointProcesses;
using SpikeStats.Models.Theory;
using SpikeStats.Tests.Fitting.IntegrateAndFire;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.FirstPassage;

public sealed class DrivenLeakyNeuronTests
{
    private const double First = 0.1;

    private static readonly LeakyIntegrateAndFire neuron = new();
    private static readonly SampledSignal constant = DrivenBridgedNeuron.Sampled(_ => 0.5, 3);

    // From noise-driven to mean-driven; two hundredths to six mean intervals.
    [Theory]
    [InlineData(16, 5)]
    [InlineData(12, 6)]
    [InlineData(22, 4)]
    [InlineData(30, 5)]
    [InlineData(25, 2)]
    [InlineData(0, 20)]
    public void LogLikelihood_ConstantDrive_IsThatOfTheClosedTransform(double mean, double sigma)
    {
        WhiteNoiseInput all = new(mean * 1e-3, sigma * 1e-3);
        LeakyPassage law = new(neuron, all);

        // Half of 4 mV comes from the signal.
        DrivenLeakyNeuron driven = new("a", neuron, all with { Mean = all.Mean - 2e-3 }, "drive", 4e-3);

        foreach (double factor in (double[])[0.3, 1, 2])
        {
            double time = neuron.RefractoryPeriod + ((law.Mean - neuron.RefractoryPeriod) * factor);
            StatisticalAssert.Close(law.LogDensity(time), driven.LogLikelihood(Complete(time, constant)), absolute: 2e-5, relative: 2e-5);
            StatisticalAssert.Close(law.LogSurvivor(time), driven.LogLikelihood(Open(time, constant)), absolute: 2e-5, relative: 2e-5);
        }
    }

    // Beyond 30 τ the past acts through its sum only.
    [Fact]
    public void LogLikelihood_LongWait_KeepsItsDigits()
    {
        WhiteNoiseInput input = new(10e-3, 4e-3);
        LeakyPassage law = new(neuron, input);
        DrivenLeakyNeuron driven = new("a", neuron, input, "drive", 0);

        StatisticalAssert.Close(law.LogDensity(2.5), driven.LogLikelihood(Complete(2.5, constant)), absolute: 1e-5);
        StatisticalAssert.Close(law.LogSurvivor(2.5), driven.LogLikelihood(Open(2.5, constant)), absolute: 1e-5);
    }

    [Fact]
    public void LogLikelihood_StepOfTheDrive_IsThatOfTheFokkerPlanckEquation()
    {
        static double Drive(double time) => Math.Clamp((time - 0.13) / 1e-3, 0, 1);
        SampledSignal signal = DrivenBridgedNeuron.Sampled(Drive, 1);
        DrivenLeakyNeuron driven = new("a", neuron, new WhiteNoiseInput(13e-3, 4e-3), "drive", 8e-3), fine = new("a", neuron, driven.Input, "drive", 8e-3, step: 1e-4);
        double reset = First + neuron.RefractoryPeriod;
        PopulationResponse response = new FokkerPlanckEquation(neuron, new FokkerPlanckOptions { Cells = 800, TimeStep = 5e-5 })
            .FirstPassage(TimeVaryingInput.Of(time => 13e-3 + (8e-3 * Drive(time + reset)), _ => 4e-3), 0.1, InitialDensity.At(neuron.Reset));
        double step = response.Rate.TimeAt(1), fired = 0;

        for (int n = 1; n < response.Rate.Count; n++)
        {
            double time = n * step;
            fired += response.Rate.Values[n - 1] * step;
            if (n % 100 != 0) continue;
            double density = 0.5 * (response.Rate.Values[n - 1] + response.Rate.Values[n]);
            StatisticalAssert.Close(density, Math.Exp(fine.LogLikelihood(Complete(neuron.RefractoryPeriod + time, signal))), absolute: 5e-4, relative: 1e-4);
            StatisticalAssert.Close(1 - fired, Math.Exp(fine.LogLikelihood(Open(neuron.RefractoryPeriod + time, signal))), absolute: 3e-5);

            // Steps of 0.6 ms do not resolve a rise within one.
            StatisticalAssert.Close(density, Math.Exp(driven.LogLikelihood(Complete(neuron.RefractoryPeriod + time, signal))), absolute: 5e-4, relative: 3e-3);
        }
    }

    [Fact]
    public void LogLikelihood_StepHalved_ErrorFallsWithOrderOfTwoAndAHalfOrMore()
    {
        SampledSignal signal = SampledSignal.Regular("drive", Enumerable.Range(0, 100_001).Select(i => Math.Sin(2 * Math.PI * 20 * i * 1e-5)).ToArray(), 0, 1e5);
        double At(double step) => new DrivenLeakyNeuron("a", neuron, new WhiteNoiseInput(16e-3, 5e-3), "drive", 6e-3, step).LogLikelihood(Complete(0.066, signal));

        double exact = At(0.5e-4), coarse = Math.Abs(At(2e-3) - exact), fine = Math.Abs(At(1e-3) - exact);

        Assert.InRange(coarse / fine, 5, 40);
    }

    [Fact]
    public void Compensate_SimulatedSpikes_AreUnitExponentialAndTheIntensityAddsUpToIt()
    {
        Recording empty = Recording.FromTrains(
            [SpikeTrain.FromSorted(Array.Empty<double>(), TimeIntervals.FromSorted(new TimeInterval(0, 12), new TimeInterval(12.5, 20)), "a")], signals: [Sine(20)]);
        DrivenLeakyNeuron driven = new("a", neuron, new WhiteNoiseInput(15e-3, 4e-3), "drive", 4e-3);

        Recording drawn = driven.Simulate(empty, 7), again = driven.Simulate(empty, 7);
        Compensator compensator = driven.Compensate(drawn, "a");
        BinGrid grid = new(drawn.Observed, 1e-3);
        double[] intensity = driven.Intensity(drawn, "a", grid);

        Assert.Equal(drawn["a"].Times.ToArray(), again["a"].Times.ToArray());
        Assert.InRange(TimeRescaling.Test(driven, drawn, "a").KolmogorovSmirnov.PValue, 1e-4, 1);
        Assert.Equal(2, compensator.Segments.Count);
        Assert.Equal(drawn["a"].Count - 2, compensator.EventCount);

        // Two bins hold the first spikes; in them the hazard is not defined as a whole.
        double sum = intensity.Where(value => !double.IsNaN(value)).Sum() * grid.BinWidth;
        StatisticalAssert.Close(compensator.Segments.Sum(segment => segment.AtEnd), sum, absolute: 1e-6);
        double hazard = intensity[grid.BinOf(19.9995)];
        Assert.InRange(hazard, 0, 2000);
    }

    [Fact]
    public void Simulate_ConstantDrive_HasTheRateOfSiegert()
    {
        Recording empty = Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), TimeIntervals.Of(0, 100), "a")], signals: [DrivenBridgedNeuron.Sampled(_ => 0.5, 100)]);
        LeakyPassage law = new(neuron, new WhiteNoiseInput(20e-3, 5e-3));

        int count = new DrivenLeakyNeuron("a", neuron, new WhiteNoiseInput(18e-3, 5e-3), "drive", 4e-3).Simulate(empty, 3)["a"].Count;

        // A renewal count: four standard errors, false-alarm rate 6.3e-5.
        StatisticalAssert.WithinStandardErrors(count, 100 / law.Mean, Math.Sqrt(100 * law.Variance / Math.Pow(law.Mean, 3)));
    }

    [Fact]
    public void Members_ImpossibleRequest_AreRefused()
    {
        DrivenLeakyNeuron driven = new("a", neuron, new WhiteNoiseInput(15e-3, 4e-3), "drive", 4e-3);
        Assert.Throws<ArgumentException>(() => new DrivenLeakyNeuron("a", neuron, new WhiteNoiseInput(15e-3, 0), "drive", 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DrivenLeakyNeuron("a", neuron, new WhiteNoiseInput(15e-3, 1e-3), "drive", double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DrivenLeakyNeuron("a", neuron, new WhiteNoiseInput(15e-3, 1e-3), "drive", 1, step: 0));
        Assert.Throws<UnknownUnitException>(() => driven.Compensate(Complete(0.05, constant), "b"));
        Assert.Contains("covers", Assert.Throws<InvalidRecordingException>(() => driven.LogLikelihood(Complete(0.5, DrivenBridgedNeuron.Sampled(_ => 0, 0.2)))).Message, StringComparison.Ordinal);
        Assert.Contains("finite", Assert.Throws<InvalidRecordingException>(() => driven.LogLikelihood(Complete(0.5, DrivenBridgedNeuron.Sampled(time => time > 0.3 ? double.NaN : 0, 1)))).Message, StringComparison.Ordinal);
        Assert.Equal(double.NegativeInfinity, driven.LogLikelihood(Complete(1e-3, constant)));
    }

    internal static SampledSignal Sine(double duration) => DrivenBridgedNeuron.Sampled(time => Math.Sin(2 * Math.PI * 5 * time), duration);

    // A complete interval; what is left of the observation after it lies within the refractory period.
    private static Recording Complete(double time, SampledSignal signal) =>
        Recording.FromTrains([SpikeTrain.FromSorted(new[] { First, First + time }, TimeIntervals.Of(0, First + time + 1e-6), "a")], signals: [signal]);

    private static Recording Open(double time, SampledSignal signal) =>
        Recording.FromTrains([SpikeTrain.FromSorted(new[] { First }, TimeIntervals.Of(0, First + time), "a")], signals: [signal]);
}
