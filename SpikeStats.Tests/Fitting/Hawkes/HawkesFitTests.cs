using SpikeStats.Fitting.Hawkes;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Hawkes;
using SpikeStats.Tests.Models.Hawkes;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Hawkes;

public sealed class HawkesFitTests
{
    private static readonly HawkesModel truth = new(["a", "b"], [2, 1], 6, new[,] { { 0.4, 0.2 }, { 0.3, 0.1 } });
    private static readonly Recording recording = truth.Simulate(Trials(20, 15), seed: 8);
    private static readonly Lazy<HawkesFit> free = new(() => new HawkesSpecification { Units = ["a", "b"] }.Fit(recording));

    [Fact]
    public void Score_AtTheEstimate_IsZeroByFiniteDifferences()
    {
        Assert.True(free.Value.Certificate.IsConverged, free.Value.Certificate.Message);
        double[] at = [.. free.Value.Parameters.Select(parameter => parameter.Estimate)];
        for (int p = 0; p < at.Length; p++)
        {
            double step = 1e-5 * at[p], up = LogLikelihood(at, p, step), down = LogLikelihood(at, p, -step);
            StatisticalAssert.Close(0, (up - down) / (2 * step) * free.Value.Parameters[p].StandardError, 1e-4);
        }
    }

    // Minus the inverse of the Hessian by finite differences of the model's own likelihood: none of the fit's derivatives.
    [Fact]
    public void Covariance_AtTheEstimate_IsTheInverseOfTheHessianByFiniteDifferences()
    {
        double[] at = [.. free.Value.Parameters.Select(parameter => parameter.Estimate)];
        int size = at.Length;
        MathNet.Numerics.LinearAlgebra.Matrix<double> hessian = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(size, size, (p, q) =>
        {
            double Value(int signP, int signQ)
            {
                double[] moved = (double[])at.Clone();
                moved[p] += signP * 1e-3 * at[p];
                moved[q] += signQ * 1e-3 * at[q];
                return LogLikelihood(moved, 0, 0);
            }

            return (Value(1, 1) - Value(1, -1) - Value(-1, 1) + Value(-1, -1)) / (4e-6 * at[p] * at[q]);
        });
        MathNet.Numerics.LinearAlgebra.Matrix<double> expected = (-hessian).Inverse();
        double[,] covariance = free.Value.Covariance();
        for (int p = 0; p < size; p++)
        {
            StatisticalAssert.Close(covariance[p, p], free.Value.Parameters[p].StandardError * free.Value.Parameters[p].StandardError, relative: 1e-12);
            for (int q = 0; q < size; q++) StatisticalAssert.Close(expected[p, q], covariance[p, q], 2e-4 * Math.Sqrt(expected[p, p] * expected[q, q]));
        }
    }

    [Fact]
    public void Compensator_AtTheEstimate_IsTheNumberOfSpikesOfEachUnit()
    {
        foreach (string unit in free.Value.Model.Units)
            StatisticalAssert.Close(recording[unit].Count, free.Value.Model.Compensate(recording, unit).Segments.Sum(segment => segment.AtEnd), relative: 1e-8);
        StatisticalAssert.Close(free.Value.LogLikelihood, free.Value.Model.LogLikelihood(recording), relative: 1e-12);
    }

    [Fact]
    public void Fit_OtherTimeUnit_ScalesRatesAndKeepsRatios()
    {
        Recording milliseconds = Recording.FromTrains(recording.Trains.Select(train => SpikeTrain.FromSorted(
            Array.ConvertAll(train.Times.ToArray(), time => time * 1024),
            TimeIntervals.FromSorted([.. train.Observed.Select(interval => new TimeInterval(interval.Start * 1024, interval.End * 1024))]), train.Unit)));
        HawkesFit scaled = new HawkesSpecification { Units = ["a", "b"] }.Fit(milliseconds);
        for (int p = 0; p < scaled.Parameters.Count; p++)
        {
            double factor = scaled.Parameters[p].Kind == HawkesParameterKind.Branching ? 1 : 1024;
            StatisticalAssert.Close(free.Value.Parameters[p].Estimate, scaled.Parameters[p].Estimate * factor, relative: 1e-7);
            StatisticalAssert.Close(free.Value.Parameters[p].StandardError, scaled.Parameters[p].StandardError * factor, relative: 1e-6);
        }
    }

    [Fact]
    public void Fit_UnitsInAnotherOrder_GivesTheSameEstimates()
    {
        HawkesFit swapped = new HawkesSpecification { Units = ["b", "a"] }.Fit(recording);
        foreach (HawkesParameter parameter in free.Value.Parameters)
            StatisticalAssert.Close(parameter.Estimate, swapped.Parameter(parameter.Name).Estimate, relative: 1e-7);
        StatisticalAssert.Close(free.Value.SpectralRadius.StandardError, swapped.SpectralRadius.StandardError, relative: 1e-6);
    }

    [Fact]
    public void Fit_OneThreadOrMany_GivesTheSameBits()
    {
        HawkesFit one = new HawkesSpecification { Units = ["a", "b"] }.Fit(recording, new HawkesFitOptions { Threads = 1 });
        Assert.Equal(free.Value.Parameters, one.Parameters);
        Assert.Equal(free.Value.LogLikelihood, one.LogLikelihood);
    }

    // Two decays a factor of 20 apart: the estimates lie within four standard errors, nine numbers, false-alarm rate 6e-4.
    [Fact]
    public void Fit_TwoFreeDecays_FindsThemAndBeatsOne()
    {
        HawkesModel two = new(["a"], [5], [2.0, 40.0], new[, ,] { { { 0.35, 0.3 } } });
        Recording drawn = two.Simulate(Trials(4, 300), seed: 4);
        HawkesFit fit = new HawkesSpecification { Units = ["a"], Kernel = HawkesKernel.FreeExponentials(2) }.Fit(drawn);
        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        (string Name, double Value)[] expected = [("mu[a]", 5), ("alpha[a<-a] 1", 0.35), ("alpha[a<-a] 2", 0.3), ("beta 1", 2), ("beta 2", 40)];
        foreach ((string name, double value) in expected) StatisticalAssert.WithinStandardErrors(fit.Parameter(name).Estimate, value, fit.Parameter(name).StandardError);
        HawkesFit one = new HawkesSpecification { Units = ["a"] }.Fit(drawn);
        Assert.True(fit.LogLikelihood > one.LogLikelihood + 10);
        HawkesFit given = new HawkesSpecification { Units = ["a"], Kernel = HawkesKernel.Exponentials(fit.Model.Decays) }.Fit(drawn);
        StatisticalAssert.Close(fit.LogLikelihood, given.LogLikelihood, relative: 1e-13);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Fit_MoreFreeDecaysThanTheTruthHas_IsNoWorseThanConstantRates(int count)
    {
        HawkesFit fit = new HawkesSpecification { Units = ["a"], Kernel = HawkesKernel.FreeExponentials(count) }.Fit(recording);
        Assert.True(fit.LogLikelihood > fit.NullLogLikelihood);
        Assert.Equal(count, fit.Model.Decays.Distinct().Count());
        Assert.NotEmpty(fit.Certificate.Message);
    }

    // The first stage of the search sees only the first spikes, and none of b.
    [Fact]
    public void Fit_UnitThatWakesLate_ReachesItsOptimum()
    {
        HawkesModel model = new("a", 4, 0.5, 10);
        SpikeTrain early = model.Simulate(Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), TimeIntervals.Of(0, 1500))]), seed: 2)["a"];
        SpikeTrain late = SpikeTrain.FromSorted(Enumerable.Range(0, 60).Select(i => 1400 + (1.61 * i)).ToArray(), early.Observed, "b");
        Assert.True(early.Count > 10_000);
        Recording both = Recording.FromTrains([early, late]);
        HawkesFit fit = new HawkesSpecification { Units = ["a", "b"] }.Fit(both);
        Assert.True(double.IsFinite(fit.LogLikelihood));
        foreach (string unit in fit.Model.Units)
            StatisticalAssert.Close(both[unit].Count, fit.Model.Compensate(both, unit).Segments.Sum(segment => segment.AtEnd), relative: 1e-7);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void DecayDerivatives_AtAnyPoint_AreFiniteDifferences(int target)
    {
        Recording tied = HawkesProblem.Tied(2);
        double[] variables = [0.2, 0.1, 0.3, 0.05, 0.2, 0.1, 1.3], decays = [2.5, 30];
        DecayDerivatives derivatives = new HawkesEvaluation(tied, decays).ByDecays(target, variables);
        for (int u = 0; u < 2; u++)
        {
            double step = 1e-4 * decays[u];
            double[] up = (double[])decays.Clone(), down = (double[])decays.Clone();
            up[u] += step;
            down[u] -= step;
            HawkesEvaluation above = new(tied, up), below = new(tied, down);
            Evaluation high = above.Of(target, variables), low = below.Of(target, variables);
            StatisticalAssert.Close((low.Value - high.Value) / (2 * step), derivatives.First[u], 1e-6, 1e-6);
            for (int i = 0; i < variables.Length; i++)
                StatisticalAssert.Close((low.Gradient[i] - high.Gradient[i]) / (2 * step), derivatives.Mixed[i, u], 1e-6, 1e-6);
            DecayDerivatives after = above.ByDecays(target, variables), before = below.ByDecays(target, variables);
            for (int v = 0; v < 2; v++) StatisticalAssert.Close((after.First[v] - before.First[v]) / (2 * step), derivatives.Second[u, v], 1e-6, 1e-6);
        }
    }

    [Fact]
    public void Fit_PoissonSpikes_NamesWhatIsAtItsBound()
    {
        // Regular spikes repel each other: no decay lets a spike make another likelier.
        Recording regular = HawkesProblem.Record(100, [.. Enumerable.Range(0, 200).Select(i => (i * 0.5) + 0.25)]);
        HawkesFit given = new HawkesSpecification { Units = ["a"], Kernel = HawkesKernel.Exponential(5) }.Fit(regular);
        Assert.Equal(FitStatus.Converged, given.Certificate.Status);
        Assert.True(given.Parameter("alpha[a<-a]").IsAtBound);
        StatisticalAssert.Close(2, given.Parameter("mu[a]").Estimate, 1e-9);
        StatisticalAssert.Close(Math.Sqrt(200) / 100, given.Parameter("mu[a]").StandardError, 1e-9);
    }

    [Fact]
    public void Fit_DriftingRate_SaysThatTheDecayRunsToZero()
    {
        // A rate that grows exponentially is proportional to the number of all spikes so far.
        double[] times = [.. Enumerable.Range(1, 400).Select(i => 10 * Math.Log(1 + (i / 20.0)))];
        HawkesFit fit = new HawkesSpecification { Units = ["a"] }.Fit(HawkesProblem.Record(30.45, times));
        Assert.Equal(FitStatus.Separated, fit.Certificate.Status);
        Assert.Contains("runs to zero", fit.Certificate.Message, StringComparison.Ordinal);
        Assert.True(double.IsNaN(fit.Parameter("beta").StandardError));
    }

    [Fact]
    public void Fit_ExplosiveSpikes_SaysThatTheProcessIsNotStationary()
    {
        Recording burst = HawkesProblem.Record(10, [.. Enumerable.Range(0, 300).Select(i => 2 + (2.5 * Math.Log(1 + (i / 20.0))))]);
        HawkesFit fit = new HawkesSpecification { Units = ["a"], Kernel = HawkesKernel.Exponential(0.5) }.Fit(burst);
        Assert.True(fit.SpectralRadius.Value >= 1);
        Assert.Contains("has no stationary law", fit.Certificate.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SpectralRadius_OfOneUnit_IsItsBranchingRatioWithTheSameError()
    {
        HawkesFit fit = new HawkesSpecification { Units = ["a"] }.Fit(recording);
        StatisticalAssert.Close(fit.Parameter("alpha[a<-a]").Estimate, fit.SpectralRadius.Value, 1e-14);
        StatisticalAssert.Close(fit.Parameter("alpha[a<-a]").StandardError, fit.SpectralRadius.StandardError, 1e-12);
    }

    // The delta method by finite differences of the eigenvalue and the whole covariance.
    [Fact]
    public void SpectralRadius_OfTwoUnits_HasTheErrorOfTheDeltaMethod()
    {
        double[] weights = new double[free.Value.Parameters.Count];
        double[,] matrix = free.Value.Model.BranchingMatrix(), covariance = free.Value.Covariance();
        for (int p = 0; p < weights.Length; p++)
        {
            if (free.Value.Parameters[p].Kind != HawkesParameterKind.Branching) continue;
            (int i, int j) = (p / 3, (p % 3) - 1);
            double Radius(double step)
            {
                double[,] moved = (double[,])matrix.Clone();
                moved[i, j] += step;
                return new HawkesModel(["a", "b"], [1, 1], 1, moved).SpectralRadius;
            }

            weights[p] = (Radius(1e-6) - Radius(-1e-6)) / 2e-6;
        }

        double variance = 0;
        for (int p = 0; p < weights.Length; p++)
        {
            for (int q = 0; q < weights.Length; q++) variance += weights[p] * covariance[p, q] * weights[q];
        }

        StatisticalAssert.Close(Math.Sqrt(variance), free.Value.SpectralRadius.StandardError, relative: 1e-8);
        Assert.InRange(truth.SpectralRadius, free.Value.SpectralRadius.Lower, free.Value.SpectralRadius.Upper);
    }

    [Fact]
    public void Fit_NonsenseOfEveryKind_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => HawkesKernel.Exponential(-1));
        Assert.Throws<ArgumentException>(() => HawkesKernel.Exponentials(1, 1));
        Assert.Throws<ArgumentException>(() => HawkesKernel.Exponentials([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => HawkesKernel.FreeExponentials(0));
        Assert.Throws<ArgumentException>(() => new HawkesSpecification { Units = [] }.Fit(recording));
        Assert.Throws<UnknownUnitException>(() => new HawkesSpecification { Units = ["x"] }.Fit(recording));
        InvalidRecordingException tie = Assert.Throws<InvalidRecordingException>(() => new HawkesSpecification { Units = ["a"] }.Fit(HawkesProblem.Record(3, [1, 2, 2])));
        Assert.Equal("a", tie.Unit);
        Assert.Contains("same instant, 2 s", tie.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidRecordingException>(() => new HawkesSpecification { Units = ["a", "b"] }.Fit(HawkesProblem.Record(3, [1, 2], [])));
        Assert.Throws<OperationCanceledException>(() => new HawkesSpecification { Units = ["a"] }.Fit(recording, cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Table_OfTheParameters_HasARowForEach()
    {
        Assert.Equal(free.Value.Parameters.Count, free.Value.ToDataTable().Rows.Count);
        Assert.Contains("alpha[a&lt;-b]", free.Value.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("Converged, 7 parameters", free.Value.ToString(), StringComparison.Ordinal);
    }

    private static Recording Trials(int count, double duration)
    {
        TimeIntervals observed = TimeIntervals.FromSorted([.. Enumerable.Range(0, count).Select(i => new TimeInterval(i * (duration + 5), (i * (duration + 5)) + duration))]);
        return Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), observed)]);
    }

    // Order of the parameters: mu[a], alpha[a<-a], alpha[a<-b], mu[b], alpha[b<-a], alpha[b<-b], beta.
    private static double LogLikelihood(double[] at, int moved, double step)
    {
        double[] p = (double[])at.Clone();
        p[moved] += step;
        return new HawkesModel(["a", "b"], [p[0], p[3]], p[6], new[,] { { p[1], p[2] }, { p[4], p[5] } }).LogLikelihood(recording);
    }
}
