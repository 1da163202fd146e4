using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Glm;

public sealed class GlmFitTests
{
    private static readonly TabulatedBasis fourLags = new(new double[,] { { 1, 0 }, { 1, 0 }, { 0, 1 }, { 0, 1 } });

    [Theory]
    [InlineData(EdgePolicy.Drop)]
    [InlineData(EdgePolicy.Zero)]
    public void LogLikelihood_OfTheFit_EqualsThatOfItsModel(EdgePolicy edge)
    {
        Recording recording = TwoUnits(trials: 3);
        GlmFit fit = Specification("a", edge).Fit(recording);
        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        StatisticalAssert.Close(fit.LogLikelihood, fit.Model.LogLikelihood(recording), relative: 1e-12);
        Assert.Equal(edge == EdgePolicy.Drop ? 3 * (2000 - 4) : 3 * 2000, fit.BinCount);
    }

    [Fact]
    public void Score_AtTheEstimate_IsZeroByFiniteDifferences()
    {
        Recording recording = TwoUnits(trials: 1);
        GlmFit fit = Specification("a", EdgePolicy.Zero).Fit(recording);
        GlmModel model = fit.Model;
        const double h = 1e-5;
        double Slope(Func<double, GlmModel> moved) => (moved(h).LogLikelihood(recording) - moved(-h).LogLikelihood(recording)) / (2 * h);
        StatisticalAssert.Close(0, Slope(step => model with { Baseline = model.Baseline + step }), absolute: 1e-4);
        for (int lag = 0; lag < 4; lag += 2)
        {
            StatisticalAssert.Close(0, Slope(step => model with { SpikeFilters = [Moved(model.SpikeFilters[0], lag, step), model.SpikeFilters[1]] }), absolute: 1e-4);
            StatisticalAssert.Close(0, Slope(step => model with { SignalFilters = [Moved(model.SignalFilters[0], lag, step)] }), absolute: 1e-4);
        }
    }

    // The slope of the log-likelihood in the baseline is the number of spikes less the number expected.
    [Theory]
    [InlineData(EdgePolicy.Drop)]
    [InlineData(EdgePolicy.Zero)]
    public void Compensator_AtTheEstimate_IsTheNumberOfSpikes(EdgePolicy edge)
    {
        Recording recording = TwoUnits(trials: 3);
        GlmFit fit = Specification("a", edge).Fit(recording);
        StatisticalAssert.Close(fit.SpikeCount, fit.Model.Compensate(recording, "a").Segments.Sum(segment => segment.AtEnd), relative: 1e-8);
    }

    [Fact]
    public void Threads_OneOrMany_GiveTheSameBits()
    {
        Recording recording = TwoUnits(trials: 40);
        GlmFit one = Specification("a", EdgePolicy.Drop).Fit(recording, new GlmFitOptions { Threads = 1 });
        GlmFit many = Specification("a", EdgePolicy.Drop).Fit(recording, new GlmFitOptions { Threads = 4 });
        Assert.Equal(one.Coefficients, many.Coefficients);
        Assert.Equal(one.StandardErrors, many.StandardErrors);
        Assert.Equal(one.LogLikelihood, many.LogLikelihood);
    }

    [Fact]
    public void WarmStart_ManyBins_ReachesTheSameOptimum()
    {
        // 400,000 bins start from a part of the data; the same bins in another bin order do not change the optimum, so that the
        // gradient at the reported point is the independent check.
        Recording recording = TwoUnits(trials: 200);
        GlmFit fit = Specification("a", EdgePolicy.Zero).Fit(recording);
        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        Assert.True(fit.Certificate.GradientNorm < 1e-5);
        StatisticalAssert.Close(fit.LogLikelihood, fit.Model.LogLikelihood(recording), relative: 1e-12);
    }

    [Fact]
    public void UnitOrder_Permuted_ChangesNothing()
    {
        Recording recording = TwoUnits(trials: 2);
        Recording swapped = Recording.FromTrains([recording["b"], recording["a"]], recording.Trials, recording.Signals);
        Assert.Equal(Specification("a", EdgePolicy.Drop).Fit(recording).Coefficients, Specification("a", EdgePolicy.Drop).Fit(swapped).Coefficients);
    }

    [Fact]
    public void OtherUnits_InTheRecording_ChangeNothing()
    {
        // Fitting every unit of a population is fitting each on its own.
        Recording recording = TwoUnits(trials: 2);
        Recording crowd = Recording.FromTrains(
            [SpikeTrain.FromSorted(new[] { 0.5, 1.5 }, recording.Observed, "bystander"), .. recording.Trains], recording.Trials, recording.Signals);
        foreach (string unit in new[] { "a", "b" })
            Assert.Equal(Specification(unit, EdgePolicy.Drop).Fit(recording).Coefficients, Specification(unit, EdgePolicy.Drop).Fit(crowd).Coefficients);
    }

    // A source that was not observed is not one that was silent: the model knows nothing of the target there.
    [Fact]
    public void Source_ObservedForLessTimeThanTheTarget_BoundsFitAndModelAlike()
    {
        Recording recording = TwoUnits(trials: 3);
        TimeIntervals less = TimeIntervals.FromSorted(new TimeInterval(recording.Observed[0].Start + 0.25, recording.Observed[0].End), recording.Observed[2]);
        SpikeTrain source = recording["b"];
        double[] seen = [.. source.Times.ToArray().Where(time => less.IndexOf(time) >= 0)];
        Recording partly = Recording.FromTrains([recording["a"], SpikeTrain.FromSorted(seen, less, "b")], recording.Trials, recording.Signals);
        GlmFit fit = Specification("a", EdgePolicy.Drop).Fit(partly), both = Specification("a", EdgePolicy.Drop).Fit(recording.Restrict(less));
        StatisticalAssert.Close([.. both.Coefficients], [.. fit.Coefficients], absolute: 1e-12);
        StatisticalAssert.Close(fit.LogLikelihood, fit.Model.LogLikelihood(partly), relative: 1e-12);
        Assert.Equal(2, fit.Model.Compensate(partly, "a").Segments.Count);
        StatisticalAssert.Close(fit.Model.LogDensity(recording.Restrict(less)), fit.Model.LogDensity(partly), relative: 1e-12);
    }

    [Fact]
    public void TimeUnit_AThousandTimesLonger_ShiftsOnlyTheBaseline()
    {
        Recording recording = TwoUnits(trials: 2);
        TimeIntervals slow = TimeIntervals.FromSorted([.. recording.Observed.Select(own => new TimeInterval(own.Start * 1000, own.End * 1000))]);
        SampledSignal drive = recording.Signal("drive");
        Recording stretched = Recording.FromTrains(
            recording.Trains.Select(train => SpikeTrain.FromSorted(train.Times.ToArray().Select(time => time * 1000).ToArray(), slow, train.Unit)),
            signals: [SampledSignal.Regular("drive", drive.Values.ToArray(), 0, 1)]);
        GlmFit fast = Specification("a", EdgePolicy.Drop).Fit(recording);
        GlmFit fit = (Specification("a", EdgePolicy.Drop) with { BinWidth = 1 }).Fit(stretched);
        double[] expected = [fast.Coefficients[0] - Math.Log(1000), .. fast.Coefficients.Skip(1)];
        StatisticalAssert.Close(expected, [.. fit.Coefficients], absolute: 1e-9);
        StatisticalAssert.Close(fast.LogLikelihood, fit.LogLikelihood, relative: 1e-11);
    }

    [Fact]
    public void ObservedTime_SplitWithoutHistory_KeepsTheLikelihood()
    {
        // Without memory the bins are independent, so that cutting the observed time between bins changes nothing.
        Recording recording = TwoUnits(trials: 1);
        Recording split = recording.Restrict(TimeIntervals.FromSorted(new TimeInterval(0, 0.7), new TimeInterval(0.7, 2)));
        GlmSpecification specification = new() { Target = "a", Terms = [new CovariateTerm("drive", 1, 2)] };
        GlmFit whole = specification.Fit(recording), parts = specification.Fit(split);
        StatisticalAssert.Close([.. whole.Coefficients], [.. parts.Coefficients], absolute: 1e-10);
        StatisticalAssert.Close(whole.LogLikelihood, parts.LogLikelihood, relative: 1e-12);
    }

    [Fact]
    public void RepeatedColumn_IsLeftOutAndNamed()
    {
        double[] x = [.. Enumerable.Range(0, 500).Select(t => Math.Sin(t))];
        int[] counts = [.. Enumerable.Range(0, 500).Select(t => t % 7 == 0 ? 1 : 0)];
        GlmFit fit = Regression.Fit(counts, [x, [.. x.Select(value => 2 * value)]]);
        Assert.Equal(FitStatus.RankDeficient, fit.Certificate.Status);
        Assert.Equal(2, fit.Certificate.Rank);
        Assert.Contains("x1", fit.Certificate.Message, StringComparison.Ordinal);
        Assert.Equal(0, fit.Coefficients[2]);
        Assert.True(double.IsNaN(fit.StandardErrors[2]));
        StatisticalAssert.Close([.. Regression.Fit(counts, [x]).Coefficients], [.. fit.Coefficients.Take(2)], absolute: 1e-9);
    }

    [Fact]
    public void SeparationByACombination_OfTwoSignals_IsDiagnosedAndNamed()
    {
        // Spikes only where x0 = x1; elsewhere x0 > x1: the direction (-1, +1) raises the likelihood forever, though neither signal does alone.
        RandomStream stream = new(8);
        double[] x0 = [.. Enumerable.Range(0, 2000).Select(_ => stream.NextGaussian())];
        int[] counts = [.. Enumerable.Range(0, 2000).Select(t => t % 5 == 0 ? 1 : 0)];
        double[] x1 = [.. x0.Select((value, t) => counts[t] > 0 ? value : value - stream.NextDouble() - 0.1)];
        GlmFit fit = Regression.Fit(counts, [x0, x1]);
        Assert.Equal(FitStatus.Separated, fit.Certificate.Status);
        Assert.Contains("x0", fit.Certificate.Message, StringComparison.Ordinal);
        Assert.Contains("x1", fit.Certificate.Message, StringComparison.Ordinal);
        Assert.True(fit.Certificate.Iterations < 40);
        Assert.All(fit.Coefficients, coefficient => Assert.True(Math.Abs(coefficient) < 1e3));
    }

    // Spikes exactly where x > 0: every link of spike-or-none pushes the slope to infinity.
    [Fact]
    public void Separation_OfBinaryCountsByOneSignal_IsDiagnosedForEveryLink()
    {
        RandomStream stream = new(9);
        double[] x = [.. Enumerable.Range(0, 400).Select(_ => stream.NextGaussian()).Select(value => value + (0.2 * Math.Sign(value)))];
        int[] counts = [.. x.Select(value => value > 0 ? 1 : 0)];
        foreach (ObservationModel law in (ObservationModel[])[ObservationModel.Bernoulli, ObservationModel.BernoulliLogit, ObservationModel.BernoulliProbit])
        {
            GlmFit fit = Regression.Fit(counts, [x], observation: law);
            Assert.Equal((law.Link, FitStatus.Separated), (law.Link, fit.Certificate.Status));
            Assert.Contains("x0", fit.Certificate.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void NegativeBinomialShape_OfSimulatedHistoryModel_IsRecoveredAndFitsItsModel()
    {
        Recording conditions = Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), TimeIntervals.Of(0, 300), "none")]);
        GlmModel truth = new()
        {
            Unit = "a",
            BinWidth = 0.02,
            Baseline = Math.Log(40),
            Observation = ObservationModel.NegativeBinomialOf(1.5),
            SpikeFilters = [new SpikeFilter("a", 1, [-0.2, -0.1])],
        };
        Recording recording = truth.Simulate(conditions, seed: 6);
        GlmFit fit = new GlmSpecification { Target = "a", BinWidth = 0.02, Observation = ObservationModel.NegativeBinomial, Terms = [new HistoryTerm(new LagBasis(2))] }.Fit(recording);
        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);

        // Four standard errors: a false alarm in 16,000 seeds for each of the four.
        Assert.True(Math.Abs(fit.Shape!.Value - 1.5) < 4 * fit.Shape.StandardError);
        double[] expected = [truth.Baseline, -0.2, -0.1];
        for (int i = 0; i < 3; i++) Assert.True(Math.Abs(fit.Coefficients[i] - expected[i]) < 4 * fit.StandardErrors[i]);
        StatisticalAssert.Close(fit.LogLikelihood, fit.Model.LogLikelihood(recording), relative: 1e-12);
        Assert.Equal(4, fit.Model.ParameterCount);
    }

    [Fact]
    public void RefractoryWindow_NeverFollowedByASpike_IsInfinitelyNegativeAndSimulates()
    {
        // A spike every 10 bins: the windows of lags 1 to 4 are never followed by one.
        double[] times = [.. Enumerable.Range(0, 200).Select(spike => (10 * spike) + 0.5 + (spike % 3))];
        Recording recording = Recording.FromTrains([SpikeTrain.FromSorted(times, TimeIntervals.Of(0, 2000), "a")]);
        GlmFit fit = new GlmSpecification
        {
            Target = "a",
            BinWidth = 1,
            Observation = ObservationModel.Bernoulli,
            Terms = [new HistoryTerm(fourLags)],
            Edge = EdgePolicy.Zero,
        }.Fit(recording);
        Assert.Equal(FitStatus.Separated, fit.Certificate.Status);
        Assert.Contains("lags 1 to 2 ms", fit.Certificate.Message.Replace("000", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.All(fit.Term("history").Filter, gain => Assert.Equal(double.NegativeInfinity, gain));
        Assert.True(double.IsFinite(fit.LogLikelihood));
        StatisticalAssert.Close(fit.LogLikelihood, fit.Model.LogLikelihood(recording), relative: 1e-12);
        ReadOnlySpan<double> simulated = fit.Model.Simulate(recording, seed: 1)["a"].Times;
        for (int i = 1; i < simulated.Length; i++) Assert.True(Math.Floor(simulated[i]) - Math.Floor(simulated[i - 1]) > 4);
    }

    [Fact]
    public void CouplingFromASilentUnit_IsLeftOut()
    {
        Recording recording = TwoUnits(trials: 1);
        Recording withSilent = Recording.FromTrains([.. recording.Trains, SpikeTrain.FromSorted(Array.Empty<double>(), recording.Observed, "silent")]);
        GlmFit fit = new GlmSpecification { Target = "a", Terms = [new CouplingTerm("silent", fourLags)] }.Fit(withSilent);
        Assert.Equal(FitStatus.RankDeficient, fit.Certificate.Status);
        Assert.Contains("coupling:silent", fit.Certificate.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BadRequests_SayWhatIsWrong()
    {
        Recording recording = TwoUnits(trials: 1);
        Assert.Throws<UnknownUnitException>(() => new GlmSpecification { Target = "c" }.Fit(recording));
        Assert.Throws<UnknownUnitException>(() => new GlmSpecification { Target = "a", Terms = [new CouplingTerm("c", fourLags)] }.Fit(recording));
        Assert.Throws<ArgumentException>(() => new GlmSpecification { Target = "a", Terms = [new CouplingTerm("a", fourLags)] }.Fit(recording));
        Assert.Throws<ArgumentException>(() => new GlmSpecification { Target = "a", Terms = [new StimulusTerm("none", fourLags)] }.Fit(recording));
        Assert.Throws<ArgumentException>(() => new GlmSpecification { Target = "a", Terms = [new HistoryTerm(fourLags), new HistoryTerm(fourLags)] }.Fit(recording));
        Recording silent = Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), TimeIntervals.Of(0, 1), "a")]);
        Assert.Contains("no spike", Assert.Throws<InvalidRecordingException>(() => new GlmSpecification { Target = "a" }.Fit(silent)).Message, StringComparison.Ordinal);
        Recording brief = recording.Restrict(TimeIntervals.Of(0, 0.002));
        Assert.Contains("full history", Assert.Throws<InvalidRecordingException>(() => Specification("a", EdgePolicy.Drop).Fit(brief)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ColumnOrder_Permuted_PermutesTheCoefficients()
    {
        Recording recording = TwoUnits(trials: 20);
        GlmSpecification specification = Specification("a", EdgePolicy.Drop);
        GlmFit fit = specification.Fit(recording), reversed = (specification with { Terms = [.. specification.Terms.Reverse()] }).Fit(recording);
        foreach (TermFit term in fit.Terms)
        {
            StatisticalAssert.Close([.. term.Coefficients], [.. reversed.Term(term.Name).Coefficients], absolute: 1e-7);
            StatisticalAssert.Close([.. term.StandardErrors], [.. reversed.Term(term.Name).StandardErrors], relative: 1e-6);
        }

        StatisticalAssert.Close(fit.LogLikelihood, reversed.LogLikelihood, relative: 1e-13);
    }

    [Fact]
    public void ConstantCovariate_IsLeftOutAndNamed()
    {
        int[] counts = [.. Enumerable.Range(0, 500).Select(t => t % 7 == 0 ? 1 : 0)];
        GlmFit fit = Regression.Fit(counts, [[.. Enumerable.Repeat(3.0, 500)]]);
        Assert.Equal(FitStatus.RankDeficient, fit.Certificate.Status);
        Assert.Contains("x0", fit.Certificate.Message, StringComparison.Ordinal);
        StatisticalAssert.Close(Math.Log(counts.Average()), fit.Coefficients[0], absolute: 1e-9);
    }

    [Fact]
    public void TooFewSpikes_ForTheCoefficients_SaysSo()
    {
        RandomStream stream = new(3);
        int[] counts = [.. Enumerable.Range(0, 300).Select(t => t is 20 or 200 ? 1 : 0)];
        GlmFit fit = Regression.Fit(counts, [.. Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, 300).Select(_ => stream.NextGaussian()).ToArray())]);
        Assert.Contains("only 2 spikes for 5 coefficients", fit.Certificate.Message, StringComparison.Ordinal);
        Assert.Contains("penalise", fit.Certificate.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void IterationLimit_BeforeTheOptimum_SaysHowFarItIs()
    {
        GlmFit fit = Specification("a", EdgePolicy.Drop).Fit(TwoUnits(trials: 2), new GlmFitOptions { MaxIterations = 1 });
        Assert.Equal(FitStatus.IterationLimit, fit.Certificate.Status);
        Assert.Contains("not the optimum", fit.Certificate.Message, StringComparison.Ordinal);
        Assert.True(fit.Certificate.NewtonDecrement > 1e-16);
    }

    [Fact]
    public void Options_OutOfRange_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new GlmFitOptions { Tolerance = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GlmFitOptions { Tolerance = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GlmFitOptions { MaxIterations = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GlmFitOptions { Threads = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GlmFitOptions { Threads = -2 });
    }

    [Fact]
    public void Cancellation_BeforeTheStart_StopsTheFit()
    {
        Assert.ThrowsAny<OperationCanceledException>(() => Specification("a", EdgePolicy.Drop).Fit(TwoUnits(trials: 1), cancellationToken: new CancellationToken(true)));
    }

    private static GlmSpecification Specification(string target, EdgePolicy edge) => new()
    {
        Target = target,
        Edge = edge,
        Terms = [new StimulusTerm("drive", fourLags), new HistoryTerm(fourLags), new CouplingTerm(target == "a" ? "b" : "a", fourLags)],
    };

    // Two coupled units under a common drive, in trials of 2 s.
    private static Recording TwoUnits(int trials)
    {
        RandomStream stream = new(21);
        double[] drive = [.. Enumerable.Range(0, trials * 2000).Select(_ => stream.NextGaussian())];
        TimeIntervals observed = TimeIntervals.FromSorted([.. Enumerable.Range(0, trials).Select(trial => new TimeInterval(2 * trial, (2 * trial) + 2))]);
        Recording conditions = Recording.FromTrains(
            [SpikeTrain.FromSorted(Array.Empty<double>(), observed, "none")], signals: [SampledSignal.Regular("drive", drive, 0, 1000)]);
        GlmModel Unit(string id, string other) => new()
        {
            Unit = id,
            BinWidth = 0.001,
            Baseline = Math.Log(30),
            SpikeFilters = [new SpikeFilter(id, 1, [-2, -2, -0.5, -0.5]), new SpikeFilter(other, 1, [0.6, 0.6, 0.2, 0.2])],
            SignalFilters = [new SignalFilter("drive", 0, [0.3, 0.3, -0.1, -0.1])],
        };
        return new GlmPopulation([Unit("a", "b"), Unit("b", "a")]).Simulate(conditions, seed: 4);
    }

    private static SpikeFilter Moved(SpikeFilter filter, int lag, double step) => filter with { LogGain = Moved(filter.LogGain, lag, step) };

    private static SignalFilter Moved(SignalFilter filter, int lag, double step) => filter with { Gain = Moved(filter.Gain, lag, step) };

    // Both lags of a window share one coefficient.
    private static double[] Moved(IReadOnlyList<double> values, int lag, double step) =>
        [.. values.Select((value, i) => i == lag || i == lag + 1 ? value + step : value)];
}
