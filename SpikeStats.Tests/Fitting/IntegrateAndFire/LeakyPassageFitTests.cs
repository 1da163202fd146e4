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

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Evaluate_GradientAndHessian_AreThoseOfDifferences(bool withTimeConstant, bool withRefractoryPeriod)
    {
        LeakyPassageFamily asked = family with { EstimatesTimeConstant = withTimeConstant, EstimatesRefractoryPeriod = withRefractoryPeriod };
        Recording recording = Drawn(16e-3, 5e-3, 200, seed: 3);
        RenewalObjective objective = new(asked, IntervalSample.Of(recording.Trains.First(), asked, withOpen: true, inEquilibrium: false));
        double[] Of(IEnumerable<double> all) => objective.ToVariables([.. all.Where((_, i) => asked.EstimateOf(i) >= 0)]);
        double[] at = Of([15.5e-3, 4.7e-3, 22e-3, 1.5e-3]);
        RenewalFit fit = new RenewalSpecification { Target = "a", Family = asked }.Fit(recording);
        double[] optimum = Of(fit.Parameters.Select(parameter => parameter.Value));

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

    // 4 standard errors for each of up to four parameters: false alarm 2.5e-4 of a case. The simulator knows nothing of the density.
    [Theory]
    [InlineData(16, 5, false, false)]
    [InlineData(16, 5, true, false)]
    [InlineData(16, 5, true, true)]
    [InlineData(22, 4, true, false)]
    [InlineData(12, 6, true, true)]
    public void Fit_NeuronOfTheSimulator_RecoversIt(double mean, double sigma, bool withTimeConstant, bool withRefractoryPeriod)
    {
        LeakyIntegrateAndFire neuron = new() { TimeConstant = 15e-3 };
        Recording recording = BridgedNeuron.Train(neuron, new WhiteNoiseInput(mean * 1e-3, sigma * 1e-3), 8000, seed: 11);
        LeakyPassageFamily asked = new() { Neuron = neuron, EstimatesTimeConstant = withTimeConstant, EstimatesRefractoryPeriod = withRefractoryPeriod };

        RenewalFit fit = new RenewalSpecification { Target = "a", Family = asked }.Fit(recording);

        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        Assert.Equal(["mean", "sigma", "timeConstant", "refractoryPeriod"], fit.Parameters.Select(parameter => parameter.Name));
        double[] truth = [mean * 1e-3, sigma * 1e-3, neuron.TimeConstant, neuron.RefractoryPeriod];
        for (int i = 0; i < truth.Length; i++)
        {
            ParameterEstimate estimate = fit.Parameters[i];
            Assert.Equal(asked.EstimateOf(i) < 0, double.IsNaN(estimate.StandardError));
            if (asked.EstimateOf(i) >= 0) StatisticalAssert.WithinStandardErrors(estimate.Value, truth[i], estimate.StandardError);
            else Assert.Equal(truth[i], estimate.Value);
        }
    }

    [Fact]
    public void Fit_TimeConstantFree_IsTheBestOfThoseThatAreGiven()
    {
        Recording recording = Drawn(16e-3, 5e-3, 200, seed: 4);
        RenewalFit Of(LeakyPassageFamily asked) => new RenewalSpecification { Target = "a", Family = asked }.Fit(recording);

        RenewalFit free = Of(family with { EstimatesTimeConstant = true });
        double tau = free.Parameters[2].Value;
        double At(double factor) => Of(family with { Neuron = family.Neuron with { TimeConstant = factor * tau } }).LogLikelihood;

        StatisticalAssert.Close(free.LogLikelihood, At(1), absolute: 1e-6);
        double curvature = (At(1.02) - (2 * At(1)) + At(1 / 1.02)) / Math.Pow(Math.Log(1.02), 2);
        StatisticalAssert.Close(1 / Math.Sqrt(-curvature), free.Parameters[2].StandardError / tau, relative: 0.02);
        Assert.InRange(free.LogLikelihood - Math.Max(At(0.7), At(1.4)), 0, 100);
    }

    // Without a leak there is no finite time constant to find; with a hundred intervals none that is worth its name.
    [Fact]
    public void Fit_TimeConstantThatIntervalsDoNotTell_SaysSo()
    {
        LeakyPassageFamily asked = family with { EstimatesTimeConstant = true };
        RenewalProcess perfect = new("a", new InverseGaussian(20e-3, 0.3));
        Recording empty = Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), TimeIntervals.FromSorted([new TimeInterval(0, 40)]), "a")]);

        RenewalFit withoutLeak = new RenewalSpecification { Target = "a", Family = asked with { Neuron = new LeakyIntegrateAndFire { RefractoryPeriod = 0 } } }.Fit(perfect.Simulate(empty, 2));
        RenewalFit few = new RenewalSpecification { Target = "a", Family = asked }.Fit(Drawn(16e-3, 5e-3, 6, seed: 8));

        Assert.Contains("time constant", withoutLeak.Certificate.Message, StringComparison.Ordinal);
        Assert.Contains("time constant", few.Certificate.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_NoRefractoryPeriod_IsAtItsEdge()
    {
        LeakyIntegrateAndFire neuron = new() { RefractoryPeriod = 0 };
        Recording recording = BridgedNeuron.Train(neuron, new WhiteNoiseInput(16e-3, 5e-3), 2000, seed: 5);

        RenewalFit fit = new RenewalSpecification { Target = "a", Family = family with { EstimatesRefractoryPeriod = true } }.Fit(recording);

        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        ParameterEstimate period = fit.Parameters[3];
        if (double.IsNaN(period.StandardError)) Assert.Contains("without a refractory period", fit.Certificate.Message, StringComparison.Ordinal);
        Assert.InRange(period.Value, 0, double.IsNaN(period.StandardError) ? 0 : 4 * period.StandardError);
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
