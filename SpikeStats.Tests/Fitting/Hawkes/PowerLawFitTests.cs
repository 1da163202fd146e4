using MathNet.Numerics.LinearAlgebra;
using SpikeStats.Fitting.Hawkes;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Hawkes;
using SpikeStats.Tests.Models.Hawkes;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Hawkes;

public sealed class PowerLawFitTests
{
    private const double TimeScale = 0.05, Exponent = 0.8, Duration = 1500;
    private static readonly PowerLawMixture shape = new PowerLawKernel(TimeScale, Exponent).Approximate(Duration);
    private static readonly HawkesModel truth = shape.ToModel(["a", "b"], [0.8, 0.5], new[,] { { 0.4, 0.2 }, { 0.25, 0.3 } });
    private static readonly Recording recording = truth.Simulate(HawkesProblem.Record(Duration, Array.Empty<double>()), seed: 5);
    private static readonly Lazy<HawkesFit> free = new(() => new HawkesSpecification { Units = ["a", "b"], Kernel = HawkesKernel.FreePowerLaw() }.Fit(recording));

    // Eight estimates within four standard errors: false-alarm rate 5e-4.
    [Fact]
    public void Fit_SimulatedPowerLaw_FindsItsParameters()
    {
        Assert.True(free.Value.Certificate.IsConverged, free.Value.Certificate.Message);
        (string Name, double Value)[] expected = [
            ("mu[a]", 0.8), ("mu[b]", 0.5), ("alpha[a<-a]", 0.4), ("alpha[a<-b]", 0.2), ("alpha[b<-a]", 0.25), ("alpha[b<-b]", 0.3), ("c", TimeScale), ("theta", Exponent)];
        foreach ((string name, double value) in expected) StatisticalAssert.WithinStandardErrors(free.Value.Parameter(name).Estimate, value, free.Value.Parameter(name).StandardError);
        Assert.Equal(8, free.Value.Parameters.Count);
        Assert.Equal(8, free.Value.Model.ParameterCount);
        Assert.InRange(free.Value.PowerLaw!.RelativeError, 0, 1e-6);
        Assert.Contains("8 parameters", free.Value.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void LogLikelihood_AtTheEstimate_IsThatOfTheModelAndBeatsOtherKernels()
    {
        StatisticalAssert.Close(free.Value.Model.LogLikelihood(recording), free.Value.LogLikelihood, relative: 1e-12);
        HawkesFit exponential = new HawkesSpecification { Units = ["a", "b"] }.Fit(recording);
        Assert.True(free.Value.LogLikelihood > exponential.LogLikelihood + 10);
        foreach (string unit in free.Value.Model.Units)
            StatisticalAssert.Close(recording[unit].Count, free.Value.Model.Compensate(recording, unit).Segments.Sum(segment => segment.AtEnd), relative: 1e-6);
    }

    [Fact]
    public void Fit_ShapeGiven_IsTheSameOptimum()
    {
        HawkesKernel kernel = HawkesKernel.PowerLaw(free.Value.Parameter("c").Estimate, free.Value.Parameter("theta").Estimate, accuracy: 1e-10);
        HawkesFit given = new HawkesSpecification { Units = ["a", "b"], Kernel = kernel }.Fit(recording);
        Assert.True(given.Certificate.IsConverged, given.Certificate.Message);
        StatisticalAssert.Close(given.LogLikelihood, free.Value.LogLikelihood, 2e-6 * recording.SpikeCount);
        Assert.Equal(6, given.Parameters.Count);
        foreach (HawkesParameter parameter in given.Parameters)
        {
            StatisticalAssert.Close(parameter.Estimate, free.Value.Parameter(parameter.Name).Estimate, relative: 1e-5);
            Assert.True(parameter.StandardError < free.Value.Parameter(parameter.Name).StandardError);
        }
    }

    // Minus the inverse of the Hessian of the model's own likelihood by finite differences, on exponentials made anew: none of the fit's derivatives or decays.
    [Fact]
    public void ScoreAndCovariance_AtTheEstimate_AreThoseOfFiniteDifferences()
    {
        double[] at = [.. free.Value.Parameters.Select(parameter => parameter.Estimate)];
        int size = at.Length;
        Matrix<double> hessian = Matrix<double>.Build.Dense(size, size);
        for (int p = 0; p < size; p++)
        {
            for (int q = 0; q <= p; q++)
            {
                double second = LogLikelihood(at, p, 1, q, 1) - LogLikelihood(at, p, 1, q, -1) - LogLikelihood(at, p, -1, q, 1) + LogLikelihood(at, p, -1, q, -1);
                hessian[p, q] = hessian[q, p] = second / (4e-6 * at[p] * at[q]);
            }
        }

        Matrix<double> expected = (-hessian).Inverse();
        double[,] covariance = free.Value.Covariance();
        for (int p = 0; p < size; p++)
        {
            double score = (LogLikelihood(at, p, 1e-2, p, 0) - LogLikelihood(at, p, -1e-2, p, 0)) / (2e-5 * at[p]);
            StatisticalAssert.Close(0, score * free.Value.Parameters[p].StandardError, 1e-3);
            for (int q = 0; q < size; q++) StatisticalAssert.Close(expected[p, q], covariance[p, q], 2e-3 * Math.Sqrt(expected[p, p] * expected[q, q]));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Derivatives_AtAnyPoint_AreFiniteDifferences(int target)
    {
        MarkedEvents events = MarkedEvents.Of(HawkesProblem.Tied(2), ["a", "b", "c"]);
        PowerLawKernel kernel = new(0.04, 0.6);
        DecayGrid grid = DecayGrid.For(new PowerLawKernel(0.01, 0.1), new PowerLawKernel(1, 3), 20, 1e-8);
        double[] variables = [0.2, 0.1, 0.3, 1.3], shape = [kernel.TimeScale, kernel.Exponent];
        DecayDerivatives derivatives = ByShape(shape);
        for (int p = 0; p < 2; p++)
        {
            double step = 1e-4 * shape[p];
            double[] up = (double[])shape.Clone(), down = (double[])shape.Clone();
            up[p] += step;
            down[p] -= step;
            Evaluation high = Of(up), low = Of(down);
            StatisticalAssert.Close((low.Value - high.Value) / (2 * step), derivatives.First[p], 1e-5, 1e-6);
            for (int i = 0; i < variables.Length; i++) StatisticalAssert.Close((low.Gradient[i] - high.Gradient[i]) / (2 * step), derivatives.Mixed[i, p], 1e-5, 1e-6);
            DecayDerivatives after = ByShape(up), before = ByShape(down);
            for (int q = 0; q < 2; q++) StatisticalAssert.Close((after.First[q] - before.First[q]) / (2 * step), derivatives.Second[p, q], 1e-5, 1e-5);
        }

        PowerLawDesign DesignAt(double[] at) => new(events, new PowerLawWeights(grid, new PowerLawKernel(at[0], at[1]), withDerivatives: true), threads: 2);
        DecayDerivatives ByShape(double[] at) => PowerLawProfile.Differentiate(DesignAt(at), target, variables);
        Evaluation Of(double[] at)
        {
            PowerLawDesign design = DesignAt(at);
            using TargetDesign columns = new(design.Columns(PowerLawWeights.Value, target), events, target);
            using TargetLikelihood likelihood = new(columns, new Exposure(design.Exposure(PowerLawWeights.Value), [], [], [design.Duration]), threads: 1, withDecays: false);
            return likelihood.Evaluate(variables, withCurvature: false, default);
        }
    }

    // Excitation with a time constant has no heavy tail.
    [Fact]
    public void Fit_ExponentialSpikes_SaysThatTheTailIsNoHeavier()
    {
        Recording exponential = new HawkesModel("a", 2, 0.6, 8).Simulate(HawkesProblem.Record(1500, Array.Empty<double>()), seed: 6);
        HawkesFit fit = new HawkesSpecification { Units = ["a"], Kernel = HawkesKernel.FreePowerLaw() }.Fit(exponential);
        Assert.Equal(FitStatus.Separated, fit.Certificate.Status);
        Assert.Contains("no heavier than that of an exponential", fit.Certificate.Message, StringComparison.Ordinal);
        Assert.True(double.IsNaN(fit.Parameter("theta").StandardError));
        Assert.True(double.IsFinite(fit.Parameter("mu[a]").StandardError));
    }

    [Fact]
    public void Fit_RegularSpikes_SaysThatThereIsNoExcitation()
    {
        Recording regular = HawkesProblem.Record(100, [.. Enumerable.Range(0, 200).Select(i => (i * 0.5) + 0.25)]);
        HawkesFit fit = new HawkesSpecification { Units = ["a"], Kernel = HawkesKernel.FreePowerLaw() }.Fit(regular);
        Assert.Equal(FitStatus.RankDeficient, fit.Certificate.Status);
        Assert.True(fit.Parameter("alpha[a<-a]").IsAtBound);
        StatisticalAssert.Close(2, fit.Parameter("mu[a]").Estimate, 1e-9);
    }

    // More spikes than the first stage takes; the same bits whatever the number of threads.
    [Fact]
    public void Fit_OneThreadOrMany_GivesTheSameBits()
    {
        Assert.True(recording.SpikeCount < 2 << 12);
        HawkesSpecification specification = new() { Units = ["a", "b"], Kernel = HawkesKernel.FreePowerLaw() };
        HawkesFit one = specification.Fit(recording, new HawkesFitOptions { Threads = 1 });
        Assert.Equal(free.Value.Parameters, one.Parameters);
        Assert.Throws<OperationCanceledException>(() => specification.Fit(recording, cancellationToken: new CancellationToken(canceled: true)));
        Assert.Equal("power law, time scale and exponent estimated", specification.Kernel.ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => HawkesKernel.FreePowerLaw(accuracy: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => HawkesKernel.PowerLaw(1, 0));
    }

    [Fact]
    public void Fit_ManySpikes_ReachesItsOptimumInStages()
    {
        Recording many = shape.ToModel(["a"], [4], new[,] { { 0.6 } }).Simulate(HawkesProblem.Record(Duration, Array.Empty<double>()), seed: 8);
        Assert.True(many.SpikeCount > 10_000);
        HawkesFit fit = new HawkesSpecification { Units = ["a"], Kernel = HawkesKernel.FreePowerLaw() }.Fit(many);
        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        StatisticalAssert.WithinStandardErrors(fit.Parameter("theta").Estimate, Exponent, fit.Parameter("theta").StandardError);
        StatisticalAssert.WithinStandardErrors(fit.Parameter("c").Estimate, TimeScale, fit.Parameter("c").StandardError);
    }

    // Order of the parameters: mu[a], alpha[a<-a], alpha[a<-b], mu[b], alpha[b<-a], alpha[b<-b], c, theta; steps in thousandths of each.
    private static double LogLikelihood(double[] at, int p, double stepP, int q, double stepQ)
    {
        double[] moved = (double[])at.Clone();
        moved[p] += stepP * 1e-3 * at[p];
        moved[q] += stepQ * 1e-3 * at[q];
        PowerLawMixture mixture = new PowerLawKernel(moved[6], moved[7]).Approximate(Duration, 1e-10);
        return mixture.ToModel(["a", "b"], [moved[0], moved[3]], new[,] { { moved[1], moved[2] }, { moved[4], moved[5] } }).LogLikelihood(recording);
    }
}
