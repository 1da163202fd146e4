using SpikeStats.Fitting.Hawkes;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Hawkes;
using SpikeStats.Tests.Models.Hawkes;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Hawkes;

public sealed class HawkesBaselineFitTests
{
    private static readonly HawkesBaseline shape = HawkesBaseline.Periodic(3, 3);
    private static readonly HawkesModel truth = new(["a", "b"], shape, new[,] { { 4, 1, 0.5 }, { 1, 3.0, 2 } }, [6.0], new[, ,] { { { 0.4 }, { 0.2 } }, { { 0.3 }, { 0.1 } } });
    private static readonly TimeIntervals trials = TimeIntervals.FromSorted([.. Enumerable.Range(0, 20).Select(i => new TimeInterval(i * 20, (i * 20) + 15))]);
    private static readonly Recording recording = truth.Simulate(Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), trials)]), seed: 41);
    private static readonly Lazy<HawkesFit> free = new(() => new HawkesSpecification { Units = ["a", "b"], Baseline = shape }.Fit(recording));

    // Eleven numbers within four standard errors: false-alarm rate 7e-4.
    [Fact]
    public void Fit_PeriodicBaseline_FindsTheTruth()
    {
        Assert.True(free.Value.Certificate.IsConverged, free.Value.Certificate.Message);
        Assert.Equal(
            ["mu[a] 1", "mu[a] 2", "mu[a] 3", "alpha[a<-a]", "alpha[a<-b]", "mu[b] 1", "mu[b] 2", "mu[b] 3", "alpha[b<-a]", "alpha[b<-b]", "beta"],
            free.Value.Parameters.Select(parameter => parameter.Name));
        double[] values = [4, 1, 0.5, 0.4, 0.2, 1, 3, 2, 0.3, 0.1, 6];
        for (int p = 0; p < values.Length; p++)
            StatisticalAssert.WithinStandardErrors(free.Value.Parameters[p].Estimate, values[p], free.Value.Parameters[p].StandardError);
        Assert.Equal(11, free.Value.Model.ParameterCount);
        StatisticalAssert.Close(free.Value.LogLikelihood, free.Value.Model.LogLikelihood(recording), relative: 1e-12);
        StatisticalAssert.Close(free.Value.LogLikelihood, HawkesProblem.BruteForce(free.Value.Model, recording), relative: 1e-11);
    }

    // Minus the inverse of the Hessian by finite differences of the model's own likelihood: none of the fit's derivatives.
    [Fact]
    public void Covariance_PeriodicBaseline_IsTheInverseOfTheHessianByFiniteDifferences()
    {
        double[] at = [.. free.Value.Parameters.Select(parameter => parameter.Estimate)];
        MathNet.Numerics.LinearAlgebra.Matrix<double> expected = FiniteDifferences.CovarianceAt(at, LogLikelihood);
        double[,] covariance = free.Value.Covariance();
        for (int p = 0; p < at.Length; p++)
        {
            StatisticalAssert.Close(covariance[p, p], Math.Pow(free.Value.Parameters[p].StandardError, 2), relative: 1e-12);
            for (int q = 0; q < at.Length; q++) StatisticalAssert.Close(expected[p, q], covariance[p, q], 5e-4 * Math.Sqrt(expected[p, p] * expected[q, q]));
        }
    }

    [Fact]
    public void Score_PeriodicBaseline_IsZeroAndTheCompensatorIsTheCount()
    {
        double[] at = [.. free.Value.Parameters.Select(parameter => parameter.Estimate)];
        for (int p = 0; p < at.Length; p++)
            StatisticalAssert.Close(0, FiniteDifferences.Slope(at, p, LogLikelihood) * free.Value.Parameters[p].StandardError, 1e-4);
        foreach (string unit in free.Value.Model.Units)
            StatisticalAssert.Close(recording[unit].Count, free.Value.Model.Compensate(recording, unit).Segments.Sum(segment => segment.AtEnd), relative: 1e-8);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Derivatives_BaselineThatVaries_AreFiniteDifferences(bool isPeriodic)
    {
        HawkesModel model = HawkesProblem.Varying(isPeriodic);
        HawkesEvaluation evaluation = new(HawkesProblem.Tied(2), [2.5, 30], model.Baseline);
        double[] variables = [0.2, 0.1, 0.3, 0.05, 0.2, 0.1, .. Enumerable.Range(1, model.Baseline.PieceCount).Select(piece => 0.7 * piece)];
        Evaluation at = evaluation.Of(1, variables);
        DecayDerivatives byDecays = evaluation.ByDecays(1, variables);
        for (int i = 0; i < variables.Length; i++)
        {
            double step = 1e-5 * variables[i];
            double[] up = (double[])variables.Clone(), down = (double[])variables.Clone();
            up[i] += step;
            down[i] -= step;
            Evaluation high = evaluation.Of(1, up), low = evaluation.Of(1, down);
            StatisticalAssert.Close((high.Value - low.Value) / (2 * step), at.Gradient[i], 1e-6, 1e-6);
            for (int k = i; k < variables.Length; k++) StatisticalAssert.Close((high.Gradient[k] - low.Gradient[k]) / (2 * step), at.Hessian![(k * variables.Length) + i], 1e-6, 1e-6);
            DecayDerivatives above = evaluation.ByDecays(1, up), below = evaluation.ByDecays(1, down);
            for (int u = 0; u < 2; u++) StatisticalAssert.Close((above.First[u] - below.First[u]) / (2 * step), byDecays.Mixed[i, u], 1e-6, 1e-6);
        }
    }

    // Regular spikes excite nothing: the levels are those of a Poisson process, counts over durations with the errors sqrt(n)/T.
    [Fact]
    public void Fit_RegularSpikesOfTwoRates_GivesRatesOfThePieces()
    {
        Recording regular = HawkesProblem.Record(100, [.. Enumerable.Range(0, 80).Select(i => (i * 0.5) + 0.25), .. Enumerable.Range(0, 60).Select(i => 40.5 + i)]);
        HawkesFit fit = new HawkesSpecification { Units = ["a"], Kernel = HawkesKernel.Exponential(50), Baseline = HawkesBaseline.Piecewise(40) }.Fit(regular);
        Assert.True(fit.Parameter("alpha[a<-a]").IsAtBound);
        StatisticalAssert.Close(2, fit.Parameter("mu[a] 1").Estimate, 1e-9);
        StatisticalAssert.Close(1, fit.Parameter("mu[a] 2").Estimate, 1e-9);
        StatisticalAssert.Close(Math.Sqrt(80) / 40, fit.Parameter("mu[a] 1").StandardError, 1e-9);
        StatisticalAssert.Close(Math.Sqrt(60) / 60, fit.Parameter("mu[a] 2").StandardError, 1e-9);
    }

    [Fact]
    public void Fit_PieceWithoutSpikes_HasItsLevelAtTheBound()
    {
        Recording early = HawkesProblem.Record(100, [.. Enumerable.Range(0, 80).Select(i => (i * 0.5) + 0.25)]);
        HawkesFit fit = new HawkesSpecification { Units = ["a"], Kernel = HawkesKernel.Exponential(50), Baseline = HawkesBaseline.Piecewise(40) }.Fit(early);
        Assert.True(fit.Parameter("mu[a] 2").IsAtBound);
        Assert.Contains("mu[a] 2", fit.Certificate.Message, StringComparison.Ordinal);
        Assert.True(fit.Certificate.IsConverged);
    }

    [Fact]
    public void Fit_PieceOutsideTheObservedTime_IsRefused()
    {
        HawkesSpecification specification = new() { Units = ["a"], Baseline = HawkesBaseline.Piecewise(10, 1000) };
        ArgumentException error = Assert.Throws<ArgumentException>(() => specification.Fit(HawkesProblem.Record(100, [1, 2, 4, 20])));
        Assert.Contains("Piece 3", error.Message, StringComparison.Ordinal);
    }

    private static double LogLikelihood(double[] p) => new HawkesModel(
        ["a", "b"], shape, new[,] { { p[0], p[1], p[2] }, { p[5], p[6], p[7] } }, [p[10]], new[, ,] { { { p[3] }, { p[4] } }, { { p[8] }, { p[9] } } }).LogLikelihood(recording);
}
