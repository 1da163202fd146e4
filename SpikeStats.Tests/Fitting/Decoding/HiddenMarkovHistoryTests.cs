using SpikeStats.Fitting.Decoding;
using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;
using SpikeStats.Models.PointProcesses;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Decoding;

public sealed class HiddenMarkovHistoryTests
{
    private const double BinWidth = 0.01;
    private static readonly WindowBasis windows = new(0.01, 0.02, 0.04);

    // Two units, six bins, two states: 64 paths. The predictive law is a ratio of sums over paths, and the likelihood is one of them.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ShortRecording_AgreesWithAllPaths(bool isShared)
    {
        HiddenMarkovModel model = WithHistory(isShared);
        int[][] counts = [[1, 0, 2, 0, 0, 1], [0, 1, 1, 0, 1, 0]];
        Recording recording = OfCounts(counts);
        StatisticalAssert.Close(Math.Log(SumOverPaths(model, counts, 6, -1)), model.LogLikelihood(recording), 1e-12);
        BinGrid grid = new(recording.Observed, BinWidth);
        for (int unit = 0; unit < 2; unit++)
        {
            double[] intensity = model.Intensity(recording, model.Units[unit], grid);
            for (int bin = 0; bin < 6; bin++)
            {
                double silent = SumOverPaths(model, counts, bin, unit) / SumOverPaths(model, counts, bin, -1);
                StatisticalAssert.Close(-Math.Log(silent) / BinWidth, intensity[bin], relative: 1e-10);
            }

            CompensatorSegment segment = Assert.Single(model.Compensate(recording, model.Units[unit]).Segments);
            StatisticalAssert.Close(intensity.Sum() * BinWidth, segment.HazardAtEnd, relative: 1e-12);
            Assert.True(segment.AtEnd > segment.HazardAtEnd);
        }

        Assert.Throws<UnknownUnitException>(() => model.Intensity(recording, "z", grid));
        Assert.Throws<ArgumentException>(() => model.Intensity(recording, "a", new BinGrid(recording.Observed, 0.02)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Score_AtAnyPoint_IsTheSlopeOfTheLogLikelihood(bool isShared)
    {
        const double Step = 1e-5;
        HiddenMarkovModel model = WithHistory(isShared);
        Recording recording = model.Simulate(HiddenMarkovModelTests.Conditions(5), seed: 2);
        double[] point = HiddenMarkovScore.Pack(model);
        Assert.Equal(isShared ? 4 + 4 + 2 : 4 + 8 + 2, point.Length);
        Assert.Equal(point.Length + 1, model.ParameterCount);
        Assert.Equal(point.Length, HiddenMarkovScore.Names(model).Distinct(StringComparer.Ordinal).Count());
        RandomStream stream = new(5);
        for (int i = 0; i < point.Length; i++) point[i] += 0.2 * stream.NextGaussian();
        HiddenMarkovModel At(double[] parameters) => HiddenMarkovScore.Unpack(model, parameters);
        Assert.Equal(point, HiddenMarkovScore.Pack(At(point)));
        double[] score = HiddenMarkovScore.Of(At(point), HiddenMarkovData.Of(model, recording), CancellationToken.None).Gradient;
        for (int i = 0; i < point.Length; i++)
        {
            double[] above = [.. point], below = [.. point];
            above[i] += Step;
            below[i] -= Step;
            StatisticalAssert.Close((At(above).LogLikelihood(recording) - At(below).LogLikelihood(recording)) / (2 * Step), score[i], 1e-4);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void OneState_IsThePlainGlmFit(bool isShared)
    {
        GlmModel truth = new() { Unit = "a", BinWidth = BinWidth, Baseline = Math.Log(25), Edge = EdgePolicy.Zero, SpikeFilters = [new SpikeFilter("a", 1, [-1.5, 0.5, 0.3])] };
        Recording recording = truth.Simulate(HiddenMarkovModelTests.Conditions(60), seed: 1);
        GlmFit glm = new GlmSpecification { Target = "a", BinWidth = BinWidth, Edge = EdgePolicy.Zero, Terms = [new HistoryTerm(windows)] }.Fit(recording);
        HiddenMarkovFit fit = new HiddenMarkovSpecification { StateCount = 1, BinWidth = BinWidth, History = windows, IsHistoryShared = isShared }.Fit(recording, new HiddenMarkovFitOptions { Starts = 1 });
        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        for (int i = 0; i < 3; i++)
        {
            StatisticalAssert.Close(glm.Coefficients[i], fit.Parameters[i], 1e-7);
            StatisticalAssert.Close(glm.StandardErrors[i], fit.StandardErrors[i], relative: 1e-5);
        }

        StatisticalAssert.Close(glm.LogLikelihood, fit.LogLikelihood, relative: 1e-11);
        StatisticalAssert.Close(glm.Model.LogDensity(recording), fit.Model.LogDensity(recording), relative: 1e-11);
        StatisticalAssert.Close([.. glm.Terms[1].Filter], fit.Model.HistoryFilter(0, 0), 1e-7);
        BinGrid grid = new(recording.Observed, BinWidth);
        StatisticalAssert.Close(glm.Model.Intensity(recording, "a", grid), fit.Model.Intensity(recording, "a", grid), relative: 1e-6);
    }

    // Every z below 4.5 (false-alarm rate 24 · 6.8e-6). Time rescaling of the fit holds (p above 1e-3; fitted parameters make p larger),
    // and that of a fit without history does not.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void SimulatedRecordings_AreRecovered_AndJudged(bool isShared)
    {
        HiddenMarkovModel truth = WithHistory(isShared);
        double[] expected = HiddenMarkovScore.Pack(truth);
        HiddenMarkovFitOptions options = new() { Starts = 2 };
        Recording recording = truth.Simulate(HiddenMarkovModelTests.Conditions(100), seed: 1);
        HiddenMarkovFit fit = new HiddenMarkovSpecification { BinWidth = BinWidth, History = windows, IsHistoryShared = isShared }.Fit(recording, options);
        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        Assert.True(fit.LogLikelihood >= truth.LogLikelihood(recording));
        for (int i = 0; i < expected.Length; i++) StatisticalAssert.WithinStandardErrors(fit.Parameters[i], expected[i], fit.StandardErrors[i], k: 4.5);
        foreach (string unit in truth.Units) Assert.True(TimeRescaling.Test(fit.Model, recording, unit).KolmogorovSmirnov.PValue > 1e-3);
        HiddenMarkovFit forgetful = new HiddenMarkovSpecification { BinWidth = BinWidth }.Fit(recording, options);
        Assert.True(TimeRescaling.Test(forgetful.Model, recording, "a").KolmogorovSmirnov.PValue < 1e-3);
        Assert.True(forgetful.Bic > fit.Bic);
    }

    // The true model predicts: p-values of 40 recordings are uniform, to within the 1e-4 level of their own test.
    [Fact]
    public void TimeRescaling_OfTheTruth_HasUniformPValues()
    {
        HiddenMarkovModel truth = WithHistory(isShared: true);
        double[] values = [.. Enumerable.Range(1, 40).Select(seed => TimeRescaling.Test(
            truth, truth.Simulate(HiddenMarkovModelTests.Conditions(20), (ulong)seed), "b", new TimeRescalingOptions { Draws = 1, Seed = (ulong)seed }).KolmogorovSmirnov.PValue).Order()];
        Assert.True(KolmogorovSmirnov.Test(values).PValue > 1e-4);
    }

    [Fact]
    public void RefractoryUnit_HasAParameterAtItsLimit()
    {
        GlmModel truth = new() { Unit = "a", BinWidth = BinWidth, Baseline = Math.Log(30), Edge = EdgePolicy.Zero, Observation = ObservationModel.Bernoulli, SpikeFilters = [new SpikeFilter("a", 1, [double.NegativeInfinity])] };
        Recording recording = truth.Simulate(HiddenMarkovModelTests.Conditions(20), seed: 1);
        HiddenMarkovFit fit = new HiddenMarkovSpecification { StateCount = 1, BinWidth = BinWidth, History = windows }.Fit(recording, new HiddenMarkovFitOptions { Starts = 1 });
        Assert.Equal(FitStatus.Separated, fit.Certificate.Status);
        Assert.Contains("history: unit a, function 1", fit.Certificate.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ExplosiveHistory_RunsAwayByName()
    {
        HiddenMarkovModel model = new(["a"], BinWidth, [], [], [1], [0], [Math.Log(50), 3, 3], windows);
        RunawayException error = Assert.Throws<RunawayException>(() => model.Simulate(HiddenMarkovModelTests.Conditions(100), seed: 1));
        Assert.Equal("a", error.Unit);
    }

    // Counts of the first bins, with the unit that is to be silent in the bin after them (-1: only the first bins).
    private static double SumOverPaths(HiddenMarkovModel model, int[][] counts, int bins, int silentUnit)
    {
        int length = bins + (silentUnit < 0 ? 0 : 1);
        double total = 0;
        for (int code = 0; code < 1 << length; code++)
        {
            double probability = 1;
            for (int bin = 0; bin < length; bin++)
            {
                int state = (code >> bin) & 1;
                probability *= bin == 0 ? model.Initial[state] : model.Transition()[(code >> (bin - 1)) & 1, state];
                for (int unit = 0; unit < counts.Length; unit++)
                {
                    if (bin == bins && unit != silentUnit) continue;
                    double[] filter = model.HistoryFilter(state, unit);
                    double predictor = Math.Log(model.Rate(state, unit));
                    for (int lag = 1; lag <= Math.Min(bin, filter.Length); lag++) predictor += counts[unit][bin - lag] * filter[lag - 1];
                    double mean = BinWidth * Math.Exp(predictor);
                    int count = bin == bins ? 0 : counts[unit][bin];
                    probability *= Math.Exp(-mean) * Math.Pow(mean, count) / MathNet.Numerics.SpecialFunctions.Factorial(count);
                }
            }

            total += probability;
        }

        return total;
    }

    // States of 0.33 and 0.25 s; refractory, then a little excited.
    private static HiddenMarkovModel WithHistory(bool isShared)
    {
        double[] second = isShared ? [-1.2, 0.3] : [-0.6, 0.1];
        return new HiddenMarkovModel(
            ["a", "b"], BinWidth, [], [], [0.6, 0.4], [Math.Log(0.97), Math.Log(0.03), Math.Log(0.04), Math.Log(0.96)],
            [Math.Log(8), -1.2, 0.3, Math.Log(20), -0.8, 0.2, Math.Log(40), .. second, Math.Log(9), .. isShared ? new[] { -0.8, 0.2 } : [-0.3, 0.1]],
            windows, isShared);
    }

    private static Recording OfCounts(int[][] counts) => Recording.FromTrains(counts.Select((own, unit) => SpikeTrain.FromSorted(
        own.SelectMany((count, bin) => Enumerable.Range(0, count).Select(spike => BinWidth * (bin + ((spike + 0.5) / count)))).ToArray(),
        TimeIntervals.Of(0, BinWidth * own.Length), unit == 0 ? "a" : "b")));
}
