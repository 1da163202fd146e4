using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Glm;

public sealed class PoissonIdentityTests
{
    private static readonly ObservationModel law = ObservationModel.PoissonIdentity;

    [Fact]
    public void Differentiate_AboveAndBelowTheFloor_AgreesWithFiniteDifferences()
    {
        const double h = 1e-6;
        double[] score = new double[1], information = new double[1];
        foreach (double predictor in (double[])[-3, -0.01, 0.01, 0.3, 1, 7])
        {
            foreach (int count in (int[])[0, 1, 4])
            {
                double Value(double at) => law.LogLikelihood([at], [count]);
                double Score(double at)
                {
                    double[] own = new double[1];
                    law.Differentiate([at], [count], own, new double[1]);
                    return own[0];
                }

                double value = law.Differentiate([predictor], [count], score, information);
                Assert.Equal(Value(predictor), value);
                StatisticalAssert.Close((Value(predictor + h) - Value(predictor - h)) / (2 * h), score[0], absolute: 1e-6 * (1 + Math.Abs(score[0])));
                StatisticalAssert.Close((Score(predictor + h) - Score(predictor - h)) / (2 * h), -information[0], absolute: 1e-5 * (1 + information[0]));
            }
        }
    }

    // Predictors are the means of the two groups; their standard errors √(mean / bins).
    [Fact]
    public void Fit_TwoGroups_IsTheClosedForm()
    {
        int[] counts = [.. Enumerable.Range(0, 300).Select(t => t % 3 == 0 ? (t % 2) + 2 : t % 5 == 0 ? 1 : 0)];
        double[] group = [.. Enumerable.Range(0, 300).Select(t => t % 3 == 0 ? 1.0 : 0)];
        GlmFit fit = Regression.Fit(counts, [group], observation: law);
        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        double first = counts.Where((_, t) => group[t] == 0).Average(), second = counts.Where((_, t) => group[t] == 1).Average();
        StatisticalAssert.Close([first, second - first], [.. fit.Coefficients], absolute: 1e-12);
        StatisticalAssert.Close([Math.Sqrt(first / 200), Math.Sqrt((first / 200) + (second / 100))], [.. fit.StandardErrors], relative: 1e-10);
        StatisticalAssert.Close(fit.LogLikelihood, fit.Model.LogLikelihood(Regression.Recording(counts, [group])), relative: 1e-13);
    }

    // glm(y ~ x, family = poisson(link = "identity")) of R 4.2.2 on y = 1, 3, 2, 5, 4, 6, 9, 7 and x = 0 .. 7, converged to 1e-14; standard errors there are
    // those of the expected information, here of the observed: Σ y x xᵀ / μ² instead of Σ x xᵀ / μ.
    [Fact]
    public void Fit_EightCounts_IsRs()
    {
        GlmFit fit = Regression.Fit([1, 3, 2, 5, 4, 6, 9, 7], [[0, 1, 2, 3, 4, 5, 6, 7]], observation: law);
        StatisticalAssert.Close([1.161121755794937, 0.989679498344304], [.. fit.Coefficients], absolute: 1e-9);
        StatisticalAssert.Close(-13.8646026930488, fit.LogLikelihood, absolute: 1e-9);
    }

    // Rates that add up: a background and the effect of each earlier spike of another unit.
    [Fact]
    public void Fit_SuperposedCauses_RecoversThem()
    {
        RandomStream stream = new(5);
        double[] drive = [.. Enumerable.Range(0, 20_000).Select(_ => stream.NextDouble())];
        GlmModel truth = new() { Unit = "y", BinWidth = 1, Baseline = 0.05, Observation = law, SignalFilters = [new SignalFilter("x0", 0, [0.1, 0.05])] };
        Recording recording = truth.Simulate(Regression.Recording(new int[20_000], [drive]), seed: 2);
        GlmFit fit = new GlmSpecification { Target = "y", BinWidth = 1, Observation = law, Terms = [new StimulusTerm("x0", new LagBasis(2))] }.Fit(recording);
        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        double[] expected = [0.05, 0.1, 0.05];

        // Four standard errors, three coefficients: a false alarm in 5,000 seeds.
        for (int i = 0; i < 3; i++) Assert.True(Math.Abs(fit.Coefficients[i] - expected[i]) < 4 * fit.StandardErrors[i]);
    }

    // The best line passes below zero: bins with spikes are clipped, and the certificate says so instead of calling it the optimum.
    [Fact]
    public void Fit_ClippedBins_AreReported()
    {
        RandomStream stream = new(6);
        double[] x = [.. Enumerable.Range(0, 2000).Select(_ => stream.NextGaussian())];
        int[] counts = [.. x.Select(value => stream.NextPoisson(Math.Max(0.02, value - 0.5)))];
        GlmFit fit = Regression.Fit(counts, [x], observation: ObservationModel.PoissonIdentityOf(0.02));
        Assert.Contains("clipped at its floor", fit.Certificate.Message, StringComparison.Ordinal);
        Assert.False(fit.Certificate.IsConverged);
        Assert.Contains("not concave", fit.Certificate.Message, StringComparison.Ordinal);

        // Wherever it ended, no small move finds a higher likelihood by more than the certificate admits.
        Recording recording = Regression.Recording(counts, [x]);
        for (int direction = 0; direction < 8; direction++)
        {
            (double sine, double cosine) = Math.SinCos(direction * Math.PI / 4);
            GlmModel moved = fit.Model with { Baseline = fit.Model.Baseline + (1e-3 * cosine), Covariates = [new CovariateEffect("x0", 1, fit.Coefficients[1] + (1e-3 * sine))] };
            Assert.True(moved.LogLikelihood(recording) <= fit.LogLikelihood + 1e-3, $"{direction}: {moved.LogLikelihood(recording) - fit.LogLikelihood} {fit.Certificate.Message}");
        }
    }

    [Fact]
    public void Fit_FeatureWithoutSpikes_SaysThatNothingIsKnown()
    {
        int[] counts = [.. Enumerable.Range(0, 100).Select(t => t % 4 == 0 ? 1 : 0)];
        GlmFit fit = Regression.Fit(counts, [[.. Enumerable.Range(0, 100).Select(t => t % 4 == 1 ? 1.0 : 0)]], observation: law);
        Assert.Equal(FitStatus.Separated, fit.Certificate.Status);
        Assert.Contains("meets the floor", fit.Certificate.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => ObservationModel.PoissonIdentityOf(0));
    }
}
