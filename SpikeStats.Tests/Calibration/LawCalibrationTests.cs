using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Calibration;

/// <summary>Every law of counts: simulate a unit with a stimulus and a memory, fit it, many times. Do the error bars keep their word?</summary>
[Trait("Category", "Calibration")]
public sealed class LawCalibrationTests
{
    private const double BinWidth = 0.01;
    private const int Bins = 4000;

    private static readonly int recordings = CalibrationSize.Of(bounded: 200);

    // The baselines give about 15 spikes/s, those of identity 60 so that no estimate comes near the floor; with softplus, probit and identity the predictor has
    // no offset.
    public static TheoryData<string, ObservationModel, double, double> Laws => new()
    {
        { "poisson", ObservationModel.Poisson, Math.Log(15), 0.5 },
        { "cloglog", ObservationModel.Bernoulli, Math.Log(15), 0.5 },
        { "logit", ObservationModel.BernoulliLogit, Math.Log(15), 0.5 },
        { "probit", ObservationModel.BernoulliProbit, -1.1, 0.25 },
        { "softplus", ObservationModel.PoissonSoftplus, -1.8, 0.5 },
        { "identity", ObservationModel.PoissonIdentity, 0.6, 0.03 },
        { "negative binomial", ObservationModel.NegativeBinomial, Math.Log(15), 0.5 },
    };

    // Intervals of each coefficient cover the truth in 95 % of the fits to four binomial errors: four coefficients and seven laws, false-alarm rate 28 · 6.3e-5.
    // The true model is rejected at 5 % in no more tests than 5 % and four binomial errors.
    [Theory]
    [MemberData(nameof(Laws))]
    public void Intervals_Of95Percent_Cover95Percent(string name, ObservationModel law, double baseline, double scale)
    {
        GlmModel truth = new()
        {
            Unit = "a",
            BinWidth = BinWidth,
            Baseline = baseline,
            Observation = law is NegativeBinomialObservation ? ObservationModel.NegativeBinomialOf(0.8) : law,
            SignalFilters = [new SignalFilter("drive", 0, [scale])],
            SpikeFilters = [new SpikeFilter("a", 1, [-scale, 0.6 * scale])],
            Edge = EdgePolicy.Zero,
        };
        GlmSpecification specification = new()
        {
            Target = "a",
            BinWidth = BinWidth,
            Observation = law,
            Edge = EdgePolicy.Zero,
            Terms = [new StimulusTerm("drive", new LagBasis(1)), new HistoryTerm(new LagBasis(2))],
        };
        double[] expected = [baseline, scale, -scale, 0.6 * scale];
        int[] covered = new int[4];
        int shapes = 0, rejected = 0;
        for (int n = 0; n < recordings; n++)
        {
            Recording recording = truth.Simulate(Conditions((uint)n), seed: 900 + (ulong)n);
            GlmFit fit = specification.Fit(recording);
            Assert.True(fit.Certificate.IsConverged, $"{name} {n}: {fit.Certificate.Message}");
            for (int i = 0; i < 4; i++) covered[i] += IsCovered(fit.Coefficients[i], fit.StandardErrors[i], expected[i]);
            if (fit.Shape is { } shape) shapes += IsCovered(Math.Log(shape.Value), shape.StandardError / shape.Value, Math.Log(0.8));
            if (TimeRescaling.Test(truth, recording, "a", new TimeRescalingOptions { Seed = (ulong)n, Draws = 1 }).KolmogorovSmirnov.PValue < 0.05) rejected++;
        }

        double error = Math.Sqrt(0.95 * 0.05 / recordings);
        foreach (int count in covered) StatisticalAssert.WithinStandardErrors(count / (double)recordings, 0.95, error);
        if (law is NegativeBinomialObservation) StatisticalAssert.WithinStandardErrors(shapes / (double)recordings, 0.95, error);
        Assert.True(rejected <= recordings * (0.05 + (4 * error)), $"{name}: {rejected} of {recordings} true models are rejected.");
    }

    private static int IsCovered(double estimate, double standardError, double expected) => Math.Abs(estimate - expected) <= 1.959964 * standardError ? 1 : 0;

    // The drive stays between -1 and 1, so that the rates of the identity link stay above their floor.
    private static Recording Conditions(uint trial)
    {
        RandomStream stream = new(41, trial: trial);
        double[] drive = [.. Enumerable.Range(0, Bins).Select(_ => (2 * stream.NextDouble()) - 1)];
        return Recording.FromTrains(
            [SpikeTrain.FromSorted(Array.Empty<double>(), TimeIntervals.Of(0, Bins * BinWidth), "none")],
            signals: [SampledSignal.Regular("drive", drive, 0, 1 / BinWidth)]);
    }
}
