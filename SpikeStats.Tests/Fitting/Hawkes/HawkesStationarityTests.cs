using SpikeStats.Fitting.Hawkes;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Hawkes;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Models.Hawkes;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Hawkes;

public sealed class HawkesStationarityTests
{
    private const double Limit = 0.55;
    private static readonly HawkesModel truth = new(["a", "b"], [2, 1], 6, new[,] { { 0.5, 0.3 }, { 0.35, 0.3 } });
    private static readonly Recording recording = truth.Simulate(HawkesProblem.Record(300, Array.Empty<double>()), seed: 12);
    private static readonly Lazy<HawkesFit> given = new(() => Limited(HawkesKernel.Exponential(6)).Fit(recording));
    private static readonly Lazy<HawkesFit> free = new(() => Limited(HawkesKernel.FreeExponentials()).Fit(recording));

    [Fact]
    public void Fit_LimitThatIsNotReached_ChangesNothing()
    {
        HawkesFit without = new HawkesSpecification { Units = ["a", "b"] }.Fit(recording);
        HawkesFit with = new HawkesSpecification { Units = ["a", "b"], SpectralRadiusLimit = 0.99 }.Fit(recording);
        Assert.Equal(without.Parameters, with.Parameters);
        Assert.Equal(without.Certificate.Message, with.Certificate.Message);
    }

    [Fact]
    public void Certificate_LimitReached_SaysSo()
    {
        foreach (HawkesFit fit in (HawkesFit[])[given.Value, free.Value])
        {
            Assert.Equal(FitStatus.Converged, fit.Certificate.Status);
            Assert.True(fit.Certificate.NewtonDecrement <= 1e-16);
            Assert.Contains("held at its limit 0.55", fit.Certificate.Message, StringComparison.Ordinal);
            Assert.Equal(fit.Parameters.Count - 1, fit.Certificate.Rank);
            StatisticalAssert.Close(Limit, fit.SpectralRadius.Value, 1e-13);
            Assert.True(double.IsNaN(fit.SpectralRadius.StandardError));
            StatisticalAssert.Close(fit.LogLikelihood, fit.Model.LogLikelihood(recording), relative: 1e-12);
        }

        Assert.True(free.Value.LogLikelihood > given.Value.LogLikelihood);
        Assert.True(free.Value.LogLikelihood < new HawkesSpecification { Units = ["a", "b"] }.Fit(recording).LogLikelihood);
    }

    // The equations of Karush, Kuhn and Tucker by finite differences of likelihood and radius: slopes of α are one multiple of those of the radius.
    [Fact]
    public void Slopes_AtTheLimit_AreAMultipleOfThoseOfTheRadius()
    {
        double[] at = [.. free.Value.Parameters.Select(parameter => parameter.Estimate)];
        double[] multipliers = [.. new[] { 1, 2, 4, 5 }.Select(p => FiniteDifferences.Slope(at, p, LogLikelihood) / FiniteDifferences.Slope(at, p, Radius))];
        Assert.All(multipliers, multiplier => StatisticalAssert.Close(multipliers[0], multiplier, relative: 1e-5));
        Assert.True(multipliers[0] > 10);
        foreach (int p in (int[])[0, 3, 6]) StatisticalAssert.Close(0, FiniteDifferences.Slope(at, p, LogLikelihood) * free.Value.Parameters[p].StandardError, 1e-4);
    }

    // Any other matrix at the limit is less likely: the last entry follows from the others, ρ(A) = r where (r - A11)(r - A22) = A12 A21.
    [Fact]
    public void Likelihood_OnTheSurfaceAround_IsLower()
    {
        double[] best = OnSurface([.. given.Value.Parameters.Select(parameter => parameter.Estimate), 6]);
        RandomStream stream = new(3);
        for (int trial = 0; trial < 200; trial++)
        {
            double[] other = Array.ConvertAll(best, value => value * (1 + (0.04 * (stream.NextDouble() - 0.5))));
            other[^1] = 6;
            Assert.True(AlongSurface(other) < given.Value.LogLikelihood);
        }
    }

    // Minus the inverse of the Hessian of the likelihood along the surface, by finite differences.
    [Fact]
    public void Covariance_AtTheLimit_IsThatAlongTheSurface()
    {
        double[] at = OnSurface([.. free.Value.Parameters.Select(parameter => parameter.Estimate)]);
        MathNet.Numerics.LinearAlgebra.Matrix<double> expected = FiniteDifferences.CovarianceAt(at, AlongSurface, 2e-4);
        double[,] covariance = free.Value.Covariance();
        int[] places = [0, 1, 2, 3, 4, 6];
        for (int p = 0; p < places.Length; p++)
        {
            for (int q = 0; q < places.Length; q++)
                StatisticalAssert.Close(expected[p, q], covariance[places[p], places[q]], 2e-3 * Math.Sqrt(expected[p, p] * expected[q, q]));
        }
    }

    [Fact]
    public void Fit_OneUnitAtTheLimit_IsTheOptimumOfTheBaselineAlone()
    {
        Recording one = recording.Where(unit => unit.Id == "a");
        HawkesFit fit = new HawkesSpecification { Units = ["a"], Kernel = HawkesKernel.Exponential(6), SpectralRadiusLimit = 0.3 }.Fit(one);
        StatisticalAssert.Close(0.3, fit.Parameter("alpha[a<-a]").Estimate, 1e-14);
        StatisticalAssert.Close(0, fit.Parameter("alpha[a<-a]").StandardError, 1e-9);
        double At(double[] p) => new HawkesModel("a", p[0], 0.3, 6).LogLikelihood(one);
        double[] baseline = [fit.Parameter("mu[a]").Estimate];
        StatisticalAssert.Close(0, FiniteDifferences.Slope(baseline, 0, At) * fit.Parameter("mu[a]").StandardError, 1e-4);
        StatisticalAssert.Close(FiniteDifferences.CovarianceAt(baseline, At)[0, 0], Math.Pow(fit.Parameter("mu[a]").StandardError, 2), relative: 1e-4);
    }

    // Five units and two decays, with entries at their bounds: against many random feasible changes of all parameters, scaled to the limit.
    [Fact]
    public void Fit_FiveUnitsWithBounds_IsALocalMaximum()
    {
        double[,] matrix = new double[5, 5];
        for (int i = 0; i < 5; i++) (matrix[i, i], matrix[i, (i + 1) % 5]) = (0.3, 0.35);
        HawkesModel model = new([.. Enumerable.Range(0, 5).Select(HawkesProblem.Name)], [1, 1, 1, 1, 1], 6, matrix);
        Recording drawn = model.Simulate(HawkesProblem.Record(150, Array.Empty<double>()), seed: 4);
        HawkesFit fit = new HawkesSpecification { Units = model.Units, Kernel = HawkesKernel.Exponentials(4, 20), SpectralRadiusLimit = 0.5 }.Fit(drawn);
        Assert.Equal(FitStatus.Converged, fit.Certificate.Status);
        Assert.Contains(fit.Parameters, parameter => parameter.IsAtBound);
        RandomStream stream = new(8);
        for (int trial = 0; trial < 200; trial++)
        {
            double[,,] branching = new double[5, 5, 2];
            double Change() => 0.04 * (stream.NextDouble() - 0.5);
            for (int c = 0; c < 50; c++) branching[c / 10, c / 2 % 5, c % 2] = Math.Max(0, fit.Model.Branching(c / 10, c / 2 % 5, c % 2) + Change());
            double[] baselines = [.. fit.Model.Baselines.Select(value => value + Change())];
            double scale = 0.5 / new HawkesModel(model.Units, baselines, [4, 20], branching).SpectralRadius;
            for (int c = 0; c < 50 && scale < 1; c++) branching[c / 10, c / 2 % 5, c % 2] *= scale;
            Assert.True(new HawkesModel(model.Units, baselines, [4, 20], branching).LogLikelihood(drawn) < fit.LogLikelihood);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.5)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Fit_LimitThatNoProcessCanKeep_IsRefused(double limit)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new HawkesSpecification { Units = ["a"], SpectralRadiusLimit = limit }.Fit(recording));
        Assert.Contains("between 0 and 1", error.Message, StringComparison.Ordinal);
    }

    private static HawkesSpecification Limited(HawkesKernel kernel) => new() { Units = ["a", "b"], Kernel = kernel, SpectralRadiusLimit = Limit };

    private static HawkesModel Model(double[] p) => new(["a", "b"], [p[0], p[3]], p[6], new[,] { { p[1], p[2] }, { p[4], p[5] } });

    private static double LogLikelihood(double[] p) => Model(p).LogLikelihood(recording);

    private static double Radius(double[] p) => Model(p).SpectralRadius;

    // mu[a], A11, A12, mu[b], A21, beta.
    private static double[] OnSurface(double[] p) => [p[0], p[1], p[2], p[3], p[4], p[^1]];

    private static double AlongSurface(double[] p) => LogLikelihood([p[0], p[1], p[2], p[3], p[4], Limit - (p[2] * p[4] / (Limit - p[1])), p[5]]);
}
