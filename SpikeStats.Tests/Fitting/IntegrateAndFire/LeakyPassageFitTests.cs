using SpikeStats.Fitting.Comparison;
using SpikeStats.Fitting.IntegrateAndFire;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Fitting.Renewal;
using SpikeStats.Loading;
using SpikeStats.Models.FirstPassage;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Renewal;
using SpikeStats.Models.Theory;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.IntegrateAndFire;

public sealed class LeakyPassageFitTests
{
    private static readonly LeakyPassageFamily family = new();

    [Fact]
    public void Evaluate_GradientAndHessian_AreThoseOfDifferences()
    {
        LeakyPassageFamily asked = family;
        Recording recording = Drawn(16e-3, 5e-3, 20, seed: 3);
        RenewalObjective objective = new(asked, IntervalSample.Of(recording.Trains.First(), asked, withOpen: true, inEquilibrium: false));
        double[] at = objective.ToVariables([15.5e-3, 4.7e-3]);
        RenewalFit fit = new RenewalSpecification { Target = "a", Family = asked }.Fit(recording);
        double[] optimum = objective.ToVariables([.. fit.Parameters.Take(asked.ParameterCount).Select(parameter => parameter.Value)]);

        Evaluation away = objective.Evaluate(at, withCurvature: true, CancellationToken.None), there = objective.Evaluate(optimum, withCurvature: true, CancellationToken.None);

        // The Hessian is given as it is only where it is positive definite.
        for (int i = 0; i < at.Length; i++)
        {
            StatisticalAssert.Close(FiniteDifferences.Slope(at, i, objective.Value), away.Gradient[i], absolute: 1e-4, relative: 1e-6);
            for (int j = 0; j <= i; j++)
            {
                int row = j;
                double expected = FiniteDifferences.Slope(optimum, i, moved => objective.Evaluate(moved, withCurvature: true, CancellationToken.None).Gradient[row]);
                StatisticalAssert.Close(expected, there.Hessian![(i * at.Length) + j], absolute: 1e-3, relative: 1e-5);
            }
        }
    }

    // 4 standard errors for each of two parameters: false alarm 1.3e-4.
    [Fact]
    public void Fit_SimulatedNeuron_RecoversTheInput()
    {
        RenewalFit fit = new RenewalSpecification { Target = "a", Family = family }.Fit(Drawn(16e-3, 5e-3, 60, seed: 11));

        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        double[] truth = [16e-3, 5e-3];
        for (int i = 0; i < truth.Length; i++) StatisticalAssert.WithinStandardErrors(fit.Parameters[i].Value, truth[i], fit.Parameters[i].StandardError);
        Assert.Equal(["mean", "sigma", "timeConstant", "refractoryPeriod"], fit.Parameters.Select(parameter => parameter.Name));
        Assert.True(double.IsNaN(fit.Parameters[2].StandardError));
    }

    [Fact]
    public void Fit_OtherThresholdAndReset_MovesTheEstimatesAndNotTheLikelihood()
    {
        Recording recording = Drawn(16e-3, 5e-3, 10, seed: 5);
        LeakyPassageFamily stretched = new() { Neuron = new LeakyIntegrateAndFire { Threshold = 1, Reset = -1 } };

        RenewalFit fit = new RenewalSpecification { Target = "a", Family = family }.Fit(recording), other = new RenewalSpecification { Target = "a", Family = stretched }.Fit(recording);

        StatisticalAssert.Close(fit.LogLikelihood, other.LogLikelihood, relative: 1e-10);
        StatisticalAssert.Close(200 * (fit.Parameters[0].Value - 15e-3), other.Parameters[0].Value, absolute: 1e-7);
        StatisticalAssert.Close(200 * fit.Parameters[1].Value, other.Parameters[1].Value, absolute: 1e-7);
    }

    [Fact]
    public void Compare_SimulatedNeuron_IsBetterThanGammaAndInverseGaussian()
    {
        Recording recording = Drawn(17e-3, 4e-3, 60, seed: 21);
        FittedModel[] models = [.. ((IntervalFamily[])[family, new GammaFamily(), new InverseGaussianFamily()]).Select(asked =>
            new FittedModel(asked.Name, new RenewalSpecification { Target = "a", Family = asked }.Fit(recording).Model))];

        ModelComparison comparison = ModelComparison.Of(recording, "a", models);

        Assert.Equal("lif", comparison.Models.MinBy(score => score.Aic)!.Name);
        Assert.True(comparison.Models[0].TimeRescaling.KolmogorovSmirnov.PValue > 1e-3);
    }

    [Fact]
    public void Fit_RefractoryPeriodLongerThanAnInterval_SaysSo()
    {
        LeakyPassageFamily late = new() { Neuron = new LeakyIntegrateAndFire { RefractoryPeriod = 0.1 } };

        InvalidRecordingException thrown = Assert.Throws<InvalidRecordingException>(() => new RenewalSpecification { Target = "a", Family = late }.Fit(Drawn(16e-3, 5e-3, 5, seed: 1)));

        Assert.Contains("refractory", thrown.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Fit_CockroachNeuron_ReachesItsOptimum()
    {
        LoadOptions options = new() { OnDuplicate = IrregularityPolicy.Drop };
        SpikeTrain train = RecordingFile.Open(Repository.SharedData("star_cockroach", "CAL1S.csv"), options).Trains.First();
        LeakyPassageFamily asked = new() { Neuron = new LeakyIntegrateAndFire { RefractoryPeriod = 0 } };

        RenewalFit fit = new RenewalSpecification { Target = train.Unit, Family = asked }.Fit(Recording.FromTrains([train]));

        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        Assert.True(fit.BitsPerSpike > 0);
        Assert.All(fit.Parameters.Take(2), parameter => Assert.InRange(parameter.StandardError, 0, 0.2 * parameter.Value));
    }

    internal static Recording Drawn(double mean, double sigma, double duration, ulong seed)
    {
        RenewalProcess process = new("a", new LeakyPassage(new LeakyIntegrateAndFire(), new WhiteNoiseInput(mean, sigma)));
        Recording empty = Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), TimeIntervals.FromSorted([new TimeInterval(0, duration)]), "a")]);
        return process.Simulate(empty, seed);
    }
}
