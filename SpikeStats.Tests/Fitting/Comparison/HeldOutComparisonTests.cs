using SpikeStats.Fitting.Comparison;
using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.Hawkes;
using SpikeStats.Fitting.ModelSelection;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Fitting.Renewal;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;
using SpikeStats.Models.Hawkes;
using SpikeStats.Models.PointProcesses;
using SpikeStats.Models.Renewal;
using SpikeStats.Tests.Testing;
using SpikeStats.Units;

namespace SpikeStats.Tests.Fitting.Comparison;

public sealed class HeldOutComparisonTests
{
    private const int Folds = 4;
    private static readonly TimeIntervals observed = TimeIntervals.FromSorted(new TimeInterval(0, 30), new TimeInterval(40, 60));
    private static readonly Recording regular = Drawn(new RenewalProcess("a", new Gamma(4, 80)), observed, seed: 2);
    private static readonly HistoryTerm history = new(new WindowBasis(1.ms, 10.ms, 20.ms, 40.ms, 80.ms));

    public static TheoryData<string> Kinds => ["glm", "hawkes", "renewal", "poisson"];

    // Second route: log of the intensity at each held-out spike minus the intensity integrated over the held-out bins, both of the whole recording, so that
    // each block sees its true past.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Fold_OfAGivenModel_IsIntensityOverTheBlockGivenTheTruePast(string kind)
    {
        IPointProcess model = Model(kind);
        GivenModel candidate = new("given", model);
        ModelComparison comparison = ModelComparison.Fit(regular, "a", [candidate], new ComparisonOptions { FoldCount = Folds });
        BinGrid grid = new(observed, 1.ms);
        double[] intensity = model.Intensity(regular, "a", grid);
        double[] expected = new double[Folds];
        for (int bin = 0; bin < grid.BinCount; bin++) expected[(int)((long)bin * Folds / grid.BinCount)] -= intensity[bin] * 1.ms;
        foreach (double time in regular[0].Times) expected[(int)((long)grid.BinOf(time) * Folds / grid.BinCount)] += LogIntensity(kind, model, time, intensity[grid.BinOf(time)]);
        StatisticalAssert.Close(expected, [.. comparison.Models[0].HeldOut!.Folds.Select(fold => fold.LogLikelihood)], relative: 1e-9);
    }

    // The folds hold every spike once: what is scored given its past adds up to the likelihood of the whole.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Folds_OfAGivenModel_AddUpToTheLikelihoodOfTheWhole(string kind)
    {
        ModelComparison comparison = ModelComparison.Fit(regular, "a", [new GivenModel("given", Model(kind))], new ComparisonOptions { FoldCount = Folds });
        FoldScore total = comparison.Models[0].HeldOut!.Total;
        StatisticalAssert.Close(comparison.Models[0].LogDensity, total.LogLikelihood, relative: 1e-11);
        Assert.Equal((regular[0].Count, comparison.SpikeCount), (total.SpikeCount, regular[0].Count));
    }

    // Spikes of a clock of 0.5 ms lie on the edges of bins, some of them an ulp before.
    [Fact]
    public void Folds_SpikesOnEdgesOfBins_AddUpToTheLikelihoodOfTheWhole()
    {
        double[] times = [.. regular[0].Times.ToArray().Select(time => 0.1 + (0.0005 * Math.Round(time / 0.0005))).Distinct()];
        TimeIntervals shifted = observed.Shift(0.1);
        Recording clocked = Recording.FromTrains([SpikeTrain.FromSorted(times, shifted, "a")]);
        foreach (int folds in (int[])[3, 7, 50])
        {
            ModelComparison comparison = ModelComparison.Fit(clocked, "a", [new GivenModel("given", Model("glm"))], new ComparisonOptions { FoldCount = folds });
            StatisticalAssert.Close(comparison.Models[0].LogDensity, comparison.Models[0].HeldOut!.Total.LogLikelihood, relative: 1e-11);
            Assert.Equal(times.Length, comparison.Models[0].HeldOut!.Total.SpikeCount);
        }
    }

    // The same folds, filters and guard bands by the cross-validation of GLMs, which scores probabilities of counts 0 and 1. It leaves out the bins
    // without a full history at the start of an observed interval, so that the blocks with such a start are not compared.
    [Fact]
    public void Fold_OfAGlm_IsThatOfCrossValidation()
    {
        GlmSpecification specification = new() { Target = "a", Terms = [history] };
        CrossValidationResult expected = CrossValidation.Score(specification, regular, new CrossValidationOptions { FoldCount = 5 });
        ModelComparison comparison = ModelComparison.Fit(regular, "a", [new GlmCandidate("glm", specification)], new ComparisonOptions { FoldCount = 5, GuardBand = 0 });
        foreach (int fold in (int[])[1, 2, 4])
        {
            FoldScore actual = comparison.Models[0].HeldOut!.Folds[fold];
            Assert.Equal(expected.Folds[fold].SpikeCount, actual.SpikeCount);
            StatisticalAssert.Close(expected.Folds[fold].LogLikelihood, actual.LogLikelihood + (actual.SpikeCount * Math.Log(1.ms)), relative: 1e-9);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Training_OfEveryFold_KeepsClearOfHeldOutTimeAndItsGuardBand(bool isByTrial)
    {
        const double GuardBand = 0.5;
        Recording recording = isByTrial ? InTrials(regular) : regular;
        GivenModel candidate = new("given", Model("poisson"));
        ComparisonOptions options = new() { FoldCount = Folds, IsByTrial = isByTrial, GuardBand = GuardBand };
        ModelScore score = ModelComparison.Fit(recording, "a", [candidate], options).Models[0];
        Assert.Equal(1 + Folds, candidate.Shown.Count);
        for (int fold = 0; fold < Folds; fold++)
        {
            TimeIntervals training = candidate.Shown[1 + fold].Observed;
            TimeIntervals[] heldOut = isByTrial
                ? [.. recording.Trials.Where((_, trial) => trial % Folds == fold).Select(trial => TimeIntervals.FromSorted(trial.Interval))]
                : [new BinGrid(observed, 1.ms) is var grid ? Block(grid, fold) : observed];
            Assert.Equal(heldOut.Sum(block => Count(recording, block)), score.HeldOut!.Folds[fold].SpikeCount);
            foreach (TimeInterval block in heldOut.SelectMany(block => block))
            {
                TimeInterval guarded = new(Math.Max(block.Start - GuardBand, observed[observed.IndexOf(block.Start)].Start), block.End);
                Assert.True(training.Intersect(TimeIntervals.FromSorted(guarded)).Duration < 1e-9, $"{training} overlaps {guarded}.");
            }
        }
    }

    // The constant rate of the training time: n log r - r T on the block.
    [Fact]
    public void Null_OfEachFold_IsTheMeanRateOfTheTrainingTime()
    {
        GivenModel candidate = new("given", Model("renewal"));
        ModelComparison comparison = ModelComparison.Fit(regular, "a", [candidate, new ConstantRateCandidate("poisson", "a")], new ComparisonOptions { FoldCount = Folds });
        for (int fold = 0; fold < Folds; fold++)
        {
            SpikeTrain training = candidate.Shown[1 + fold][0];
            double rate = training.Count / training.Observed.Duration;
            TimeIntervals block = Block(new BinGrid(observed, 1.ms), fold);
            double expected = (Count(regular, block) * Math.Log(rate)) - (rate * block.Duration);
            StatisticalAssert.Close(expected, comparison.Models[0].HeldOut!.Folds[fold].NullLogLikelihood, relative: 1e-12);
        }

        // A Poisson process of constant rate is the null model.
        StatisticalAssert.Close(0, comparison.Models[1].HeldOut!.BitsPerSpike, absolute: 1e-9);
    }

    // 982 gamma intervals of shape 4: the truth is ahead of the constant rate and of an exciting process by far more than the spread over folds, and its
    // held-out score is that in sample to within a few hundredths of a bit.
    [Fact]
    public void Comparison_OfRegularSpikes_PrefersTheTruth()
    {
        ModelComparison comparison = ModelComparison.Fit(
            regular, "a",
            [
                new ConstantRateCandidate("poisson", "a"), new HawkesCandidate("hawkes", new HawkesSpecification { Units = ["a"] }),
                new GlmCandidate("glm", new GlmSpecification { Target = "a", Terms = [history with { Penalty = new Penalty { Ridge = 1 } }] }),
                new RenewalCandidate("gamma", new RenewalSpecification { Target = "a", Family = new GammaFamily() }),
            ]);
        Assert.Empty(comparison.Failures);
        Assert.Equal("gamma", comparison.Best!.Name);
        ModelScore gamma = comparison.Models[3];
        (double advantage, double error) = gamma.HeldOut!.Minus(comparison.Models[0].HeldOut!);
        Assert.True(advantage > 10 * error, $"{advantage} ± {error}");
        Assert.InRange(gamma.BitsPerSpike - gamma.HeldOut.BitsPerSpike, -0.05, 0.05);
        Assert.True(comparison.Models[2].HeldOut!.BitsPerSpike > comparison.Models[1].HeldOut!.BitsPerSpike);
    }

    [Fact]
    public void Comparison_OfExcitedSpikes_PrefersTheHawkesProcess()
    {
        Recording bursting = Drawn(new HawkesModel("a", 4, 0.6, 20), TimeIntervals.Of(0, 150), seed: 4);
        ModelComparison comparison = ModelComparison.Fit(
            bursting, "a",
            [
                new HawkesCandidate("hawkes", new HawkesSpecification { Units = ["a"] }), new ConstantRateCandidate("poisson", "a"),
                new RenewalCandidate("gamma", new RenewalSpecification { Target = "a", Family = new GammaFamily() }),
            ]);
        Assert.Equal("hawkes", comparison.Best!.Name);
        (double advantage, double error) = comparison.Models[0].HeldOut!.Minus(comparison.Models[2].HeldOut!);
        Assert.True(advantage > 2 * error, $"{advantage} ± {error}");
    }

    [Fact]
    public void Comparison_CandidateThatFails_IsReportedBesideTheOthers()
    {
        RenewalSpecification impossible = new() { Target = "a", Family = new RecoveringHazardFamily { RefractoryPeriod = 1 } };
        List<double> progress = [];
        ModelComparison comparison = ModelComparison.Fit(
            regular, "a",
            [
                new RenewalCandidate("impossible", impossible), new ConstantRateCandidate("poisson", "a"),
                new GivenModel("stubborn", new PoissonProcess("a", 1)) { RefusesTraining = true },
            ],
            new ComparisonOptions { FoldCount = 2 }, new Recorder(progress));
        Assert.Equal(["poisson", "stubborn"], comparison.Models.Select(score => score.Name));
        Assert.Contains("refractory period", comparison.Failures[0].Reason, StringComparison.Ordinal);
        Assert.Equal("Not held out, because of fold 1 of 2: the model wants all or nothing", comparison.Failures[1].Reason);
        Assert.Equal(progress.Order(), progress);
        Assert.Equal(1, progress[^1]);
        Assert.Null(comparison.Models[1].HeldOut);
        Assert.Equal("poisson", comparison.Best!.Name);
        Assert.Equal(3, comparison.ToDataTable().Rows.Count);
        Assert.Contains("refractory period", comparison.ToHtml(), StringComparison.Ordinal);
    }

    // A history window in which no training spike fell forbids spikes there: the score is minus infinity, not a number that hides it.
    [Fact]
    public void Fold_WithASpikeThatTheModelForbids_ScoresMinusInfinity()
    {
        GlmModel silent = new() { Unit = "a", BinWidth = 1.ms, Baseline = 3, SpikeFilters = [new SpikeFilter("a", 1, [.. Enumerable.Repeat(double.NegativeInfinity, 15)])], Edge = EdgePolicy.Zero };
        ModelComparison comparison = ModelComparison.Fit(regular, "a", [new GivenModel("silent", silent)], new ComparisonOptions { FoldCount = Folds });
        Assert.Equal(double.NegativeInfinity, comparison.Models[0].HeldOut!.BitsPerSpike);
        Assert.Contains("minus infinity on held-out time: silent", comparison.Plot().Caption, StringComparison.Ordinal);
        Assert.Contains("<svg", comparison.Plot().ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void StandardErrors_OfThreeFolds_AreThoseByHand()
    {
        CrossValidationResult Of(params double[] gains) => new([.. gains.Select((gain, i) => new FoldScore(gain, 0, 10 * (i + 1), 100, FitStatus.Converged))]);
        CrossValidationResult some = Of(6, 10, 20), other = Of(5, 8, 17);

        // 36 nats for 60 spikes; deviations 0, -2, 2. Differences 1, 2, 3: exactly proportional to the spikes.
        StatisticalAssert.Close(0.6 / Math.Log(2), some.BitsPerSpike, relative: 1e-14);
        StatisticalAssert.Close(Math.Sqrt(1.5 * 8) / (60 * Math.Log(2)), some.StandardError, relative: 1e-12);
        Assert.Equal(0.1 / Math.Log(2), some.Minus(other).BitsPerSpike, 1e-14);
        Assert.Equal(0, some.Minus(other).StandardError, 1e-14);
        Assert.Throws<ArgumentException>(() => some.Minus(new CrossValidationResult([.. other.Folds.Skip(1)])));
    }

    [Fact]
    public void Comparison_ImpossibleRequest_IsRefused()
    {
        ModelCandidate poisson = new ConstantRateCandidate("poisson", "a");
        Assert.Throws<ArgumentException>(() => ModelComparison.Fit(regular, "a", []));
        Assert.Throws<ArgumentException>(() => ModelComparison.Fit(regular, "a", [poisson, poisson]));
        Assert.Throws<UnknownUnitException>(() => ModelComparison.Fit(regular, "z", [poisson]));
        Assert.Throws<ArgumentException>(() => ModelComparison.Fit(regular, "a", [poisson], new ComparisonOptions { IsByTrial = true }));
        ModelCandidate[] widths = [.. ((double[])[2.ms, 3.ms]).Select(width => new GlmCandidate($"glm {width}", new GlmSpecification { Target = "a", BinWidth = width }))];
        Assert.Contains("0.002", Assert.Throws<ArgumentException>(() => ModelComparison.Fit(regular, "a", widths)).Message, StringComparison.Ordinal);
        Recording silent = Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), observed, "a")]);
        Assert.Throws<InvalidRecordingException>(() => ModelComparison.Fit(silent, "a", [poisson]));
        Recording once = Recording.FromTrains([SpikeTrain.FromSorted(new[] { 1.0 }, observed, "a")]);
        Assert.Contains("fold 1 of 5", Assert.Throws<InvalidRecordingException>(() => ModelComparison.Fit(once, "a", [poisson])).Message, StringComparison.Ordinal);
        Assert.Throws<OperationCanceledException>(() => ModelComparison.Fit(regular, "a", [new GivenModel("given", Model("hawkes"))], cancellationToken: new CancellationToken(canceled: true)));
    }

    private static double LogIntensity(string kind, IPointProcess model, double time, double inBin)
    {
        TimeInterval interval = observed[observed.IndexOf(time)];
        double[] past = [.. regular[0].TimesIn(interval).ToArray().Where(earlier => earlier < time)];
        return kind switch
        {
            "hawkes" when model is HawkesModel hawkes => Math.Log(hawkes.Baselines[0] + past.Sum(earlier => hawkes.Branching(0, 0, 0) * hawkes.Decays[0] * Math.Exp(-hawkes.Decays[0] * (time - earlier)))),
            "renewal" when model is RenewalProcess renewal => past.Length == 0
                ? renewal.Intervals.LogSurvivor(time - interval.Start) - Math.Log(renewal.Intervals.Mean) - renewal.Intervals.LogEquilibriumSurvivor(time - interval.Start)
                : Math.Log(renewal.Intervals.Hazard(time - past[^1])),
            _ => Math.Log(inBin),
        };
    }

    private static IPointProcess Model(string kind) => kind switch
    {
        "glm" => new GlmModel { Unit = "a", BinWidth = 1.ms, Baseline = 3, SpikeFilters = [new SpikeFilter("a", 1, [-2, -1.5, -1, -0.5, 0.5, 0.25])], Edge = EdgePolicy.Zero },
        "hawkes" => new HawkesModel("a", 12, 0.4, 3),
        "renewal" => new RenewalProcess("a", new Gamma(3, 60), RenewalStart.Equilibrium),
        _ => new PoissonProcess("a", 20),
    };

    private static TimeIntervals Block(BinGrid grid, int fold)
    {
        int[] bins = [.. Enumerable.Range(0, grid.BinCount).Where(bin => (int)((long)bin * Folds / grid.BinCount) == fold)];
        return TimeIntervals.Of(grid.StartOf(bins[0]), grid.StartOf(bins[^1]) + grid.BinWidth).Intersect(grid.Observed);
    }

    private static int Count(Recording recording, TimeIntervals intervals) => intervals.Sum(interval => recording[0].TimesIn(interval).Length);

    private static Recording InTrials(Recording recording)
    {
        List<Trial> trials = [.. Enumerable.Range(0, 10).Select(i => new Trial($"{i}", new TimeInterval(5 * i, (5 * i) + 5), 5 * i)).Where(trial => observed.Contains(trial.Interval.Start))];
        return Recording.FromTrains([recording[0]], trials);
    }

    private static Recording Drawn(IPointProcess truth, TimeIntervals intervals, ulong seed) =>
        truth.Simulate(Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), intervals, "a")]), seed);

    private sealed class Recorder(List<double> reports) : IProgress<double>
    {
        public void Report(double value) => reports.Add(value);
    }
}
