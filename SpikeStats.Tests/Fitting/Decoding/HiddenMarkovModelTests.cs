using System.Text.Json;
using SpikeStats.Fitting.Decoding;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Decoding;

public sealed class HiddenMarkovModelTests
{
    [Fact]
    public void LogLikelihood_TwoStates_MatchesReference()
    {
        JsonElement reference = ReferenceFile.Read("decoding").At("poisson_hmm");
        double[,] transition = Matrix(reference.At("A"));
        double[] rates = reference.At("rates").Doubles();
        HiddenMarkovModel model = HiddenMarkovModel.FromProbabilities(["a"], 1, reference.At("pi").Doubles(), transition, new double[,] { { rates[0] }, { rates[1] } });
        Recording recording = OfCounts(reference.At("obs").Integers());
        StatisticalAssert.Close(reference.Number("loglik"), model.LogLikelihood(recording), 1e-9);

        // The filtered probabilities are the posteriors of the last bin of ever longer recordings.
        JsonElement[] filtered = [.. reference.At("filtered").EnumerateArray()];
        for (int bins = 1; bins <= filtered.Length; bins++)
        {
            StateSegmentation segmentation = model.Segment(recording.Restrict(TimeIntervals.Of(0, bins)));
            StatisticalAssert.Close(filtered[bins - 1].Doubles(), segmentation.Probabilities(bins - 1), 1e-9);
        }
    }

    [Fact]
    public void Segment_ShortRecording_AgreesWithAllPaths()
    {
        HiddenMarkovModel model = HiddenMarkovModel.FromProbabilities(
            ["a"], 1, [0.2, 0.5, 0.3], new double[,] { { 0.7, 0.3, 0 }, { 0.1, 0.8, 0.1 }, { 0.25, 0.25, 0.5 } }, new double[,] { { 0 }, { 1.5 }, { 4 } });
        int[] counts = [0, 0, 2, 5, 1, 0, 3];
        StateSegmentation segmentation = model.Segment(OfCounts(counts));
        double total = 0, best = 0;
        double[] marginals = new double[counts.Length * 3];
        int[] bestPath = [];
        for (int code = 0; code < Math.Pow(3, counts.Length); code++)
        {
            int[] path = [.. Enumerable.Range(0, counts.Length).Select(bin => code / (int)Math.Pow(3, bin) % 3)];
            double probability = model.Initial[path[0]];
            for (int bin = 0; bin < counts.Length; bin++)
            {
                double mean = model.Rate(path[bin], 0);
                probability *= Math.Exp(-mean) * Math.Pow(mean, counts[bin]) / MathNet.Numerics.SpecialFunctions.Factorial(counts[bin]);
                if (bin > 0) probability *= model.Transition()[path[bin - 1], path[bin]];
            }

            total += probability;
            for (int bin = 0; bin < counts.Length; bin++) marginals[(bin * 3) + path[bin]] += probability;
            if (probability <= best) continue;
            (best, bestPath) = (probability, path);
        }

        StatisticalAssert.Close(Math.Log(total), segmentation.LogLikelihood, 1e-12);
        StatisticalAssert.Close(Math.Log(best), segmentation.PathLogProbability, 1e-12);
        Assert.Equal(bestPath, segmentation.Path.ToArray());
        for (int bin = 0; bin < counts.Length; bin++)
        {
            for (int state = 0; state < 3; state++) StatisticalAssert.Close(marginals[(bin * 3) + state] / total, segmentation.Probabilities(bin)[state], 1e-12);
        }

        Assert.Equal(counts.Length, segmentation.Runs.Sum(run => run.Interval.Duration), 1e-12);
        Assert.Equal(segmentation.Runs.Count, segmentation.ToDataTable().Rows.Count);
        StatisticalAssert.Close(1, Enumerable.Range(0, 3).Sum(segmentation.Occupancy), 1e-12);
    }

    [Fact]
    public void LogLikelihood_ForbiddenSpike_IsNegativeInfinity()
    {
        HiddenMarkovModel model = HiddenMarkovModel.FromProbabilities(["a"], 1, [1, 0], new double[,] { { 1, 0 }, { 0, 1 } }, new double[,] { { 0 }, { 3 } });
        Recording recording = OfCounts([0, 1, 0]);
        Assert.Equal(double.NegativeInfinity, model.LogLikelihood(recording));
        Assert.All(model.Segment(recording).ProbabilityOf(0), probability => Assert.True(double.IsNaN(probability)));
    }

    [Fact]
    public void Segment_TwoIntervals_AreTwoChains()
    {
        HiddenMarkovModel model = TwoStates();
        Recording recording = BayesianDecoderTests.Poisson(["a", "b"], TimeIntervals.FromSorted(new TimeInterval(0, 3), new TimeInterval(3, 5)), 12, seed: 1);
        double parts = recording.Observed.Sum(interval => model.LogLikelihood(recording.Restrict(TimeIntervals.FromSorted(interval))));
        StatisticalAssert.Close(parts, model.LogLikelihood(recording), relative: 1e-12);
        Assert.Contains(model.Segment(recording).Runs, run => run.Interval.End == 3);
    }

    // 2000 s: the share of time in a state and the rate in it, with the correlation time of the chain in the standard errors.
    [Fact]
    public void Simulate_LongRecording_HasTheRatesOfItsStates()
    {
        HiddenMarkovModel model = TwoStates();
        (Recording recording, int[] states) = model.SimulateWithStates(Conditions(2000), seed: 5);
        double share = states.Average();

        // Transitions 0.02 and 0.03 per bin: stationary share 0.4, autocorrelation 0.95 per bin.
        StatisticalAssert.WithinStandardErrors(share, 0.4, Math.Sqrt(0.24 * 39 / states.Length));
        int[] counts = SpikeCounts.FromRecording(recording, new BinGrid(recording.Observed, 0.05)).CountsOf(0);
        double spikes = counts.Where((_, bin) => states[bin] == 1).Sum(), time = 0.05 * states.Count(state => state == 1);
        StatisticalAssert.WithinStandardErrors(spikes / time, 20, Math.Sqrt(20 / time));
        Assert.Equal(recording[0].Times.ToArray(), model.Simulate(Conditions(2000), seed: 5)[0].Times.ToArray());
    }

    [Fact]
    public void FromProbabilities_BadInput_IsNamed()
    {
        Assert.Throws<ArgumentException>(() => HiddenMarkovModel.FromProbabilities(["a"], 1, [0.5, 0.4], new double[,] { { 1, 0 }, { 0, 1 } }, new double[2, 1]));
        Assert.Throws<ArgumentException>(() => HiddenMarkovModel.FromProbabilities(["a"], 1, [0.5, 0.5], new double[,] { { 1, 0 }, { 0, 2 } }, new double[2, 1]));
        Assert.Throws<ArgumentException>(() => HiddenMarkovModel.FromProbabilities(["a"], 1, [1], new double[,] { { 1 } }, new double[,] { { -1 } }));
        Assert.Throws<ArgumentOutOfRangeException>(() => HiddenMarkovModel.FromProbabilities(["a"], 0, [1], new double[,] { { 1 } }, new double[,] { { 1 } }));
        Assert.Throws<UnknownUnitException>(() => TwoStates().LogLikelihood(OfCounts([1, 0])));
        Assert.Throws<ArgumentException>(() => TwoStates().Rate(0, 0, 1.0));
    }

    internal static HiddenMarkovModel TwoStates() => HiddenMarkovModel.FromProbabilities(
        ["a", "b"], 0.05, [0.6, 0.4], new double[,] { { 0.98, 0.02 }, { 0.03, 0.97 } }, new double[,] { { 4, 15 }, { 20, 6 } });

    internal static Recording Conditions(double duration, params SampledSignal[] signals) =>
        Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), TimeIntervals.Of(0, duration), "none")], signals: signals);

    private static Recording OfCounts(int[] counts) => Recording.FromTrains([SpikeTrain.FromSorted(
        counts.SelectMany((count, bin) => Enumerable.Range(0, count).Select(spike => bin + ((spike + 0.5) / count))).ToArray(), TimeIntervals.Of(0, counts.Length), "a")]);

    private static double[,] Matrix(JsonElement rows)
    {
        double[][] values = [.. rows.EnumerateArray().Select(row => row.Doubles())];
        double[,] matrix = new double[values.Length, values[0].Length];
        for (int i = 0; i < values.Length; i++)
        {
            for (int j = 0; j < values[0].Length; j++) matrix[i, j] = values[i][j];
        }

        return matrix;
    }
}
