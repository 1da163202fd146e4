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
        int[] dead = [1, 4, 9, 13, 18, 20, 0, 2, 6, 10, 12, 16];
        List<int> counts = [];
        List<double> male = [], dose = [];
        for (int row = 0; row < dead.Length; row++)
        {
            for (int moth = 0; moth < 20; moth++)
            {
                counts.Add(moth < dead[row] ? 1 : 0);
                male.Add(row < 6 ? 1 : 0);
                dose.Add(row % 6);
            }
        }

        GlmFit fit = Regression.Fit(counts, [[.. male], [.. dose]], observation: ObservationModel.Bernoulli);
        StatisticalAssert.Close(reference.At("budworm_cloglog", "coef").Doubles(), [.. fit.Coefficients], absolute: Tolerance);
        double choices = dead.Sum(k => MathNet.Numerics.SpecialFunctions.BinomialLn(20, k));
        StatisticalAssert.Close(reference.Number("budworm_cloglog", "loglik"), fit.LogLikelihood + choices, relative: 1e-11);
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
        Check("boot_neuro_bspline9", Regression.Fit(counts, splines, binWidth: exposure), 1e-7);
    }

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
