using SpikeStats.Fitting.Decoding;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Glm;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Calibration;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Decoding;

public sealed class StimulusReconstructionTests
{
    private static readonly RetinaTruth retina = new();

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    public void Objective_IsTheLogPosteriorOfTheModels(int binsPerFrame, bool isPoisson)
    {
        // The likelihood by the models themselves, from a recording that holds the stimulus; the prior as a product of conditional densities.
        StimulusReconstruction reconstruction = Small(binsPerFrame, isPoisson);
        Recording recording = SmallRecording(seed: 3);
        StimulusObjective objective = new(reconstruction, recording);
        RandomStream stream = new(8);
        double[] Draw() => [.. Enumerable.Range(0, objective.Frames.FrameCount).Select(_ => stream.NextGaussian())];
        double[] one = Draw(), two = Draw();
        double Value(double[] frames) => objective.Evaluate(frames, new double[frames.Length], [], CancellationToken.None);
        double Direct(double[] frames) => PriorEnergy(reconstruction.Prior, objective.Frames, frames) - reconstruction.Population.LogLikelihood(WithStimulus(recording, objective.Frames, frames));
        StatisticalAssert.Close(Direct(one) - Direct(two), Value(one) - Value(two), 1e-8);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, true)]
    public void Gradient_AndHessian_AreDifferencesOfTheObjective(int binsPerFrame, bool isPoisson)
    {
        const double Step = 1e-5;
        StimulusObjective objective = new(Small(binsPerFrame, isPoisson), SmallRecording(seed: 4));
        int size = objective.Frames.FrameCount, width = objective.Bandwidth;
        RandomStream stream = new(9);
        double[] point = [.. Enumerable.Range(0, size).Select(_ => 0.5 * stream.NextGaussian())];
        double[] gradient = new double[size], band = new double[size * (width + 1)], above = new double[size], below = new double[size];
        objective.Evaluate(point, gradient, band, CancellationToken.None);
        for (int frame = 0; frame < size; frame++)
        {
            double[] up = [.. point], down = [.. point];
            up[frame] += Step;
            down[frame] -= Step;
            double difference = objective.Evaluate(up, above, [], CancellationToken.None) - objective.Evaluate(down, below, [], CancellationToken.None);
            StatisticalAssert.Close(difference / (2 * Step), gradient[frame], 1e-6);
            for (int other = 0; other < size; other++)
            {
                int back = Math.Abs(frame - other), row = Math.Max(frame, other);
                double curvature = back > width ? 0 : band[(row * (width + 1)) + width - back];
                StatisticalAssert.Close((above[other] - below[other]) / (2 * Step), curvature, 1e-6);
            }
        }
    }

    [Fact]
    public void Reconstruct_SmallProblem_EqualsADenseSolution()
    {
        StimulusReconstruction reconstruction = Small(3, isPoisson: true);
        Recording recording = SmallRecording(seed: 5);
        StimulusPosterior posterior = reconstruction.Reconstruct(recording);
        Assert.True(posterior.Certificate.IsConverged, posterior.Certificate.Message);
        StimulusObjective objective = new(reconstruction, recording);
        NewtonResult dense = NewtonMethod.Minimize(
            new Dense(objective), new double[posterior.Mean.Length], new bool[posterior.Mean.Length], new NewtonSettings { Tolerance = 1e-20 });
        StatisticalAssert.Close(dense.Point, posterior.Mean, 1e-8);
        double[,] covariance = dense.Factor.Inverse();
        for (int frame = 0; frame < dense.Point.Length; frame++) StatisticalAssert.Close(Math.Sqrt(covariance[frame, frame]), posterior.StandardDeviations[frame], 1e-8);
        Assert.True(posterior.Information > 0);
    }

    [Fact]
    public void Reconstruct_WithoutSpikesFiltersOrTime_GivesThePrior()
    {
        // Filters of zero gain: the spikes say nothing.
        GlmModel blind = Small(1, isPoisson: true).Population.Models[0] with { SignalFilters = [new SignalFilter("stimulus", 0, [0, 0, 0])] };
        StimulusReconstruction reconstruction = new()
        {
            Population = new GlmPopulation([blind]),
            Signal = "stimulus",
            Prior = new StimulusPrior { Mean = 2, StandardDeviation = 3, Correlation = 0.9 },
        };
        StimulusPosterior posterior = reconstruction.Reconstruct(SmallRecording(seed: 6));
        Assert.All(posterior.Mean.ToArray(), value => StatisticalAssert.Close(2, value, 1e-9));
        Assert.All(posterior.StandardDeviations.ToArray(), value => StatisticalAssert.Close(3, value, 1e-9));
        StatisticalAssert.Close(0, posterior.Information, 1e-9);
    }

    // 20 recordings of 20 s of four coupled cells under Gaussian flicker, decoded with the true model: 40,000 frames. The standard error of
    // the coverage is taken over recordings; the Gaussian approximation may cost half a point.
    [Fact]
    public void Reconstruct_RetinaTruth_IntervalsCoverAndInformationIsThere()
    {
        StimulusReconstruction reconstruction = new() { Population = retina.Population, Signal = "contrast", FrameDuration = 0.01 };
        double[] coverage = new double[20], bits = new double[20], information = new double[20];
        for (int trial = 0; trial < 20; trial++)
        {
            Recording recording = retina.Simulate(20, seed: 300 + (ulong)trial);
            StimulusPosterior posterior = reconstruction.Reconstruct(recording.WithSignals());
            Assert.True(posterior.Certificate.IsConverged, posterior.Certificate.Message);
            StimulusScore score = posterior.Score(recording.Signal("contrast"));
            coverage[trial] = score.Coverage;
            bits[trial] = score.BitsPerSecond;
            information[trial] = posterior.Information / posterior.Duration;
            Assert.True(score.VarianceExplained > 0.1, $"{score}");
        }

        StatisticalAssert.WithinStandardErrors(coverage.Average(), 0.95, Error(coverage) + 0.00125);

        // Two estimates of one mutual information: the gain in log density at the truth, and the loss of entropy.
        double[] difference = [.. bits.Zip(information, (gain, loss) => gain - loss)];
        StatisticalAssert.WithinStandardErrors(difference.Average(), 0, Error(difference) + (0.01 * information.Average()));
        Assert.True(information.Average() > 5);

        // A decoder that ignores the couplings is further from the truth, in nats, than one that knows them.
        GlmPopulation uncoupled = new(retina.Population.Models.Select(model => model with { SpikeFilters = [.. model.SpikeFilters.Where(filter => filter.Source == model.Unit)] }));
        Recording held = retina.Simulate(60, seed: 999);
        StimulusScore full = reconstruction.Reconstruct(held).Score(held.Signal("contrast"));
        StimulusScore reduced = (reconstruction with { Population = uncoupled }).Reconstruct(held).Score(held.Signal("contrast"));
        Assert.True(full.BitsPerSecond > reduced.BitsPerSecond, $"{full} against {reduced}");
    }

    // Models fitted to one recording decode another nearly as well as the truth does, and never better by more than chance.
    [Fact]
    public void Reconstruct_HeldOut_FittedModelsComeCloseToTheTruth()
    {
        Recording training = retina.Simulate(60, seed: 41), held = retina.Simulate(60, seed: 42);
        StimulusReconstruction truth = new() { Population = retina.Population, Signal = "contrast", FrameDuration = 0.01 };
        StimulusReconstruction fitted = truth with { Population = new GlmPopulation(retina.Cells.Select(cell => retina.Specification(cell).Fit(training).Model)) };
        StimulusScore best = truth.Reconstruct(held).Score(held.Signal("contrast")), score = fitted.Reconstruct(held).Score(held.Signal("contrast"));
        Assert.InRange(score.VarianceExplained, best.VarianceExplained - 0.05, best.VarianceExplained + 0.01);
        Assert.InRange(score.BitsPerSecond, 0.8 * best.BitsPerSecond, 1.02 * best.BitsPerSecond);
    }

    // Held out in blocks: the score over blocks is near that of another recording of the same cells.
    [Fact]
    public void HeldOut_InBlocks_IsNearThatOfAnotherRecording()
    {
        Recording recording = retina.Simulate(40, seed: 43), other = retina.Simulate(40, seed: 44);
        StimulusReconstruction Train(Recording part) => new()
        {
            Population = new GlmPopulation(retina.Cells.Select(cell => retina.Specification(cell).Fit(part).Model)),
            Signal = "contrast",
            FrameDuration = 0.01,
        };
        StimulusScore blocks = StimulusScore.HeldOut(recording, Train, blockCount: 2), apart = Train(recording).Reconstruct(other).Score(other.Signal("contrast"));
        Assert.Equal(4000, blocks.FrameCount);
        Assert.InRange(blocks.VarianceExplained, apart.VarianceExplained - 0.06, apart.VarianceExplained + 0.04);
        Assert.InRange(blocks.BitsPerSecond, 0.6 * apart.BitsPerSecond, 1.2 * apart.BitsPerSecond);
        Assert.InRange(blocks.Coverage, 0.9, 0.98);
        Assert.Throws<ArgumentOutOfRangeException>(() => StimulusScore.HeldOut(recording, Train, blockCount: 1));
    }

    // A softplus cell: the known part of the predictor is not the logarithm of the rate.
    [Fact]
    public void Gradient_OfASoftplusCell_IsTheDifferenceOfItsOwnLikelihood()
    {
        StimulusReconstruction reconstruction = Small(1, isPoisson: true);
        GlmModel cell = reconstruction.Population.Models[0] with { Observation = ObservationModel.PoissonSoftplus, Baseline = 0.2 };
        Recording recording = SmallRecording(seed: 8).Restrict(TimeIntervals.Of(0, 0.3));
        StimulusPosterior posterior = (reconstruction with { Population = new GlmPopulation([cell]) }).Reconstruct(recording);
        Assert.True(posterior.Certificate.IsConverged, posterior.Certificate.Message);

        // The maximum of the posterior, by moving one frame of the stimulus in the likelihood of the model and in the prior.
        double[] best = posterior.Mean.ToArray();
        double LogPosterior(double[] frames) => cell.LogLikelihood(recording.WithSignals(SampledSignal.Regular("stimulus", frames, recording.Observed[0].Start, 100)))
            - reconstruction.Prior.AddEnergy(frames, new double[frames.Length]);
        foreach (int frame in new[] { 0, 3, best.Length - 2 })
        {
            double[] above = [.. best], below = [.. best];
            above[frame] += 1e-4;
            below[frame] -= 1e-4;
            StatisticalAssert.Close(0, (LogPosterior(above) - LogPosterior(below)) / 2e-4, 1e-5);
        }
    }

    [Fact]
    public void Reconstruct_BadInput_IsNamed()
    {
        StimulusReconstruction reconstruction = Small(1, isPoisson: true);
        Recording recording = SmallRecording(seed: 7);
        Assert.Throws<ArgumentException>(() => (reconstruction with { Signal = "sound" }).Reconstruct(recording));
        Assert.Throws<ArgumentException>(() => (reconstruction with { FrameDuration = 0.025 }).Reconstruct(recording));
        Assert.Throws<UnknownUnitException>(() => reconstruction.Reconstruct(recording.Where(unit => unit.Id != "b")));
        Assert.Throws<ArgumentOutOfRangeException>(() => (reconstruction with { Prior = new StimulusPrior { Correlation = 1 } }).Reconstruct(recording));
        ArgumentException overflow = Assert.Throws<ArgumentException>(() => (reconstruction with { Prior = new StimulusPrior { Mean = 1e6 } }).Reconstruct(recording));
        Assert.Contains("unit of the signal", overflow.Message, StringComparison.Ordinal);
        GlmModel blind = reconstruction.Population.Models[0] with { Covariates = [new CovariateEffect("other", 1, 1)] };
        Recording gaps = recording.WithSignals(SampledSignal.Regular("other", Array.ConvertAll(new double[1000], _ => double.NaN), recording.Observed[0].Start, 100));
        Assert.Throws<InvalidRecordingException>(() => (reconstruction with { Population = new GlmPopulation([blind]) }).Reconstruct(gaps));
        GlmModel curved = reconstruction.Population.Models[0] with { Covariates = [new CovariateEffect("stimulus", 2, 1)] };
        Assert.Throws<ArgumentException>(() => (reconstruction with { Population = new GlmPopulation([curved]) }).Reconstruct(recording));
    }

    private static double Error(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1) / values.Length);
    }

    // Two coupled units with memory; one drops its first bins, one does not.
    private static StimulusReconstruction Small(int binsPerFrame, bool isPoisson)
    {
        ObservationModel observation = isPoisson ? ObservationModel.Poisson : ObservationModel.Bernoulli;
        GlmModel a = new()
        {
            Unit = "a",
            BinWidth = 0.01,
            Baseline = 3,
            Observation = observation,
            Edge = EdgePolicy.Zero,
            SignalFilters = [new SignalFilter("stimulus", 0, [0.6, 0.9, -0.3, 0.2, -0.1])],
            SpikeFilters = [new SpikeFilter("a", 1, [-1, -0.5]), new SpikeFilter("b", 1, [0.4])],
        };
        GlmModel b = a with
        {
            Unit = "b",
            Edge = EdgePolicy.Drop,
            SignalFilters = [new SignalFilter("stimulus", 1, [-0.8, -0.4]), new SignalFilter("stimulus", 2, [0.1, 0.3])],
            SpikeFilters = [new SpikeFilter("b", 1, [-0.7])],
        };
        return new StimulusReconstruction
        {
            Population = new GlmPopulation([a, b]),
            Signal = "stimulus",
            FrameDuration = binsPerFrame * 0.01,
            Prior = new StimulusPrior { Mean = 0.2, StandardDeviation = 0.8, Correlation = 0.6 },
        };
    }

    // Two observed intervals; the second is no whole number of frames of three bins.
    private static Recording SmallRecording(ulong seed) =>
        BayesianDecoderTests.Poisson(["a", "b"], TimeIntervals.FromSorted(new TimeInterval(0, 0.3), new TimeInterval(1, 1.2)), 25, seed);

    private static Recording WithStimulus(Recording recording, FrameGrid frames, double[] values)
    {
        List<double> times = [], samples = [];
        for (int segment = 0; segment < frames.Grid.Segments.Length; segment++)
        {
            BinSegment run = frames.Grid.Segments[segment];
            for (int bin = 0; bin < run.BinCount; bin++)
            {
                times.Add(run.Start + (bin * frames.Grid.BinWidth));
                samples.Add(values[frames.FramesOf(segment).First + (bin / frames.BinsPerFrame)]);
            }
        }

        times.Add(times[^1] + frames.Grid.BinWidth);
        samples.Add(0);
        return recording.WithSignals(SampledSignal.Irregular("stimulus", times.ToArray(), samples.ToArray()));
    }

    private static double PriorEnergy(StimulusPrior prior, FrameGrid frames, double[] values)
    {
        double energy = 0;
        for (int segment = 0; segment < frames.Grid.Segments.Length; segment++)
        {
            (int first, int count) = frames.FramesOf(segment);
            for (int i = 0; i < count; i++)
            {
                double expected = i == 0 ? prior.Mean : prior.Mean + (prior.Correlation * (values[first + i - 1] - prior.Mean));
                double deviation = i == 0 ? prior.StandardDeviation : prior.StandardDeviation * Math.Sqrt(1 - (prior.Correlation * prior.Correlation));
                energy -= MathNet.Numerics.Distributions.Normal.PDFLn(expected, deviation, values[first + i]);
            }
        }

        return energy;
    }

    private sealed class Dense(StimulusObjective objective) : IObjective
    {
        public int VariableCount => objective.Frames.FrameCount;

        public Evaluation Evaluate(double[] variables, bool withCurvature, CancellationToken cancellationToken)
        {
            int size = VariableCount, width = objective.Bandwidth;
            double[] gradient = new double[size], band = new double[size * (width + 1)], hessian = new double[size * size];
            double value = objective.Evaluate(variables, gradient, band, cancellationToken);
            for (int i = 0; i < size; i++)
            {
                for (int j = Math.Max(0, i - width); j <= i; j++) hessian[(i * size) + j] = hessian[(j * size) + i] = band[(i * (width + 1)) + j - i + width];
            }

            return new Evaluation(value, gradient, hessian);
        }
    }
}
