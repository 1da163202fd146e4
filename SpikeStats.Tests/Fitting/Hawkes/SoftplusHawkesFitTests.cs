using MathNet.Numerics.LinearAlgebra;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Fitting.Hawkes;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Hawkes;
using SpikeStats.Tests.Models.Hawkes;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Hawkes;

public sealed class SoftplusHawkesFitTests
{
    private static readonly SoftplusHawkesModel truth = new(
        ["a", "b"], [20, 12], [25.0], new[, ,] { { { -0.5 }, { 0.3 } }, { { -0.6 }, { -0.2 } } }, softness: 2);

    private static readonly Recording recording = truth.Simulate(HawkesProblem.Record(120, Array.Empty<double>()), seed: 8);
    private static readonly SoftplusHawkesSpecification specification = new() { Units = ["a", "b"], Softness = 2 };
    private static readonly Lazy<SoftplusHawkesFit> free = new(() => specification.Fit(recording));

    // Seven estimates within four standard errors, two p-values above 1e-3: false-alarm rate 2.5e-3.
    [Fact]
    public void Fit_SimulatedInhibition_FindsItsParametersAndPassesTimeRescaling()
    {
        Assert.True(free.Value.Certificate.IsConverged, free.Value.Certificate.Message);
        (string Name, double Value)[] expected = [
            ("mu[a]", 20), ("mu[b]", 12), ("alpha[a<-a]", -0.5), ("alpha[a<-b]", 0.3), ("alpha[b<-a]", -0.6), ("alpha[b<-b]", -0.2), ("beta", 25)];
        foreach ((string name, double value) in expected) StatisticalAssert.WithinStandardErrors(free.Value.Parameter(name).Estimate, value, free.Value.Parameter(name).StandardError);
        Assert.True(free.Value.Parameter("alpha[b<-a]").Upper < 0);
        Assert.True(free.Value.Parameter("alpha[b<-a]").Lower < free.Value.Parameter("alpha[b<-a]").Estimate);
        Assert.Equal(7, free.Value.Model.ParameterCount);
        foreach (string unit in truth.Units) Assert.True(TimeRescaling.Test(free.Value.Model, recording, unit).KolmogorovSmirnov.PValue > 1e-3);
        Assert.True(free.Value.LogLikelihood > new HawkesSpecification { Units = ["a", "b"] }.Fit(recording).LogLikelihood + 10);
    }

    // The model's own adaptive likelihood: neither the derivatives of the fit nor its points of quadrature.
    [Fact]
    public void ScoreAndCovariance_AtTheEstimate_AreThoseOfFiniteDifferences()
    {
        double[] at = [.. free.Value.Parameters.Select(parameter => parameter.Estimate)], errors = [.. free.Value.Parameters.Select(parameter => parameter.StandardError)];
        StatisticalAssert.Close(free.Value.Model.LogLikelihood(recording), free.Value.LogLikelihood, relative: 1e-14);
        int size = at.Length;
        Matrix<double> hessian = Matrix<double>.Build.Dense(size, size);
        for (int p = 0; p < size; p++)
        {
            StatisticalAssert.Close(0, (LogLikelihood(p, 1e-3, p, 0) - LogLikelihood(p, -1e-3, p, 0)) / 2e-3, 1e-4);
            for (int q = 0; q <= p; q++)
            {
                const double Step = 0.02;
                double second = LogLikelihood(p, Step, q, Step) - LogLikelihood(p, Step, q, -Step) - LogLikelihood(p, -Step, q, Step) + LogLikelihood(p, -Step, q, -Step);
                hessian[p, q] = hessian[q, p] = second / (4 * Step * Step * errors[p] * errors[q]);
            }
        }

        Matrix<double> expected = (-hessian).Inverse();
        double[,] covariance = free.Value.Covariance();
        for (int p = 0; p < size; p++)
        {
            StatisticalAssert.Close(errors[p] * errors[p], covariance[p, p], relative: 1e-12);
            for (int q = 0; q < size; q++) StatisticalAssert.Close(expected[p, q], covariance[p, q], 1e-3 * errors[p] * errors[q]);
        }

        // Order of the parameters: mu[a], alpha[a<-a], alpha[a<-b], mu[b], alpha[b<-a], alpha[b<-b], beta; steps in standard errors.
        double LogLikelihood(int p, double stepP, int q, double stepQ)
        {
            double[] moved = (double[])at.Clone();
            moved[p] += stepP * errors[p];
            moved[q] += stepQ * errors[q];
            double[,,] branching = { { { moved[1] }, { moved[2] } }, { { moved[4] }, { moved[5] } } };
            return new SoftplusHawkesModel(["a", "b"], [moved[0], moved[3]], [moved[6]], branching, softness: 2).LogLikelihood(recording);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Derivatives_AtAnyPoint_AreFiniteDifferences(int target)
    {
        MarkedEvents events = MarkedEvents.Of(HawkesProblem.Tied(2), ["a", "b", "c"]);
        double[] variables = [-0.2, 0.1, 0.3, 0.05, -0.4, 0.1, 2.3], decays = [2.5, 30];
        QuadraturePanels panels = QuadraturePanels.Of(events, 30, parts: 1);
        StatisticalAssert.Close(events.Observed.Duration, panels.Weights.Sum(), relative: 1e-13);
        Evaluation here = At(decays).Evaluate(variables, withCurvature: true, default);
        for (int i = 0; i < variables.Length; i++)
        {
            Evaluation high = At(decays).Evaluate(Moved(variables, i, 1e-5), withCurvature: false, default), low = At(decays).Evaluate(Moved(variables, i, -1e-5), withCurvature: false, default);
            StatisticalAssert.Close((high.Value - low.Value) / 2e-5, here.Gradient[i], 1e-5, 1e-6);
            for (int j = 0; j <= i; j++) StatisticalAssert.Close((high.Gradient[j] - low.Gradient[j]) / 2e-5, here.Hessian![(i * variables.Length) + j], 1e-5, 1e-6);
        }

        DecayDerivatives derivatives = At(decays).DifferentiateByDecays(variables);
        for (int u = 0; u < 2; u++)
        {
            double step = 1e-5 * decays[u];
            SoftplusLikelihood above = At(Moved(decays, u, step)), below = At(Moved(decays, u, -step));
            Evaluation high = above.Evaluate(variables, withCurvature: false, default), low = below.Evaluate(variables, withCurvature: false, default);
            StatisticalAssert.Close((low.Value - high.Value) / (2 * step), derivatives.First[u], 1e-6, 1e-6);
            for (int i = 0; i < variables.Length; i++) StatisticalAssert.Close((low.Gradient[i] - high.Gradient[i]) / (2 * step), derivatives.Mixed[i, u], 1e-6, 1e-6);
            DecayDerivatives after = above.DifferentiateByDecays(variables), before = below.DifferentiateByDecays(variables);
            for (int v = 0; v < 2; v++) StatisticalAssert.Close((after.First[v] - before.First[v]) / (2 * step), derivatives.Second[u, v], 1e-6, 1e-6);
        }

        SoftplusLikelihood At(double[] at) => new(new SoftplusDesign(events, at, panels, withDerivatives: true), target, new SoftplusLink(0.7), threads: 2);
        static double[] Moved(double[] from, int place, double step)
        {
            double[] moved = (double[])from.Clone();
            moved[place] += step;
            return moved;
        }
    }

    // Excitation alone, and a drive that never comes near zero: the linear process and its fit, by other sums, features and bounds.
    [Fact]
    public void Fit_ExcitationAndNoSoftness_IsTheLinearFit()
    {
        Recording excited = new HawkesModel("a", 8, 0.5, 12).Simulate(HawkesProblem.Record(150, Array.Empty<double>()), seed: 3);
        HawkesFit linear = new HawkesSpecification { Units = ["a"] }.Fit(excited);
        SoftplusHawkesFit fit = new SoftplusHawkesSpecification { Units = ["a"], Softness = 0.05 }.Fit(excited);
        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        StatisticalAssert.Close(linear.LogLikelihood, fit.LogLikelihood, 1e-6);
        foreach (HawkesParameter parameter in linear.Parameters)
        {
            StatisticalAssert.Close(parameter.Estimate, fit.Parameter(parameter.Name).Estimate, relative: 1e-6);
            StatisticalAssert.Close(parameter.StandardError, fit.Parameter(parameter.Name).StandardError, relative: 1e-5);
        }
    }

    [Fact]
    public void Fit_DecayGiven_IsTheSameOptimumWithSmallerErrors()
    {
        SoftplusHawkesFit given = (specification with { Kernel = HawkesKernel.Exponential(free.Value.Model.Decays[0]) }).Fit(recording);
        Assert.True(given.Certificate.IsConverged, given.Certificate.Message);
        StatisticalAssert.Close(free.Value.LogLikelihood, given.LogLikelihood, relative: 1e-10);
        foreach (HawkesParameter parameter in given.Parameters)
        {
            StatisticalAssert.Close(parameter.Estimate, free.Value.Parameter(parameter.Name).Estimate, relative: 1e-6);
            Assert.True(parameter.StandardError <= free.Value.Parameter(parameter.Name).StandardError);
        }
    }

    [Fact]
    public void Fit_UnitsInAnotherOrderOrOneThread_GivesTheSameEstimates()
    {
        SoftplusHawkesFit swapped = (specification with { Units = ["b", "a"] }).Fit(recording), one = specification.Fit(recording, new HawkesFitOptions { Threads = 1 });
        foreach (HawkesParameter parameter in free.Value.Parameters) StatisticalAssert.Close(parameter.Estimate, swapped.Parameter(parameter.Name).Estimate, relative: 1e-7);
        Assert.Equal(free.Value.Parameters, one.Parameters);
    }

    // The first stage of the search sees only the first spikes, and none of b.
    [Fact]
    public void Fit_UnitThatWakesLate_ReachesItsOptimum()
    {
        SpikeTrain early = new SoftplusHawkesModel("a", 25, -0.5, 30, softness: 2).Simulate(HawkesProblem.Record(150, Array.Empty<double>()), seed: 2)["a"];
        Assert.True(early.Count > 2048);
        SpikeTrain steady = new HawkesModel("b", 4, 0, 1).Simulate(HawkesProblem.Record(150, Array.Empty<double>()), seed: 4)["b"];
        SpikeTrain late = SpikeTrain.FromSorted(steady.Times.ToArray().Where(time => time > 125).ToArray(), early.Observed, "b");
        SoftplusHawkesFit fit = specification.Fit(Recording.FromTrains([early, late]));
        Assert.True(double.IsFinite(fit.LogLikelihood));
        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        Assert.True(fit.LogLikelihood > fit.NullLogLikelihood);
    }

    // b never fires within 50 time constants after a.
    [Fact]
    public void Fit_CompleteSilence_SaysThatItIsDeeperThanTheDataCanTell()
    {
        Recording silent = HawkesProblem.Record(
            200, [.. Enumerable.Range(0, 200).Select(i => i + 0.1 + (0.001 * (i * 37 % 101)))], [.. Enumerable.Range(0, 200).Select(i => i + 0.75 + (0.0011 * (i * 61 % 103)))]);
        SoftplusHawkesFit fit = new SoftplusHawkesSpecification { Units = ["a", "b"], Kernel = HawkesKernel.Exponential(100) }.Fit(silent);
        Assert.Equal(FitStatus.Separated, fit.Certificate.Status);
        Assert.Contains("silence of a, b", fit.Certificate.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_NonsenseOfEveryKind_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => (specification with { Softness = 0 }).Fit(recording));
        Assert.Throws<ArgumentException>(() => (specification with { Units = [] }).Fit(recording));
        Assert.Throws<ArgumentException>(() => (specification with { Kernel = HawkesKernel.FreePowerLaw() }).Fit(recording));
        Assert.Throws<UnknownUnitException>(() => (specification with { Units = ["x"] }).Fit(recording));
        Assert.Throws<InvalidRecordingException>(() => (specification with { Units = ["a"] }).Fit(HawkesProblem.Record(3, [1, 2, 2])));
        Assert.Throws<OperationCanceledException>(() => specification.Fit(recording, cancellationToken: new CancellationToken(canceled: true)));
        Assert.Throws<ArgumentException>(() => free.Value.Parameter("gamma"));
    }

    [Fact]
    public void Table_OfTheParameters_HasARowForEach()
    {
        Assert.Equal(7, free.Value.ToDataTable().Rows.Count);
        Assert.Contains("alpha[a&lt;-b]", free.Value.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("Converged, 7 parameters", free.Value.ToString(), StringComparison.Ordinal);
    }
}
