using System.Text.Json;
using MathNet.Numerics.LinearAlgebra;
using SpikeStats.Fitting.Decoding;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Decoding;

public sealed class PointProcessFilterTests
{
    [Fact]
    public void Filter_OneStep_MatchesReference()
    {
        JsonElement reference = ReferenceFile.Read("decoding").At("ppaf_step");
        PointProcessFilter filter = new()
        {
            State = new LinearStateSpace
            {
                Transition = new double[,] { { 1 } },
                ProcessNoise = new double[,] { { reference.Number("Q") } },
                InitialMean = [reference.Number("x0")],
                InitialCovariance = new double[,] { { reference.Number("W0") } },
            },
            Units = [new LogLinearUnit("a", reference.Number("b0"), [reference.Number("b")])],
            BinWidth = reference.Number("dt"),
        };
        GaussianStatePath path = filter.Filter(Recording.FromTrains([SpikeTrain.FromSorted(new[] { 0.004 }, TimeIntervals.Of(0, 0.01), "a")]));
        StatisticalAssert.Close(reference.Number("x_upd"), path.Mean(0)[0], 1e-9);
        StatisticalAssert.Close(reference.Number("W_upd"), path.Covariance(0)[0], 1e-9);
    }

    // Two components and three units: the update in its information form, the smoother as one dense Gaussian over all bins.
    [Fact]
    public void Smooth_TwoComponents_EqualsTheDenseGaussian()
    {
        PointProcessFilter filter = TwoDimensional();
        const int Bins = 12;
        Recording recording = BayesianDecoderTests.Poisson(["a", "b", "c"], TimeIntervals.Of(0, Bins * filter.BinWidth), 20, seed: 5);
        GaussianStatePath filtered = filter.Filter(recording), smoothed = filter.Smooth(recording);
        Matrix<double> transition = Matrix<double>.Build.DenseOfArray(filter.State.Transition), noise = Matrix<double>.Build.DenseOfArray(filter.State.ProcessNoise);
        Matrix<double> covariance = Matrix<double>.Build.DenseOfArray(filter.State.InitialCovariance), precision = Matrix<double>.Build.Dense(2 * Bins, 2 * Bins);
        Vector<double> mean = Vector<double>.Build.DenseOfEnumerable(filter.State.InitialMean), right = Vector<double>.Build.Dense(2 * Bins);
        SpikeCounts counts = SpikeCounts.FromRecording(recording, filtered.Grid);
        Matrix<double> firstPredicted = (transition * covariance * transition.Transpose()) + noise, noisePrecision = noise.Inverse();
        for (int bin = 0; bin < Bins; bin++)
        {
            mean = transition * mean;
            covariance = (transition * covariance * transition.Transpose()) + noise;
            Matrix<double> information = covariance.Inverse();
            Vector<double> score = Vector<double>.Build.Dense(2), predictedMean = mean;
            for (int unit = 0; unit < 3; unit++)
            {
                Vector<double> gain = Vector<double>.Build.DenseOfEnumerable(filter.Units[unit].Gain);
                double expected = Math.Exp(filter.Units[unit].Baseline + (gain * predictedMean)) * filter.BinWidth;
                information += gain.OuterProduct(gain) * expected;
                score += gain * (counts.CountsOf(unit)[bin] - expected);
            }

            // What the bin added to the Gaussian is a pseudo-observation of the state, whatever the rest of the path.
            Matrix<double> before = covariance.Inverse();
            covariance = information.Inverse();
            mean = predictedMean + (covariance * score);
            precision.SetSubMatrix(2 * bin, 2 * bin, precision.SubMatrix(2 * bin, 2, 2 * bin, 2) + information - before);
            right.SetSubVector(2 * bin, 2, (information * mean) - (before * predictedMean));
            StatisticalAssert.Close(mean.ToArray(), filtered.Mean(bin), 1e-10);
            StatisticalAssert.Close(covariance.ToRowMajorArray(), filtered.Covariance(bin), 1e-10);
        }

        Vector<double> firstMean = transition * Vector<double>.Build.DenseOfEnumerable(filter.State.InitialMean);
        precision.SetSubMatrix(0, 0, precision.SubMatrix(0, 2, 0, 2) + firstPredicted.Inverse());
        right.SetSubVector(0, 2, right.SubVector(0, 2) + (firstPredicted.Inverse() * firstMean));
        for (int bin = 1; bin < Bins; bin++)
        {
            Matrix<double> back = transition.Transpose() * noisePrecision;
            precision.SetSubMatrix(2 * bin, 2 * bin, precision.SubMatrix(2 * bin, 2, 2 * bin, 2) + noisePrecision);
            precision.SetSubMatrix(2 * (bin - 1), 2 * (bin - 1), precision.SubMatrix(2 * (bin - 1), 2, 2 * (bin - 1), 2) + (back * transition));
            precision.SetSubMatrix(2 * (bin - 1), 2 * bin, -back);
            precision.SetSubMatrix(2 * bin, 2 * (bin - 1), -back.Transpose());
        }

        Matrix<double> dense = precision.Inverse();
        Vector<double> all = dense * right;
        for (int bin = 0; bin < Bins; bin++)
        {
            StatisticalAssert.Close(all.SubVector(2 * bin, 2).ToArray(), smoothed.Mean(bin), 1e-9);
            StatisticalAssert.Close(dense.SubMatrix(2 * bin, 2, 2 * bin, 2).ToRowMajorArray(), smoothed.Covariance(bin), 1e-9);
        }
    }

    // Exact Bayesian filtering and smoothing on a grid of 600 states. The filter approximates the posterior by a Gaussian: its mean stays
    // within a fifth of a posterior standard deviation on average, its standard deviation within a tenth.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Filter_OneDimension_FollowsTheExactPosterior(bool isSmoothed)
    {
        PointProcessFilter filter = OneDimensional();
        (Recording recording, _) = Simulate(filter, duration: 4, seed: 11);
        GaussianStatePath path = isSmoothed ? filter.Smooth(recording) : filter.Filter(recording);
        double[] states = [.. Enumerable.Range(0, 601).Select(i => -3 + (0.01 * i))];
        double variance = filter.State.ProcessNoise[0, 0], memory = filter.State.Transition[0, 0];
        double[] Row(double centre, double spread)
        {
            double[] row = Array.ConvertAll(states, state => -0.5 * (state - centre) * (state - centre) / spread);
            double sum = ForwardBackward.LogSum(row);
            return Array.ConvertAll(row, value => value - sum);
        }

        TransitionMatrix transition = TransitionMatrix.FromLogarithms(states.Length, [.. states.SelectMany(state => Row(memory * state, variance))]);
        double[] initial = Row(0, (memory * memory * filter.State.InitialCovariance[0, 0]) + variance);
        SpikeCounts counts = SpikeCounts.FromRecording(recording, path.Grid);
        double[] emissions = new double[path.Grid.BinCount * states.Length];
        for (int unit = 0; unit < filter.Units.Count; unit++)
        {
            int[] spikes = counts.CountsOf(unit);
            for (int i = 0; i < emissions.Length; i++)
            {
                double predictor = filter.Units[unit].Baseline + (filter.Units[unit].Gain[0] * states[i % states.Length]) + Math.Log(filter.BinWidth);
                emissions[i] += (spikes[i / states.Length] * predictor) - Math.Exp(predictor);
            }
        }

        ForwardBackward exact = ForwardBackward.Run(initial, _ => transition, emissions);
        double[] posterior = isSmoothed ? exact.Posterior : exact.Filtered;
        double meanError = 0, deviationError = 0;
        for (int bin = 0; bin < path.Grid.BinCount; bin++)
        {
            ReadOnlySpan<double> own = posterior.AsSpan(bin * states.Length, states.Length);
            double mean = 0, square = 0;
            for (int i = 0; i < states.Length; i++)
            {
                mean += own[i] * states[i];
                square += own[i] * states[i] * states[i];
            }

            double deviation = Math.Sqrt(square - (mean * mean));
            meanError += Math.Abs(path.Mean(bin)[0] - mean) / deviation / path.Grid.BinCount;
            deviationError += Math.Abs(path.StandardDeviation(bin, 0) - deviation) / deviation / path.Grid.BinCount;
        }

        Assert.True(meanError < 0.2, $"mean {meanError}");
        Assert.True(deviationError < 0.1, $"deviation {deviationError}");
    }

    // 95 % intervals over 40 simulated paths. The standard error is taken over paths; the Gaussian approximation may cost a point.
    [Fact]
    public void Smooth_SimulatedStates_AreCovered()
    {
        PointProcessFilter filter = OneDimensional();
        double[] covered = new double[40];
        double causalError = 0, smoothError = 0;
        for (int path = 0; path < covered.Length; path++)
        {
            (Recording recording, double[] truth) = Simulate(filter, duration: 10, seed: 100 + (ulong)path);
            GaussianStatePath smoothed = filter.Smooth(recording), causal = filter.Filter(recording);
            for (int bin = 0; bin < truth.Length; bin++)
            {
                if (Math.Abs(truth[bin] - smoothed.Mean(bin)[0]) <= 1.959964 * smoothed.StandardDeviation(bin, 0)) covered[path] += 1.0 / truth.Length;
                smoothError += Math.Pow(truth[bin] - smoothed.Mean(bin)[0], 2);
                causalError += Math.Pow(truth[bin] - causal.Mean(bin)[0], 2);
            }
        }

        double mean = covered.Average(), error = Math.Sqrt(covered.Sum(value => (value - mean) * (value - mean)) / 39 / 40);
        Assert.InRange(mean, 0.94 - (4 * error), 0.95 + (4 * error));
        Assert.True(smoothError < 0.9 * causalError);
    }

    // The score of a path by its definition, and held out: units fitted to the rest do nearly as well as the true ones, and smoothing better than filtering.
    [Fact]
    public void HeldOut_FittedUnits_ComeCloseToTheTrueOnes()
    {
        PointProcessFilter filter = OneDimensional();
        (Recording spikes, double[] truth) = Simulate(filter, duration: 60, seed: 7);
        SampledSignal signal = SampledSignal.Regular("x", truth, 0, 100);
        Recording recording = spikes.WithSignals(signal);
        GaussianStatePath path = filter.Smooth(recording);
        StateDecodingScore best = StateDecodingScore.Of(path, signal);
        double[] errors = [.. truth.Select((value, bin) => value - path.Mean(bin)[0])];
        StatisticalAssert.Close(Math.Sqrt(errors.Average(error => error * error)), best.RootMeanSquareError, relative: 1e-10);
        StatisticalAssert.Close(errors.Select((error, bin) => MathNet.Numerics.Distributions.Normal.PDFLn(0, path.StandardDeviation(bin, 0), error)).Average(), best.MeanLogDensity, relative: 1e-10);
        StateDecodingScore smoothed = Assert.Single(StateDecodingScore.HeldOut(recording, ["x"], filter.State, filter.BinWidth));
        StateDecodingScore causal = Assert.Single(StateDecodingScore.HeldOut(recording, ["x"], filter.State, filter.BinWidth, isSmoothed: false));
        Assert.Equal(truth.Length, smoothed.BinCount);
        Assert.InRange(smoothed.VarianceExplained, best.VarianceExplained - 0.05, best.VarianceExplained + 0.01);
        Assert.InRange(smoothed.Coverage, 0.85, 0.99);
        Assert.True(causal.MeanLogDensity < smoothed.MeanLogDensity);
        Assert.Throws<ArgumentException>(() => StateDecodingScore.HeldOut(recording, ["x", "y"], filter.State, filter.BinWidth));
        Assert.True(double.IsNaN(StateDecodingScore.Of(path, SampledSignal.Regular("x", Array.ConvertAll(truth, _ => double.NaN), 0, 100)).Coverage));
    }

    [Fact]
    public void Filter_BadInput_IsNamed()
    {
        PointProcessFilter filter = OneDimensional();
        Recording recording = Recording.FromTrains([SpikeTrain.FromSorted(new[] { 0.004 }, TimeIntervals.Of(0, 0.01), "other")]);
        Assert.Throws<UnknownUnitException>(() => filter.Filter(recording));
        LinearStateSpace state = filter.State;
        Assert.Throws<ArgumentException>(() => (filter with { State = state with { ProcessNoise = new double[,] { { -1 } } } }).Filter(recording));
        Assert.Throws<ArgumentException>(() => (filter with { State = state with { Transition = new double[2, 2] } }).Filter(recording));
        Assert.Throws<ArgumentException>(() => (TwoDimensional() with { State = TwoDimensional().State with { ProcessNoise = new double[,] { { 1, 2 }, { 2, 1 } } } }).Filter(recording));
        Recording silent = Recording.FromTrains(filter.Units.Select(unit => SpikeTrain.FromSorted(Array.Empty<double>(), TimeIntervals.Of(0, 0.01), unit.Unit)));
        Assert.Throws<ArgumentException>(() => (filter with { Units = [filter.Units[0] with { Gain = [double.NaN] }] }).Filter(silent));
        Assert.Throws<InvalidOperationException>(() => (filter with { Units = [filter.Units[0] with { Baseline = 50 }] }).Filter(silent));
    }

    private static PointProcessFilter OneDimensional() => new()
    {
        // A stationary process of variance 0.49 and correlation time 0.5 s, seen by eight units of about 15 Hz.
        State = new LinearStateSpace
        {
            Transition = new double[,] { { 0.98 } },
            ProcessNoise = new double[,] { { 0.49 * (1 - (0.98 * 0.98)) } },
            InitialMean = [0],
            InitialCovariance = new double[,] { { 0.49 } },
        },
        Units = [.. Enumerable.Range(0, 8).Select(unit => new LogLinearUnit($"u{unit}", Math.Log(15), [unit % 2 == 0 ? 1.2 : -0.8]))],
        BinWidth = 0.01,
    };

    private static PointProcessFilter TwoDimensional() => new()
    {
        State = new LinearStateSpace
        {
            Transition = new double[,] { { 1, 0.1 }, { -0.1, 0.95 } },
            ProcessNoise = new double[,] { { 0.02, 0.005 }, { 0.005, 0.03 } },
            InitialMean = [0.3, -0.2],
            InitialCovariance = new double[,] { { 0.5, 0.1 }, { 0.1, 0.4 } },
        },
        Units = [new LogLinearUnit("a", 3, [1, 0.5]), new LogLinearUnit("b", 2.5, [-0.7, 0.2]), new LogLinearUnit("c", 2, [0, 1.1])],
        BinWidth = 0.02,
    };

    private static (Recording Recording, double[] State) Simulate(PointProcessFilter filter, double duration, ulong seed)
    {
        RandomStream stream = new(seed, 1000);
        BinGrid grid = new(TimeIntervals.Of(0, duration), filter.BinWidth);
        double[] state = new double[grid.BinCount];
        double x = stream.NextGaussian() * Math.Sqrt(filter.State.InitialCovariance[0, 0]);
        List<double>[] times = [.. filter.Units.Select(_ => new List<double>())];
        for (int bin = 0; bin < state.Length; bin++)
        {
            x = state[bin] = (filter.State.Transition[0, 0] * x) + (stream.NextGaussian() * Math.Sqrt(filter.State.ProcessNoise[0, 0]));
            for (int unit = 0; unit < times.Length; unit++)
            {
                int count = stream.NextPoisson(filter.BinWidth * Math.Exp(filter.Units[unit].Baseline + (filter.Units[unit].Gain[0] * x)));
                for (int spike = 0; spike < count; spike++) times[unit].Add(grid.StartOf(bin) + (filter.BinWidth * (spike + 0.5) / count));
            }
        }

        return (Recording.FromTrains(times.Select((own, unit) => SpikeTrain.FromSorted(own.ToArray(), grid.Observed, filter.Units[unit].Unit))), state);
    }
}
