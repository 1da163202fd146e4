using System.Text.Json;
using SpikeStats.Fitting.Glm;
using SpikeStats.Models.Glm;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Glm;

/// <summary>Classic fits of R's documentation.</summary>
public sealed class RGlmTests
{
    private const double Tolerance = 1e-8;
    private static readonly JsonElement reference = ReferenceFile.Read("r-glm");
    private static readonly int[] deadMoths = [1, 4, 9, 13, 18, 20, 0, 2, 6, 10, 12, 16];

    [Fact]
    public void Dobson_RandomisedTrial_MatchesR()
    {
        int[] counts = [18, 17, 15, 20, 10, 20, 25, 13, 12];
        Check("dobson_poisson", Regression.Fit(counts, [Level(9, 1, 1), Level(9, 1, 2), Level(9, 3, 1), Level(9, 3, 2)]));
    }

    [Fact]
    public void Warpbreaks_WoolAndTension_MatchesR()
    {
        int[] breaks =
        [
            26, 30, 54, 25, 70, 52, 51, 26, 67, 18, 21, 29, 17, 12, 18, 35, 30, 36, 36, 21, 24, 18, 10, 43, 28, 15, 26,
            27, 14, 29, 19, 29, 31, 41, 20, 44, 42, 26, 19, 16, 39, 28, 21, 39, 29, 20, 21, 24, 17, 13, 15, 15, 16, 28,
        ];
        Check("warpbreaks_poisson", Regression.Fit(breaks, [Level(54, 27, 1), Level(54, 9, 1, 3), Level(54, 9, 2, 3)]));
    }

    // A binomial row of 20 moths is 20 Bernoulli rows: same coefficients and standard errors; likelihoods differ by log binomial coefficients.
    [Fact]
    public void Budworm_ComplementaryLogLog_MatchesR()
    {
        GlmFit fit = Regression.Fit(Dead(), [Moths(IsMale), Moths(Dose)], observation: ObservationModel.Bernoulli);
        StatisticalAssert.Close(reference.At("budworm_cloglog", "coef").Doubles(), [.. fit.Coefficients], absolute: Tolerance);
        StatisticalAssert.Close(reference.Number("budworm_cloglog", "loglik"), fit.LogLikelihood + LogChoices, relative: 1e-11);
    }

    // The logit is canonical, so that R's expected information is the observed one.
    [Fact]
    public void Budworm_LogitWithInteraction_MatchesR()
    {
        double[] female = [.. Moths(IsMale).Select(male => 1 - male)];
        double[] maleDose = [.. Moths(IsMale).Zip(Moths(Dose), (male, dose) => male * dose)];
        GlmFit fit = Regression.Fit(Dead(), [Moths(IsMale), Moths(Dose), maleDose], observation: ObservationModel.BernoulliLogit);
        JsonElement expected = reference.At("budworm_logit");
        StatisticalAssert.Close(expected.At("coef").Doubles(), [.. fit.Coefficients], absolute: Tolerance);
        StatisticalAssert.Close(expected.At("se").Doubles(), [.. fit.StandardErrors], absolute: Tolerance);
        StatisticalAssert.Close(expected.Number("loglik"), fit.LogLikelihood + LogChoices, relative: 1e-11);

        // The same model with the sexes in the other order has the same likelihood.
        double[] femaleDose = [.. female.Zip(Moths(Dose), (own, dose) => own * dose)];
        GlmFit other = Regression.Fit(Dead(), [female, Moths(Dose), femaleDose], observation: ObservationModel.BernoulliLogit);
        StatisticalAssert.Close(fit.LogLikelihood, other.LogLikelihood, relative: 1e-13);
    }

    [Fact]
    public void Quine_NegativeBinomialWithEstimatedShape_MatchesR()
    {
        JsonElement expected = reference.At("quine_nb");
        int[] days = expected.At("days").Integers();
        double[][] columns = [.. expected.At("columns").EnumerateArray().Select(column => column.Doubles())];
        GlmFit fit = Regression.Fit(days, columns, observation: ObservationModel.NegativeBinomial);
        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        StatisticalAssert.Close(expected.Number("theta"), fit.Shape!.Value, absolute: 1e-6);

        // glm.nb prints the standard error of the iterate before its last; theta.ml run to convergence gives ours.
        StatisticalAssert.Close(expected.Number("se_theta_converged"), fit.Shape.StandardError, absolute: 1e-9);
        StatisticalAssert.Close(expected.Number("se_theta"), fit.Shape.StandardError, absolute: 5e-6);
        StatisticalAssert.Close(expected.At("coef").Doubles(), [.. fit.Coefficients], absolute: 1e-6);
        StatisticalAssert.Close(expected.Number("loglik"), fit.LogLikelihood, absolute: 1e-8);
        Assert.Equal(15, fit.EffectiveDegreesOfFreedom, 1e-9);
    }

    [Fact]
    public void BootNeuro_QuadraticRate_MatchesR()
    {
        int[] counts = reference.At("boot_neuro", "counts").Integers();
        double exposure = reference.Number("boot_neuro", "n_trials") * 0.005;
        double[] x = Midpoints(counts.Length);
        GlmFit fit = Regression.Fit(counts, [x, [.. x.Select(value => value * value)]], binWidth: exposure);
        Check("boot_neuro_quadratic", fit, 1e-7);
    }

    [Fact]
    public void BootNeuro_SplineRate_MatchesRsDeviance()
    {
        int[] counts = reference.At("boot_neuro", "counts").Integers();
        double exposure = reference.Number("boot_neuro", "n_trials") * 0.005;
        double[] knots = [-1, -1, -1, -1, .. reference.At("boot_neuro_bspline9", "knots").Doubles(), 1, 1, 1, 1];
        double[] x = Midpoints(counts.Length);

        // R drops the first of the ten splines in favour of the intercept.
        double[][] splines = [.. Enumerable.Range(1, 9).Select(i => x.Select(value => Spline(knots, i, 4, value)).ToArray())];
        GlmFit fit = Regression.Fit(counts, splines, binWidth: exposure);
        Check("boot_neuro_bspline9", fit, 1e-7);

        // The fitted rates, in hertz: of the spline, not of its coefficients.
        double[] intensity = fit.Model.Intensity(Regression.Recording(counts, splines, exposure), "y", new BinGrid(TimeIntervals.Of(0, counts.Length * exposure), exposure));
        StatisticalAssert.Close(
            reference.At("boot_neuro_bspline9", "fitted_rate_hz_at_bins_1_50_51_56_100").Doubles(), [intensity[0], intensity[49], intensity[50], intensity[55], intensity[99]], relative: 1e-7);
    }

    // Coal-mining disasters per year, 1851 to 1962, with a log-linear trend.
    [Fact]
    public void Coal_LogLinearTrend_MatchesR()
    {
        double[] dates = ReferenceFile.Read("renewal").GetProperty("coalDates").Doubles();
        int[] counts = new int[112];
        foreach (double date in dates) counts[(int)date - 1851]++;
        Assert.Equal(reference.Number("coal_loglinear", "n_events"), dates.Length);
        Check("coal_loglinear", Regression.Fit(counts, [[.. Enumerable.Range(1851, 112).Select(year => (year - 1906.5) / 56)]]));
    }

    private static double LogChoices => deadMoths.Sum(dead => MathNet.Numerics.SpecialFunctions.BinomialLn(20, dead));

    private static int[] Dead() => [.. deadMoths.SelectMany(dead => Enumerable.Range(0, 20).Select(moth => moth < dead ? 1 : 0))];

    private static double[] Moths(Func<int, double> valueOf) => [.. Enumerable.Range(0, 12).SelectMany(row => Enumerable.Repeat(valueOf(row), 20))];

    private static double IsMale(int row) => row < 6 ? 1 : 0;

    private static double Dose(int row) => row % 6;

    private static void Check(string name, GlmFit fit, double tolerance = Tolerance)
    {
        JsonElement expected = reference.At(name);
        StatisticalAssert.Close(expected.At("coef").Doubles(), [.. fit.Coefficients], absolute: tolerance);
        StatisticalAssert.Close(expected.At("se").Doubles(), [.. fit.StandardErrors], absolute: tolerance);
        StatisticalAssert.Close(expected.Number("deviance"), fit.Deviance, relative: 1e-10);
        StatisticalAssert.Close(expected.Number("null_deviance"), fit.NullDeviance, relative: 1e-10);
        StatisticalAssert.Close(expected.Number("aic"), fit.Aic, relative: 1e-10);
        StatisticalAssert.Close(expected.Number("loglik"), fit.LogLikelihood, relative: 1e-10);
    }

    // Indicator of one level of a factor whose levels follow each other in runs.
    private static double[] Level(int rows, int run, int level, int levels = 3) =>
        [.. Enumerable.Range(0, rows).Select(row => row / run % levels == level ? 1.0 : 0.0)];

    private static double[] Midpoints(int bins) => [.. Enumerable.Range(0, bins).Select(bin => (-250 + (5 * bin) + 2.5) / 250)];

    // De Boor's recursion for one spline of order m.
    private static double Spline(double[] knots, int i, int m, double x)
    {
        if (m == 1) return x >= knots[i] && x < knots[i + 1] ? 1 : 0;
        double left = knots[i + m - 1] - knots[i], right = knots[i + m] - knots[i + 1];
        return (left > 0 ? (x - knots[i]) / left * Spline(knots, i, m - 1, x) : 0)
            + (right > 0 ? (knots[i + m] - x) / right * Spline(knots, i + 1, m - 1, x) : 0);
    }
}
