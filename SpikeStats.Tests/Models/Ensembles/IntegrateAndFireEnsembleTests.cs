using SpikeStats.Models.Ensembles;
using SpikeStats.Models.FokkerPlanck;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Ensembles;

/// <summary>Rates of leaky neurons under white noise against Siegert's formula and against other simulations; seeds, threads and refused input.</summary>
public sealed class IntegrateAndFireEnsembleTests
{
    private static readonly LeakyIntegrateAndFire neuron = new();

    public static TheoryData<double, double> Points => new()
    {
        { 10, 5 }, { 12, 6 }, { 15, 5 }, { 18, 4 }, { 20, 5 }, { 22, 5 }, { 25, 2 }, { 25, 5 }, { 15, 8 }, { 20, 2 }, { 30, 3 }, { 5, 10 },
    };

    // Three standard errors, seed 1, twelve points: false-alarm rate 3 % in all, spent once on the choice of the seed.
    [Theory]
    [MemberData(nameof(Points))]
    public void Rate_OfTheBridgeAtATenthOfAMillisecond_IsThatOfSiegert(double mean, double sigma)
    {
        WhiteNoiseInput input = new(mean * 1e-3, sigma * 1e-3);
        EnsembleRate found = Simulated(neuron, input, SteppingScheme.Bridge, 0.1e-3, 1000, 10);
        StatisticalAssert.WithinStandardErrors(found.Rate, Siegert.Rate(neuron, input), found.StandardError, k: 3);
    }

    // As above, 3 % in all.
    [Theory]
    [MemberData(nameof(Points))]
    public void Rate_OnTheGridAtATenthOfAMillisecond_IsThatOfTheoryForTheStep(double mean, double sigma)
    {
        WhiteNoiseInput input = new(mean * 1e-3, sigma * 1e-3);
        Assert.True(DiscreteTime.IsAccurate(neuron, input, 0.1e-3));
        EnsembleRate found = Simulated(neuron, input, SteppingScheme.Grid, 0.1e-3, 1000, 10);
        StatisticalAssert.WithinStandardErrors(found.Rate, DiscreteTime.Rate(neuron, input, 0.1e-3), found.StandardError, k: 3);
    }

    // Four rows: false-alarm rate 3e-4 in all.
    [Theory]
    [InlineData(15, 5, 0.1)]
    [InlineData(25, 2, 0.1)]
    [InlineData(18, 4, 0.2)]
    [InlineData(15, 5, 0.4)]
    public void Rate_OfEulersScheme_IsThatOfTheoryForTheStep(double mean, double sigma, double step)
    {
        WhiteNoiseInput input = new(mean * 1e-3, sigma * 1e-3);
        EnsembleRate found = Simulated(neuron, input, SteppingScheme.Euler, step * 1e-3, 1000, 10);
        StatisticalAssert.WithinStandardErrors(found.Rate, DiscreteTime.Rate(neuron, input, step * 1e-3, SteppingScheme.Euler), found.StandardError);
    }

    // Twelve rows with the standard errors of both: false-alarm rate 8e-4 in all.
    [Fact]
    public void Rate_OfOtherSimulations_AgreesWithinFourStandardErrors()
    {
        foreach (double[] row in ReferenceFile.Read("simulated-rates").GetProperty("white").EnumerateArray().Select(row => row.Doubles()))
        {
            // Their bridge writes a spike down at the end of its step, half a step late on average.
            bool isBridge = row[3] == 1;
            LeakyIntegrateAndFire late = neuron with { RefractoryPeriod = neuron.RefractoryPeriod + (isBridge ? 0.5e-3 * row[2] : 0) };
            EnsembleRate found = Simulated(late, new WhiteNoiseInput(row[0] * 1e-3, row[1] * 1e-3), isBridge ? SteppingScheme.Bridge : SteppingScheme.Grid, row[2] * 1e-3, 400, 10);
            StatisticalAssert.WithinStandardErrors(found.Rate, row[4], Math.Sqrt((found.StandardError * found.StandardError) + (row[5] * row[5])));
        }
    }

    [Fact]
    public void Simulate_AnyNumberOfThreadsAndNeighbours_GivesTheSameSpikes()
    {
        WhiteNoiseInput input = new(20e-3, 5e-3);
        EnsembleOptions options = new() { Count = 300, Threads = 1, WarmUp = 0.05 };
        Recording one = new IntegrateAndFireEnsemble(neuron, input, options).Simulate(0.5, seed: 3);
        Recording two = new IntegrateAndFireEnsemble(neuron, input, options with { Threads = 2 }).Simulate(0.5, seed: 3);
        Recording few = new IntegrateAndFireEnsemble(neuron, input, options with { Count = 11 }).Simulate(0.5, seed: 3);
        Recording longer = new IntegrateAndFireEnsemble(neuron, input, options with { Count = 11 }).Simulate(0.7, seed: 3);
        Recording other = new IntegrateAndFireEnsemble(neuron, input, options).Simulate(0.5, seed: 4);
        for (int unit = 0; unit < 300; unit++) Assert.Equal(one[unit].Times.ToArray(), two[unit].Times.ToArray());
        for (int unit = 0; unit < 11; unit++)
        {
            Assert.Equal(one[unit].Times.ToArray(), few[unit].Times.ToArray());
            Assert.Equal(one[unit].Times.ToArray(), longer[unit].Times.ToArray().Where(time => time < 0.5));
            Assert.NotEqual(one[unit].Times.ToArray(), other[unit].Times.ToArray());
        }
    }

    // Neurons one by one, as a drive with jumps needs it, against neurons in lanes: false-alarm rate 6e-5.
    [Fact]
    public void Rate_OneByOneAndInLanes_Agrees()
    {
        TimeVaryingInput input = TimeVaryingInput.Constant(new WhiteNoiseInput(18e-3, 4e-3)), jumping = input.WithJumps(new JumpInput(1e-9, 1e-3));
        EnsembleOptions options = new() { Count = 200, TimeStep = 0.5e-3, WarmUp = 0.2 };
        EnsembleRate lanes = EnsembleRate.Of(new IntegrateAndFireEnsemble(neuron, input, options), 10, seed: 5);
        EnsembleRate single = EnsembleRate.Of(new IntegrateAndFireEnsemble(neuron, jumping, options), 10, seed: 6);
        StatisticalAssert.WithinStandardErrors(lanes.Rate, single.Rate, Math.Sqrt((lanes.StandardError * lanes.StandardError) + (single.StandardError * single.StandardError)));
    }

    [Fact]
    public void Simulate_WithoutNoise_FiresAtTheInstantsOfTheClosedForm()
    {
        // A refractory period that is no multiple of the step, and steps that are none of the interval.
        LeakyIntegrateAndFire odd = neuron with { RefractoryPeriod = 1.2345e-3 };
        Recording recording = new IntegrateAndFireEnsemble(odd, new WhiteNoiseInput(25e-3, 0), new EnsembleOptions { Count = 3, TimeStep = 0.7e-3 }).Simulate(0.5, seed: 1);
        double passage = 20e-3 * Math.Log(15.0 / 5), interval = passage + 1.2345e-3;
        Assert.All(recording.Trains, train => StatisticalAssert.Close(
            Enumerable.Range(0, (int)((0.5 - passage) / interval) + 1).Select(k => passage + (k * interval)).ToArray(), train.Times, absolute: 1e-12));
    }

    [Fact]
    public void Simulate_SeveralIntervalsWithinAStep_FindsEachSpike()
    {
        // Ten spikes in every step of 20 ms, in lanes and, because of a jump that never comes, one by one.
        LeakyIntegrateAndFire fast = neuron with { RefractoryPeriod = 0.5e-3 };
        WhiteNoiseInput input = new(150e-3, 0);
        double passage = 20e-3 * Math.Log(140.0 / 130), interval = passage + 0.5e-3;
        double[] expected = [.. Enumerable.Range(0, (int)((0.5 - passage) / interval) + 1).Select(k => passage + (k * interval))];
        EnsembleOptions options = new() { TimeStep = 20e-3 };
        StatisticalAssert.Close(expected, new IntegrateAndFireEnsemble(fast, input, options).Simulate(0.5, 1)[0].Times, absolute: 1e-11);
        TimeVaryingInput jumping = TimeVaryingInput.Constant(input).WithJumps(new JumpInput(1e-9, 1e-3));
        StatisticalAssert.Close(expected, new IntegrateAndFireEnsemble(fast, jumping, options).Simulate(0.5, 1)[0].Times, absolute: 1e-11);
    }

    [Fact]
    public void Simulate_TimesAndReport_AreThoseOfTheRun()
    {
        List<double> fractions = [];
        Recording recording = new IntegrateAndFireEnsemble(neuron, new WhiteNoiseInput(25e-3, 5e-3), new EnsembleOptions { Count = 9, WarmUp = 0.1 })
            .Simulate(0.25, seed: 1, new ListProgress(fractions));
        Assert.Equal(0.25, recording.Observed.Duration);
        Assert.All(recording.Trains, train => Assert.True(train.Count > 0 && train.Times[0] >= 0 && train.Times[^1] < 0.25));
        Assert.Contains("Bridge", recording.LoadReport.Single().Message, StringComparison.Ordinal);
        Assert.Equal(1, fractions[^1]);
        Assert.Equal(fractions.Order(), fractions);
    }

    [Fact]
    public void Simulate_Cancelled_Stops()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => new IntegrateAndFireEnsemble(neuron, new WhiteNoiseInput(25e-3, 5e-3)).Simulate(1, 1, null, source.Token));
    }

    [Fact]
    public void Constructor_StepAndScheme_AreJudgedBeforeTheRun()
    {
        WhiteNoiseInput input = new(15e-3, 5e-3);
        UnstableStepException refused = Assert.Throws<UnstableStepException>(() => With(SteppingScheme.Euler, 40e-3));
        Assert.Equal((40e-3, 40e-3), (refused.TimeStep, refused.Limit));
        Assert.Contains("Bridge", refused.Message, StringComparison.Ordinal);
        Assert.Contains("oscillates", Assert.Single(With(SteppingScheme.Euler, 39e-3).Warnings), StringComparison.Ordinal);
        Assert.Contains("oscillates", With(SteppingScheme.Euler, 39e-3).Simulate(1, 1).LoadReport[^1].Message, StringComparison.Ordinal);
        Assert.Empty(With(SteppingScheme.Euler, 20e-3).Warnings);
        Assert.Single(With(SteppingScheme.Bridge, 40e-3).Warnings);
        Assert.Throws<ArgumentOutOfRangeException>(() => With(SteppingScheme.Grid, 0.5));
        Assert.Throws<UnstableStepException>(() => new IntegrateAndFireEnsemble(
            new QuadraticIntegrateAndFire(), input, new EnsembleOptions { Scheme = SteppingScheme.Euler, TimeStep = 8e-3 }));

        IntegrateAndFireEnsemble With(SteppingScheme scheme, double step) => new(neuron, input, new EnsembleOptions { Scheme = scheme, TimeStep = step });
    }

    [Fact]
    public void Input_OutOfRange_IsRefused()
    {
        WhiteNoiseInput input = new(15e-3, 5e-3);
        Assert.Throws<ArgumentException>(() => new IntegrateAndFireEnsemble(neuron with { Reset = 20e-3 }, input));
        Assert.Throws<ArgumentException>(() => new IntegrateAndFireEnsemble(neuron, input, new EnsembleOptions { InitialVoltage = 20e-3 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EnsembleOptions { InitialVoltage = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new EnsembleOptions { Count = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new EnsembleOptions { TimeStep = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new EnsembleOptions { TimeStep = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new EnsembleOptions { WarmUp = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new EnsembleOptions { Threads = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new EnsembleOptions { Scheme = (SteppingScheme)7 });
        foreach (double duration in (double[])[0, -1, double.NaN, double.PositiveInfinity])
            Assert.Throws<ArgumentOutOfRangeException>(() => new IntegrateAndFireEnsemble(neuron, input).Simulate(duration, 1));
        Assert.ThrowsAny<Exception>(() => new IntegrateAndFireEnsemble(neuron, TimeVaryingInput.Of(_ => double.NaN, _ => 1e-3)).Simulate(0.1, 1));
    }

    private static EnsembleRate Simulated(LeakyIntegrateAndFire neuron, WhiteNoiseInput input, SteppingScheme scheme, double step, int count, double duration) =>
        EnsembleRate.Of(new IntegrateAndFireEnsemble(neuron, input, new EnsembleOptions { Count = count, Scheme = scheme, TimeStep = step, WarmUp = 0.3 }), duration, seed: 1);

    private sealed class ListProgress(List<double> values) : IProgress<double>
    {
        public void Report(double value)
        {
            lock (values) values.Add(value);
        }
    }
}
