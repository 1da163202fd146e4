using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Fitting.Stability;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;
using SpikeStats.Models.PointProcesses;
using SpikeStats.Models.Stability;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Stability;

public sealed class StableRefitTests
{
    private const double BinWidth = 0.001;
    private static readonly Lazy<Recording> fragileRecording = new(() => Draw(20, [.. Enumerable.Range(1, 150).Select(lag => 0.42 * Math.Exp(-lag / 20.0))], 30, seed: 2));

    [Fact]
    public void FragileFit_BecomesStable_AndSimulatesWithoutRunningAway()
    {
        GlmFit fit = Specification(new WindowBasis(0.001, 0.006, 0.016, 0.036, 0.076, 0.151)).Fit(fragileRecording.Value);
        StableRefit refit = StableRefit.Of(fit, fragileRecording.Value);
        Assert.NotEqual(StabilityVerdict.Stable, refit.OriginalVerdict.Verdict);
        Assert.Equal(StableRefitStatus.Constrained, refit.Status);
        Assert.Equal(StabilityVerdict.Stable, refit.Verdict.Verdict);
        Assert.True(refit.Fit.Certificate.IsConverged, refit.Fit.Certificate.Message);
        Assert.Contains("active", refit.Fit.Certificate.Message, StringComparison.Ordinal);
        Assert.Contains("conditional", refit.Message, StringComparison.Ordinal);
        Assert.True(refit.LogLikelihoodCost > 0 && refit.LogLikelihoodCost < 0.05 * fit.LogLikelihood * -1, refit.Message);

        Recording conditions = Conditions(100);
        Assert.NotEmpty(DivergenceTime.Of(fit.Model, conditions, runCount: 10).Times);
        DivergenceTime after = DivergenceTime.Of(refit.Fit.Model, conditions, runCount: 10);
        Assert.Empty(after.Times);
    }

    // At the constrained optimum ∇ℓ = μ ∇K, whatever the basis; here by finite differences of the likelihood of the model.
    [Fact]
    public void Optimum_GradientIsTheMultiplierTimesThatOfTheConstraint()
    {
        WindowBasis basis = new(0.001, 0.006, 0.016, 0.036, 0.076, 0.151);
        StableRefit refit = StableRefit.Of(Specification(basis).Fit(fragileRecording.Value), fragileRecording.Value);
        LagMatrix lags = basis.Sample(BinWidth, 1);
        double[] optimum = [.. refit.Fit.Coefficients];
        double Excess(double[] w) => lags.Combine(w.AsSpan(1)).Sum(h => Math.Exp(h) - 1) * BinWidth;
        double LogLikelihood(double[] w) => (refit.Fit.Model with { Baseline = w[0], SpikeFilters = [new SpikeFilter("u", 1, lags.Combine(w.AsSpan(1)))] }).LogLikelihood(fragileRecording.Value);
        StatisticalAssert.Close(refit.Bound, Excess(optimum), relative: 1e-12);
        StatisticalAssert.Close(refit.Fit.LogLikelihood, LogLikelihood(optimum), relative: 1e-10);
        for (int i = 0; i < optimum.Length; i++)
        {
            double[] above = [.. optimum], below = [.. optimum];
            above[i] += 1e-4;
            below[i] -= 1e-4;
            double slope = (LogLikelihood(above) - LogLikelihood(below)) / 2e-4, bound = (Excess(above) - Excess(below)) / 2e-4;
            StatisticalAssert.Close(refit.Multiplier * bound, slope, absolute: 2e-2, relative: 1e-4);
        }

        // The filter cannot move along the gradient of the constraint, and one degree of freedom is gone (and a little of the others, because the surface is curved).
        double[] gradient = [.. Enumerable.Range(0, optimum.Length).Select(i => i == 0 ? 0 : Enumerable.Range(0, lags.RowCount).Sum(row => lags[row, i - 1] * Math.Exp(refit.Fit.Terms[1].Filter[row])))];
        double variance = 0, scale = 0;
        for (int i = 0; i < optimum.Length; i++)
        {
            for (int j = 0; j < optimum.Length; j++) variance += gradient[i] * refit.Fit.Covariance[i, j] * gradient[j];
            scale += gradient[i] * gradient[i] * refit.Original.Covariance[i, i];
        }

        Assert.True(Math.Abs(variance) < 1e-9 * scale, $"{variance}");
        Assert.InRange(refit.Fit.EffectiveDegreesOfFreedom, optimum.Length - 1.5, optimum.Length - 1);
    }

    // One window: for each height h the best baseline is known in closed form, and the largest stable h is found by bisection of the verdict itself.
    [Fact]
    public void OneWindow_IsTheLargestStableHeight()
    {
        WindowBasis basis = new(0.001, 0.031);
        GlmFit fit = Specification(basis).Fit(fragileRecording.Value);
        StableRefit refit = StableRefit.Of(fit, fragileRecording.Value);
        Assert.Equal(StableRefitStatus.Constrained, refit.Status);
        double zero = fit.Model.Baseline;
        GlmModel Best(double height)
        {
            GlmModel model = fit.Model with { Baseline = 0, SpikeFilters = [new SpikeFilter("u", 1, [.. Enumerable.Repeat(height, 30)])] };
            double expected = model.Compensate(fragileRecording.Value, "u").Segments.Sum(segment => segment.AtEnd);
            return model with { Baseline = Math.Log(fit.SpikeCount / expected) };
        }

        StatisticalAssert.Close(zero, Best(fit.Coefficients[1]).Baseline, absolute: 1e-8);
        double low = 0, high = fit.Coefficients[1];
        for (int i = 0; i < 40; i++)
        {
            double middle = 0.5 * (low + high);
            GlmModel model = Best(middle);
            if (QuasiRenewal.Of(model with { Baseline = model.Baseline + Math.Log(1.1) }).Verdict == StabilityVerdict.Stable) low = middle;
            else high = middle;
        }

        // The multiplier is known to 1 %, and the height follows it less than in proportion.
        Assert.InRange(refit.Fit.Coefficients[1], 0.98 * low, low * (1 + 1e-9));
        StatisticalAssert.Close(0, refit.Fit.StandardErrors[1], absolute: 1e-6);
        StatisticalAssert.Close(1 / Math.Sqrt(fit.SpikeCount), refit.Fit.StandardErrors[0], relative: 1e-6);
    }

    [Fact]
    public void StableFit_IsReturnedUnchanged()
    {
        Recording recording = Draw(20, [-1, -0.5], 20, 1);
        GlmFit fit = Specification(new WindowBasis(0.001, 0.002, 0.003)).Fit(recording);
        StableRefit refit = StableRefit.Of(fit, recording);
        Assert.Equal(StableRefitStatus.AlreadyStable, refit.Status);
        Assert.Same(fit, refit.Fit);
        Assert.Equal(0, refit.LogLikelihoodCost);
        Assert.True(double.IsNaN(refit.Bound));
    }

    [Fact]
    public void RefractoryFit_KeepsItsSilentBins()
    {
        double[] history = [double.NegativeInfinity, .. Enumerable.Range(2, 199).Select(lag => 0.5 * Math.Exp(-lag / 40.0))];
        Recording recording = Draw(10, history, 40, seed: 3);
        GlmFit fit = Specification(new WindowBasis(0.001, 0.002, 0.021, 0.061, 0.201)).Fit(recording);
        Assert.Equal(double.NegativeInfinity, fit.Coefficients[1]);
        StableRefit refit = StableRefit.Of(fit, recording, new StableRefitOptions { MaximalRate = 300 });
        Assert.Equal(StableRefitStatus.Constrained, refit.Status);
        Assert.Equal(double.NegativeInfinity, refit.Fit.Coefficients[1]);
        Assert.Equal(FitStatus.Separated, refit.Fit.Certificate.Status);
        _ = refit.Fit.Model.Simulate(Conditions(60), 1);
    }

    [Fact]
    public void HopelessFit_SaysSo()
    {
        Recording recording = Draw(60, [0], 20, 1);
        StableRefit withoutHistory = StableRefit.Of(Specification().Fit(recording), recording, new StableRefitOptions { MaximalRate = 30 });
        Assert.Equal(StableRefitStatus.Infeasible, withoutHistory.Status);
        Assert.Same(withoutHistory.Original, withoutHistory.Fit);
        Assert.Contains("no history filter", withoutHistory.Message, StringComparison.Ordinal);
        Recording fast = Draw(60, [0.2], 20, 1);
        StableRefit tooLow = StableRefit.Of(Specification(new WindowBasis(0.001, 0.002)).Fit(fast), fast, new StableRefitOptions { MaximalRate = 30 });
        Assert.Equal(StableRefitStatus.Infeasible, tooLow.Status);
        Assert.Contains("only inhibits", tooLow.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BadRequests_SayWhatIsWrong()
    {
        Recording recording = fragileRecording.Value;
        GlmSpecification specification = Specification(new WindowBasis(0.001, 0.031));
        GlmFit lasso = (specification with { Terms = [specification.Terms[0] with { Penalty = new Penalty { Lasso = 0.1 } }] }).Fit(recording);
        Assert.Throws<ArgumentException>(() => StableRefit.Of(lasso, recording));
        Assert.Throws<ArgumentOutOfRangeException>(() => StableRefit.Of(lasso, recording, new StableRefitOptions { Margin = -1 }));
        Assert.Throws<ArgumentException>(() => StableRefit.Of((specification with { Observation = ObservationModel.PoissonSoftplus }).Fit(recording), recording));
    }

    private static GlmSpecification Specification(Basis? basis = null) =>
        new() { Target = "u", BinWidth = BinWidth, Edge = EdgePolicy.Zero, Terms = basis is null ? [] : [new HistoryTerm(basis)] };

    private static Recording Draw(double baseline, double[] history, double duration, ulong seed)
    {
        GlmModel model = new() { Unit = "u", BinWidth = BinWidth, Baseline = Math.Log(baseline), Edge = EdgePolicy.Zero, SpikeFilters = [new SpikeFilter("u", 1, history)] };
        return model.Simulate(Conditions(duration), seed);
    }

    private static Recording Conditions(double duration) => Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), TimeIntervals.Of(0, duration), "none")]);
}
