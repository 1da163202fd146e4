using System.Text.Json;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Models.Glm;
using SpikeStats.Models.PointProcesses;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;
using SpikeStats.Units;

namespace SpikeStats.Tests.Fitting.GoodnessOfFit;

public sealed class TimeRescalingTests
{
    private static readonly JsonElement reference = ReferenceFile.Read("goodness-of-fit");

    // The model is exactly true: without the correction for discrete time it is rejected, with it it is not.
    [Fact]
    public void Discrete_TrueModelOnCoarseBins_MatchesReference()
    {
        JsonElement expected = reference.At("discrete_rescaling");
        double[] p = [.. Enumerable.Range(0, 20_000).Select(t => Math.Clamp(0.25 + (0.2 * Math.Sin(2 * Math.PI * t / 200)), 0.01, 0.6))];
        ReferenceGenerator spikes = new(7), placement = new(11);
        bool[] y = [.. p.Select(probability => spikes.Next() < probability)];
        Compensator compensator = Compensate(p, y);
        Assert.Equal(expected.At("n_spikes").GetInt32(), compensator.EventCount);
        double[] r = [.. Enumerable.Range(0, compensator.EventCount).Select(_ => placement.Next())];

        RescaledIntervals naive = RescaledIntervals.Continuous(compensator, FirstInterval.Drop);
        RescaledIntervals corrected = RescaledIntervals.Discrete(compensator, r, FirstInterval.Drop);
        Assert.Equal((1, 1, compensator.EventCount - 1), (corrected.DroppedFirstIntervals, corrected.CensoredIntervals, corrected.Uniforms.Length));
        StatisticalAssert.Close(expected.At("naive_first3").Doubles(), naive.Intervals.Span[..3], 1e-10);
        StatisticalAssert.Close(expected.At("corrected_first3").Doubles(), corrected.Intervals.Span[..3], 1e-10);
        KolmogorovSmirnovResult naiveVerdict = Judge(naive), verdict = Judge(corrected);
        StatisticalAssert.Close(expected.Number("ks_naive"), naiveVerdict.Statistic, 1e-10);
        StatisticalAssert.Close(expected.Number("p_naive"), naiveVerdict.PValue, relative: 1e-6);
        StatisticalAssert.Close(expected.Number("ks_corrected"), verdict.Statistic, 1e-10);
        // scipy's p-value carries the remainder of its expansion.
        StatisticalAssert.Close(expected.Number("p_corrected"), verdict.PValue, 1e-8);
    }

    [Fact]
    public void Discrete_SixBins_MatchesReference()
    {
        JsonElement expected = reference.At("discrete_rescaling_tiny");
        Compensator compensator = Compensate(expected.At("p").Doubles(), [.. expected.At("y").Integers().Select(count => count > 0)]);
        StatisticalAssert.Close(
            expected.At("naive").Doubles(), RescaledIntervals.Continuous(compensator, FirstInterval.Drop).Intervals.Span, 1e-12);
        StatisticalAssert.Close(
            expected.At("corrected").Doubles(), RescaledIntervals.Discrete(compensator, [0.5, 0.5, 0.5], FirstInterval.Drop).Intervals.Span, 1e-12);
    }

    // By hand: bins of probability 1/2 have q = log 2; a spike in bin 2 with r = 1/2 gives 2 log 2 - log(3/4).
    [Fact]
    public void Discrete_FirstIntervalIncluded_StartsWithTheObservation()
    {
        Compensator compensator = Compensate([0.5, 0.5, 0.5, 0.5], [false, false, true, false]);
        RescaledIntervals rescaled = RescaledIntervals.Discrete(compensator, [0.5]);
        StatisticalAssert.Close([(2 * Math.Log(2)) - Math.Log(0.75)], rescaled.Intervals.Span, 1e-14);
        StatisticalAssert.Close([1 - (0.25 * 0.75)], rescaled.Uniforms.Span, 1e-14);
        Assert.Equal((0, 1), (rescaled.DroppedFirstIntervals, rescaled.CensoredIntervals));

        // A second stretch like the first: the bin after the spike and two silent bins of the next precede its spike.
        Compensator twice = compensator with { Segments = [compensator.Segments[0], compensator.Segments[0]] };
        RescaledIntervals carried = RescaledIntervals.Discrete(twice, [0.5, 0.5]);
        StatisticalAssert.Close([(2 * Math.Log(2)) - Math.Log(0.75), (3 * Math.Log(2)) - Math.Log(0.75)], carried.Intervals.Span, 1e-14);
    }

    [Fact]
    public void Continuous_TwoStretches_NeverReachesOverTheGap()
    {
        Recording recording = Recording.FromTrains([SpikeTrain.FromSorted(
            new[] { 0.25, 0.75, 5.5 }, TimeIntervals.FromSorted(new TimeInterval(0, 1), new TimeInterval(5, 6), new TimeInterval(8, 9)), "a")]);
        Compensator compensator = new PoissonProcess("a", 2).Compensate(recording, "a");
        RescaledIntervals all = RescaledIntervals.Continuous(compensator, censoring: Censoring.None);
        RescaledIntervals later = RescaledIntervals.Continuous(compensator, FirstInterval.Drop), carried = RescaledIntervals.Continuous(compensator);
        StatisticalAssert.Close([0.5, 1, 1], all.Intervals.Span, 1e-15);
        StatisticalAssert.Close([1.0], later.Intervals.Span, 1e-15);
        Assert.Equal((0, 3, 2, 3), (all.DroppedFirstIntervals, all.CensoredIntervals, later.DroppedFirstIntervals, later.CensoredIntervals));

        // 0.25 s of the first stretch were left when it ended: 2 * (0.25 + 0.5) to the spike of the second.
        StatisticalAssert.Close([0.5, 1, 1.5], carried.Intervals.Span, 1e-15);
        Assert.Equal((0, 1), (carried.DroppedFirstIntervals, carried.CensoredIntervals));
    }

    [Fact]
    public void Continuous_SilentStretches_AddToTheWait()
    {
        TimeIntervals observed = TimeIntervals.FromSorted(new(0, 1), new(2, 3), new(4, 5), new(6, 7));
        Recording recording = Recording.FromTrains([SpikeTrain.FromSorted(new[] { 0.5, 4.25 }, observed, "a")]);
        RescaledIntervals carried = RescaledIntervals.Continuous(new PoissonProcess("a", 2).Compensate(recording, "a"));
        StatisticalAssert.Close([1.0, 1 + 2 + 0.5], carried.Intervals.Span, 1e-15);
    }

    // 300 trains of about 500 spikes from the model: p-values uniform, false-alarm rate 1e-4. The naive test rejects nearly all of them.
    [Theory]
    [InlineData(FirstInterval.Include, Censoring.CarryOver)]
    [InlineData(FirstInterval.Drop, Censoring.None)]
    public void Test_TrueModelOnBins_HasUniformPValues(FirstInterval firstInterval, Censoring censoring)
    {
        double[] p = [.. Enumerable.Range(0, 2000).Select(t => 0.25 + (0.2 * Math.Sin(2 * Math.PI * t / 200)))];
        double[] pValues = new double[300], dependence = new double[300];
        int naiveRejections = 0;
        for (uint n = 0; n < pValues.Length; n++)
        {
            TimeRescalingOptions options = new() { Seed = n, Draws = 1, FirstInterval = firstInterval, Censoring = censoring };
            TimeRescalingResult result = TimeRescaling.Test(Compensate(p, Bernoulli(p, 900 + n)), options);
            pValues[n] = result.KolmogorovSmirnov.PValue;
            dependence[n] = result.Dependence.PValue;
            if (result.Naive!.PValue < 0.05) naiveRejections++;
        }

        AssertUniform(pValues, falseAlarmRate: 1e-4);
        AssertUniform(dependence, falseAlarmRate: 1e-4);
        Assert.InRange(naiveRejections, 295, 300);
    }

    // False-alarm rate 1e-4.
    [Fact]
    public void Test_TruePoissonProcess_HasUniformPValues()
    {
        PoissonProcess process = Modulated(20);
        double[] pValues = new double[300];
        for (uint n = 0; n < pValues.Length; n++) pValues[n] = TimeRescaling.Test(process, process.Simulate(Empty(20), n), "a").KolmogorovSmirnov.PValue;
        AssertUniform(pValues, falseAlarmRate: 1e-4);
    }

    // A constant rate of the right mean on 100 trains of about 1200 spikes whose rate is modulated by 90 %: all rejected at 1e-3.
    [Fact]
    public void Test_RateWithoutItsModulation_IsRejected()
    {
        PoissonProcess truth = Modulated(60), wrong = new("a", 20);
        for (uint n = 0; n < 100; n++)
            Assert.InRange(TimeRescaling.Test(wrong, truth.Simulate(Empty(60), n), "a").KolmogorovSmirnov.PValue, 0, 1e-3);
    }

    // On bins: the mean probability without its modulation. A slow modulation also shows in the autocorrelation.
    [Fact]
    public void Test_ProbabilityWithoutItsModulation_IsRejected()
    {
        double[] p = [.. Enumerable.Range(0, 4000).Select(t => 0.25 + (0.24 * Math.Sin(2 * Math.PI * t / 400)))];
        double[] flat = [.. Enumerable.Repeat(0.25, 4000)];
        for (uint n = 0; n < 20; n++)
        {
            TimeRescalingResult result = TimeRescaling.Test(Compensate(flat, Bernoulli(p, n)), new TimeRescalingOptions { Seed = n });
            Assert.InRange(result.Draws!.Maximum, 0, 1e-3);
            Assert.InRange(result.Dependence.PValue, 0, 1e-3);
        }
    }

    // 3000 trials of 0.2 s at 10 Hz: only short waits end within a trial. False-alarm rate of the test that carries over: 1e-3 (p > 0.001).
    [Fact]
    public void Test_ShortTrials_CarryTheWaitOver()
    {
        TimeIntervals trials = TimeIntervals.FromSorted([.. Enumerable.Range(0, 3000).Select(n => new TimeInterval(n, n + 0.2))]);
        PoissonProcess process = new("a", 10);
        Recording recording = process.Simulate(Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), trials, "a")]), 12);
        TimeRescalingOptions cutOff = new() { Censoring = Censoring.None };
        Assert.InRange(TimeRescaling.Test(process, recording, "a", cutOff).KolmogorovSmirnov.PValue, 0, 1e-10);
        TimeRescalingResult carried = TimeRescaling.Test(process, recording, "a");
        Assert.InRange(carried.KolmogorovSmirnov.PValue, 1e-3, 1);
        Assert.Equal(recording[0].Count, carried.Count);
    }

    // The same on bins of 10 ms, against the discrete compensator.
    [Fact]
    public void Test_ShortTrialsOnBins_CarryTheWaitOver()
    {
        double[] p = [.. Enumerable.Repeat(0.1, 20)], q = [.. p.Select(probability => -Math.Log(1 - probability))];
        CompensatorSegment[] segments = [.. Enumerable.Range(0, 3000).Select(n =>
        {
            int[] bins = [.. BinsOf(Bernoulli(p, 5000 + (ulong)n))];
            return BinnedCompensator.Accumulate(new TimeInterval(n, n + 0.2), p, q, bins, out _);
        })];
        Compensator compensator = new("a", IsDiscrete: true, segments, CoincidentSpikes: 0);
        Assert.InRange(TimeRescaling.Test(compensator, new TimeRescalingOptions { Censoring = Censoring.None }).KolmogorovSmirnov.PValue, 0, 1e-10);
        Assert.InRange(TimeRescaling.Test(compensator).Draws!.Median, 1e-3, 1);
    }

    // A refractory and then excitable unit in 400 trials of 0.3 s: what a spike does reaches beyond many trials' ends, and the p-values of
    // the true model are uniform over 100 recordings all the same. False-alarm rate 1e-4.
    [Fact]
    public void Test_ShortTrialsOfAModelWithMemory_HasUniformPValues()
    {
        GlmModel model = new()
        {
            Unit = "a",
            BinWidth = 0.001,
            Baseline = Math.Log(15),
            Observation = ObservationModel.Bernoulli,
            Edge = EdgePolicy.Zero,
            SpikeFilters = [new SpikeFilter("a", 1, [-3, -3, -3, -1, 0.5, 1, 1, 1, 1, 1, 0.8, 0.8, 0.8, 0.8, 0.5, 0.5, 0.5, 0.5])],
        };
        TimeIntervals trials = TimeIntervals.FromSorted([.. Enumerable.Range(0, 400).Select(n => new TimeInterval(n, n + 0.3))]);
        Recording conditions = Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), trials, "a")]);
        double[] pValues = [.. Enumerable.Range(0, 100).Select(n => TimeRescaling.Test(
            model, model.Simulate(conditions, (ulong)n), "a", new TimeRescalingOptions { Seed = (ulong)n, Draws = 1 }).KolmogorovSmirnov.PValue)];
        AssertUniform(pValues, falseAlarmRate: 1e-4);
    }

    [Fact]
    public void Test_SameSeed_Repeats()
    {
        double[] p = [.. Enumerable.Repeat(0.2, 500)];
        Compensator compensator = Compensate(p, Bernoulli(p, 3)) with { CoincidentSpikes = 4 };
        TimeRescalingOptions options = new() { Seed = 6, Draws = 5 };
        TimeRescalingResult first = TimeRescaling.Test(compensator, options), second = TimeRescaling.Test(compensator, options);
        Assert.Equal(first.Rescaled.Intervals.ToArray(), second.Rescaled.Intervals.ToArray());
        Assert.Equal(first.Draws, second.Draws);
        Assert.NotEqual(first.Draws, TimeRescaling.Test(compensator, options with { Seed = 7 }).Draws);
        Assert.Equal((4, 6ul, true, 5), (first.CoincidentSpikes, first.Seed, first.IsDiscrete, first.Draws!.Draws));
        Assert.InRange(first.Draws.Median, first.Draws.Minimum, first.Draws.Maximum);
        Assert.Equal(first.Rescaled.Uniforms.ToArray().Order(), first.SortedUniforms.ToArray());
        Assert.Contains("Unit a: KS D = ", first.ToString(), StringComparison.Ordinal);
    }

    // The same bins under two names: the uniform numbers differ, repeat, and do not depend on what else was judged.
    [Fact]
    public void Test_TwoUnitsOfOneSeed_DrawNumbersOfTheirOwn()
    {
        double[] p = [.. Enumerable.Repeat(0.2, 500)];
        Compensator first = Compensate(p, Bernoulli(p, 3)), second = first with { Unit = "b" };
        TimeRescalingOptions options = new() { Seed = 6, Draws = 3 };
        double[] ofFirst = TimeRescaling.Test(first, options).Rescaled.Uniforms.ToArray(), ofSecond = TimeRescaling.Test(second, options).Rescaled.Uniforms.ToArray();
        Assert.All(ofFirst.Zip(ofSecond), pair => Assert.NotEqual(pair.First, pair.Second));
        Assert.Equal(ofSecond, TimeRescaling.Test(second, options).Rescaled.Uniforms.ToArray());

        // The part of an interval that the number decides, r = (1 - e^-δ)/p, is that of the unit's stream: FNV-1a of "a" is 0xE40C292C (published test vector).
        RandomStream stream = new(6, unit: 0xE40C292C, trial: 0);
        double[] r = [.. Enumerable.Range(0, first.EventCount).Select(_ => stream.NextDouble())];
        Assert.Equal(RescaledIntervals.Discrete(first, r).Uniforms.ToArray(), ofFirst);
    }

    [Fact]
    public void Test_NoSpike_IsNotANumber()
    {
        TimeRescalingResult result = TimeRescaling.Test(new PoissonProcess("a", 5), Empty(1), "a");
        Assert.Equal((0, double.NaN, double.NaN), (result.Count, result.KolmogorovSmirnov.PValue, result.Dependence.PValue));
        TimeRescalingResult binned = TimeRescaling.Test(Compensate([0.5, 0.5], [false, false]));
        Assert.Equal((0, double.NaN), (binned.Count, binned.Draws!.Median));
    }

    [Fact]
    public void Discrete_WrongInput_Throws()
    {
        Compensator binned = Compensate([0.5, 0.5], [true, false]);
        Assert.Throws<ArgumentException>(() => RescaledIntervals.Discrete(binned, []));
        Assert.Throws<ArgumentException>(() => RescaledIntervals.Discrete(binned with { IsDiscrete = false }, [0.5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => TimeRescaling.Test(binned, new TimeRescalingOptions { Draws = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => TimeRescaling.Test(binned, new TimeRescalingOptions { Lags = -1 }));
        Assert.Throws<UnknownUnitException>(() => TimeRescaling.Test(new PoissonProcess("a", 5), Empty(1), "b"));
    }

    private static Compensator Compensate(double[] p, bool[] y)
    {
        double[] q = [.. p.Select(probability => -Math.Log(1 - probability))];
        CompensatorSegment segment = BinnedCompensator.Accumulate(new TimeInterval(0, p.Length * 1.ms), p, q, [.. BinsOf(y)], out int coincident);
        return new Compensator("a", IsDiscrete: true, [segment], coincident);
    }

    private static IEnumerable<int> BinsOf(bool[] y) => Enumerable.Range(0, y.Length).Where(bin => y[bin]);

    private static bool[] Bernoulli(double[] p, ulong seed)
    {
        RandomStream stream = new(seed, unit: 1);
        return [.. p.Select(probability => stream.NextDouble() < probability)];
    }

    private static PoissonProcess Modulated(double seconds)
    {
        BinGrid grid = new(TimeIntervals.Of(0, seconds), 1.ms);
        return new PoissonProcess("a", grid, Enumerable.Range(0, grid.BinCount).Select(bin => 20 * (1 + (0.9 * Math.Sin(2 * Math.PI * bin / 1000.0)))).ToArray());
    }

    private static Recording Empty(double seconds) =>
        Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), TimeIntervals.Of(0, seconds), "a")]);

    private static KolmogorovSmirnovResult Judge(RescaledIntervals rescaled) => KolmogorovSmirnov.Test([.. rescaled.Uniforms.ToArray().Order()]);

    private static void AssertUniform(double[] pValues, double falseAlarmRate) =>
        Assert.InRange(KolmogorovSmirnov.Test([.. pValues.Order()]).PValue, falseAlarmRate, 1);
}
