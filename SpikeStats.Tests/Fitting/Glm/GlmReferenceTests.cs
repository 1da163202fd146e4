using System.Text.Json;
using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.HypothesisTests;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;
using SpikeStats.Tests.Fitting.Optimization;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Glm;

/// <summary>Fits whose answers independent tools gave: numpy and statsmodels on deterministic data.</summary>
public sealed class GlmReferenceTests
{
    private static readonly JsonElement reference = ReferenceFile.Read("glm");
    private static readonly int[] counts = reference.At("recipe", "y").Integers();
    private static readonly int[] binary = reference.At("recipe", "yb").Integers();
    private static readonly double[][] columns = [Wave(Math.Sin), Wave(Math.Cos), Weyl(0.4142135623730951), Weyl(0.7320508075688772)];

    [Fact]
    public void Poisson_DeterministicData_MatchesStatsmodels()
    {
        GlmFit fit = Regression.Fit(counts, columns);
        JsonElement expected = reference.At("poisson_exp");

        StatisticalAssert.Close(expected.At("coef").Doubles(), [.. fit.Coefficients], absolute: 1e-9);
        StatisticalAssert.Close(expected.At("se_observed").Doubles(), [.. fit.StandardErrors], absolute: 1e-9);
        StatisticalAssert.Close(expected.Number("loglik"), fit.LogLikelihood, relative: 1e-12);
        StatisticalAssert.Close(expected.Number("null_loglik"), fit.NullLogLikelihood, relative: 1e-12);
        StatisticalAssert.Close(expected.Number("saturated_loglik"), fit.SaturatedLogLikelihood, relative: 1e-12);
        StatisticalAssert.Close(expected.Number("deviance"), fit.Deviance, relative: 1e-11);
        StatisticalAssert.Close(expected.Number("null_deviance"), fit.NullDeviance, relative: 1e-11);
        StatisticalAssert.Close(expected.Number("aic"), fit.Aic, relative: 1e-12);
        StatisticalAssert.Close(expected.Number("bic"), fit.Bic, relative: 1e-12);
        StatisticalAssert.Close(expected.Number("mcfadden"), fit.McFadden, absolute: 1e-11);
        StatisticalAssert.Close(expected.Number("deviance_explained_cohen"), fit.DevianceExplained, absolute: 1e-11);
        StatisticalAssert.Close(expected.Number("bits_per_spike"), fit.BitsPerSpike, absolute: 1e-11);
        Assert.Equal(1883, fit.SpikeCount);
        Assert.Equal(FitStatus.Converged, fit.Certificate.Status);
        Assert.Equal(5, fit.Certificate.Rank);
        Assert.True(fit.Certificate.NewtonDecrement < 1e-16);
    }

    [Fact]
    public void Poisson_WaldTestOfOneCoefficient_IsTheSquaredRatio()
    {
        GlmFit fit = Regression.Fit(counts, columns);
        double[] z = reference.At("poisson_exp", "wald_z").Doubles();
        for (int term = 0; term < 5; term++) StatisticalAssert.Close(z[term] * z[term], fit.Terms[term].Wald.Statistic, relative: 1e-7);
        // P(|Z| > 0.1493878) = 0.8812472 for a standard normal Z.
        StatisticalAssert.Close(0.881247485, fit.Terms[4].Wald.PValue, absolute: 1e-5);
    }

    [Fact]
    public void LikelihoodRatio_LastColumnDropped_MatchesNewtonInNumpy()
    {
        LikelihoodRatioTest test = LikelihoodRatioTest.Of(Regression.Fit(counts, columns[..3]), Regression.Fit(counts, columns));
        StatisticalAssert.Close(reference.Number("poisson_exp", "lr_drop_last", "stat"), test.Statistic, absolute: 1e-8);
        StatisticalAssert.Close(reference.Number("poisson_exp", "lr_drop_last", "p"), test.PValue, absolute: 1e-7);
        Assert.Equal(1, test.DegreesOfFreedom);
    }

    [Fact]
    public void Poisson_OtherBinWidth_ShiftsOnlyTheBaseline()
    {
        GlmFit fit = Regression.Fit(counts, columns, binWidth: 0.001);
        StatisticalAssert.Close(reference.At("poisson_exp_dt0.001", "coef").Doubles(), [.. fit.Coefficients], absolute: 1e-9);
        StatisticalAssert.Close(reference.Number("poisson_exp", "loglik"), fit.LogLikelihood, relative: 1e-12);
    }

    [Fact]
    public void BernoulliCloglog_DeterministicData_MatchesStatsmodels()
    {
        GlmFit fit = Regression.Fit(binary, columns, observation: ObservationModel.Bernoulli);
        JsonElement expected = reference.At("bernoulli_cloglog");
        StatisticalAssert.Close(expected.At("coef").Doubles(), [.. fit.Coefficients], absolute: 1e-9);
        StatisticalAssert.Close(expected.At("se_observed").Doubles(), [.. fit.StandardErrors], absolute: 1e-9);
        StatisticalAssert.Close(expected.Number("loglik"), fit.LogLikelihood, relative: 1e-12);
        StatisticalAssert.Close(expected.Number("null_loglik"), fit.NullLogLikelihood, relative: 1e-12);
    }

    [Theory]
    [InlineData("bernoulli_logit")]
    [InlineData("bernoulli_probit")]
    [InlineData("poisson_softplus")]
    public void OtherLinks_DeterministicData_MatchWithObservedInformation(string name)
    {
        (ObservationModel law, int[] data) = name switch
        {
            "bernoulli_logit" => (ObservationModel.BernoulliLogit, binary),
            "bernoulli_probit" => (ObservationModel.BernoulliProbit, binary),
            _ => (ObservationModel.PoissonSoftplus, counts),
        };
        GlmFit fit = Regression.Fit(data, columns, observation: law);
        JsonElement expected = reference.At(name);
        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        StatisticalAssert.Close(expected.At("coef").Doubles(), [.. fit.Coefficients], absolute: 1e-8);
        StatisticalAssert.Close(expected.At("se_observed").Doubles(), [.. fit.StandardErrors], absolute: 1e-8);
        StatisticalAssert.Close(expected.Number("loglik"), fit.LogLikelihood, relative: 1e-11);
    }

    // Var = mu + mu²/2: shape 2.
    [Fact]
    public void NegativeBinomial_GivenShape_MatchesStatsmodels()
    {
        GlmFit fit = Regression.Fit(counts, columns, observation: ObservationModel.NegativeBinomialOf(2));
        JsonElement expected = reference.At("negbin_log_alpha0.5");
        StatisticalAssert.Close(expected.At("coef").Doubles(), [.. fit.Coefficients], absolute: 1e-9);
        StatisticalAssert.Close(expected.Number("loglik"), fit.LogLikelihood, relative: 1e-11);
        Assert.Null(fit.Shape);
    }

    // These counts are less variable than Poisson counts: the shape runs to infinity and the fit says so.
    [Fact]
    public void NegativeBinomial_CountsThatAreNotOverdispersed_SaysSo()
    {
        GlmFit fit = Regression.Fit(counts, columns, observation: ObservationModel.NegativeBinomial);
        Assert.Equal(FitStatus.Separated, fit.Certificate.Status);
        Assert.Contains("Use the Poisson law", fit.Certificate.Message, StringComparison.Ordinal);
        StatisticalAssert.Close(reference.At("poisson_exp", "coef").Doubles(), [.. fit.Coefficients], absolute: 1e-6);
    }

    [Theory]
    [InlineData("poisson_ridge_1", 1)]
    [InlineData("poisson_ridge_50", 50)]
    public void Ridge_DeterministicData_MatchesBothCovariances(string name, double strength)
    {
        GlmFit fit = Regression.Fit(counts, columns, penalty: new Penalty { Ridge = strength });
        JsonElement expected = reference.At(name);
        StatisticalAssert.Close(expected.At("coef").Doubles(), [.. fit.Coefficients], absolute: 1e-9);
        StatisticalAssert.Close(expected.At("se_bayes").Doubles(), [.. fit.StandardErrors], absolute: 1e-9);
        StatisticalAssert.Close(
            expected.At("se_freq_sandwich").Doubles(), [.. Enumerable.Range(0, 5).Select(i => Math.Sqrt(fit.FrequentistCovariance[i, i]))], absolute: 1e-9);
        StatisticalAssert.Close(expected.Number("edf"), fit.EffectiveDegreesOfFreedom, absolute: 1e-9);
        double pull = 0.5 * strength * fit.Coefficients.Skip(1).Sum(w => w * w);
        StatisticalAssert.Close(expected.Number("penalised_nll"), pull - fit.LogLikelihood, relative: 1e-12);
    }

    [Theory]
    [InlineData("poisson_lasso_60", 1)]
    [InlineData("poisson_elasticnet_60_0.5", 0.5)]
    public void Lasso_DeterministicData_MatchesProximalGradient(string name, double ratio)
    {
        Penalty penalty = Penalty.ElasticNet(60, ratio);
        GlmFit fit = Regression.Fit(counts, columns, penalty: penalty);
        JsonElement expected = reference.At(name);
        double[] coefficients = expected.At("coef").Doubles();
        StatisticalAssert.Close(coefficients, [.. fit.Coefficients], absolute: 1e-6);
        Assert.Equal(coefficients.Select(value => value == 0), fit.Coefficients.Select(value => value == 0));
        double pull = fit.Coefficients.Skip(1).Sum(w => (penalty.Lasso * Math.Abs(w)) + (0.5 * penalty.Ridge * w * w));
        StatisticalAssert.Close(expected.Number("objective"), pull - fit.LogLikelihood, absolute: 1e-7);
        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        Assert.Contains("not post-selection valid", fit.Certificate.Message, StringComparison.Ordinal);
        Assert.False(fit.IsInferenceValid);
        Assert.True(fit.Certificate.GradientNorm < 1e-7);
        Assert.True(fit.Certificate.NewtonDecrement <= 1e-16);
        Assert.All(Enumerable.Range(1, 4), i => Assert.Equal(fit.Coefficients[i] == 0, double.IsNaN(fit.StandardErrors[i])));
    }

    [Fact]
    public void Lasso_SoStrongThatNothingIsLeft_IsTheConstantRate()
    {
        GlmFit fit = Regression.Fit(counts, columns, penalty: new Penalty { Lasso = 1e5 });
        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        Assert.All(fit.Coefficients.Skip(1), value => Assert.Equal(0, value));
        StatisticalAssert.Close(fit.NullLogLikelihood, fit.LogLikelihood, relative: 1e-13);
    }

    [Fact]
    public void Lasso_Vanishing_IsMaximumLikelihood()
    {
        GlmFit fit = Regression.Fit(counts, columns, penalty: new Penalty { Lasso = 1e-9 });
        StatisticalAssert.Close(reference.At("poisson_exp", "coef").Doubles(), [.. fit.Coefficients], absolute: 1e-9);
    }

    [Fact]
    public void GroupLasso_DeterministicData_MatchesProximalGradient()
    {
        double[] one = [.. Enumerable.Repeat(1.0, counts.Length)];
        Sparsity sparsity = new(new double[5], [new SparsityGroup(1, 2, 100 * Math.Sqrt(2)), new SparsityGroup(3, 2, 100 * Math.Sqrt(2))]);
        PoissonRegression objective = new([one, .. columns], counts);
        NewtonResult result = ProximalNewton.Minimize(objective, sparsity, new double[5], new bool[5], new NewtonSettings());
        JsonElement expected = reference.At("poisson_grouplasso_100");
        Assert.Equal(FitStatus.Converged, result.Status);
        StatisticalAssert.Close(expected.At("coef").Doubles(), result.Point, absolute: 1e-6);
        Assert.Equal(expected.At("coef").Doubles().Select(value => value == 0), result.Point.Select(value => value == 0));
        double constant = counts.Sum(count => MathNet.Numerics.SpecialFunctions.FactorialLn(count));
        StatisticalAssert.Close(expected.Number("objective"), result.Evaluation.Value + sparsity.Value(result.Point) + constant, absolute: 1e-7);
        Assert.All(result.Evaluation.Gradient, slope => Assert.True(Math.Abs(slope) < 1e-7));
    }

    // A group of one is a lasso, and strengths between 20 and 400 keep one or both groups.
    [Fact]
    public void GroupLasso_OfSingles_IsTheLasso()
    {
        GlmFit lasso = Regression.Fit(counts, columns, penalty: new Penalty { Lasso = 60 });
        GlmFit groups = Regression.Fit(counts, columns, penalty: new Penalty { GroupLasso = 60 });
        StatisticalAssert.Close([.. lasso.Coefficients], [.. groups.Coefficients], absolute: 1e-9);
        Assert.Throws<ArgumentException>(() => Regression.Fit(counts, columns, penalty: new Penalty { GroupLasso = 1, Lasso = 1 }));
    }

    // The general precision and the named penalties are the same prior written twice.
    [Fact]
    public void Precision_OfTheNamedPenalties_GivesTheSameFit()
    {
        int[] spikes = [.. counts.Select(count => Math.Min(count, 1))];
        Recording recording = Regression.Recording(spikes, []);
        GlmFit Fit(Penalty penalty) => new GlmSpecification
        {
            Target = "y",
            BinWidth = 1,
            Terms = [new HistoryTerm(new TabulatedBasis(Identity(6))) { Penalty = penalty }],
        }.Fit(recording);
        Penalty named = new() { Smoothness = 3, Autoregressive = 20, AutoregressiveCorrelation = 0.8 };
        StatisticalAssert.Close([.. Fit(named).Coefficients], [.. Fit(new Penalty { Precision = named.Matrix(6) }).Coefficients], absolute: 1e-12);
        Assert.Throws<ArgumentException>(() => Fit(new Penalty { Precision = Identity(5) }));
    }

    [Fact]
    public void History_RawLagsUnderSmoothness_MatchesNewtonInNumpy()
    {
        int[] spikes = [.. counts.Select(count => Math.Min(count, 1))];
        GlmSpecification specification = new()
        {
            Target = "y",
            BinWidth = 1,
            Terms = [new HistoryTerm(new TabulatedBasis(Identity(20))) { Penalty = new Penalty { Smoothness = 10, Ridge = 1e-6 } }],
        };
        GlmFit fit = specification.Fit(Regression.Recording(spikes, []));
        StatisticalAssert.Close(reference.At("poisson_history_smooth", "coef").Doubles(), [.. fit.Coefficients], absolute: 1e-8);
        Assert.Equal(1980, fit.BinCount);
    }

    [Fact]
    public void Separation_SilentWheneverCovariateIsOn_IsDiagnosedAtTheSupremum()
    {
        int[] counts = [.. Enumerable.Range(0, 2000).Select(t => t % 6 == 1 ? 1 : 0)];
        double[] column = [.. Enumerable.Range(0, 2000).Select(t => t % 2 == 0 ? 1.0 : 0.0)];
        GlmFit fit = Regression.Fit(counts, [column]);
        Assert.Equal(FitStatus.Separated, fit.Certificate.Status);
        Assert.Contains("x0", fit.Certificate.Message, StringComparison.Ordinal);
        Assert.Equal(double.NegativeInfinity, fit.Coefficients[1]);
        Assert.True(double.IsNaN(fit.StandardErrors[1]));
        StatisticalAssert.Close(reference.Number("separation", "sup_loglik"), fit.LogLikelihood, relative: 1e-12);

        GlmFit ridge = Regression.Fit(counts, [column], penalty: new Penalty { Ridge = 1 });
        Assert.Equal(FitStatus.Converged, ridge.Certificate.Status);
        StatisticalAssert.Close(reference.At("separation", "ridge1_coef").Doubles(), [.. ridge.Coefficients], absolute: 1e-8);
    }

    private static double[] Wave(Func<double, double> wave) => [.. Enumerable.Range(0, 2000).Select(t => wave(2 * Math.PI * t / 50))];

    private static double[] Weyl(double step) => [.. Enumerable.Range(0, 2000).Select(t => (2 * Fraction((t + 1) * step)) - 1)];

    private static double Fraction(double value) => value - Math.Floor(value);

    private static double[,] Identity(int count)
    {
        double[,] identity = new double[count, count];
        for (int i = 0; i < count; i++) identity[i, i] = 1;
        return identity;
    }
}
