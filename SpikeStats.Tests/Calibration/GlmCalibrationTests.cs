using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Models.PointProcesses;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Calibration;

/// <summary>Simulate from a known retina and fit, many times: do the error bars and the verdict keep their word?</summary>
[Trait("Category", "Calibration")]
public sealed class GlmCalibrationTests
{
    private const double Duration = 60;
    private const double Level = 0.05;
    private static readonly int fitCount = CalibrationSize.Of(bounded: 200);
    private static readonly RetinaTruth retina = new();
    private static readonly Lazy<Calibration[]> fits = new(() => [.. Enumerable.Range(0, fitCount / retina.Cells.Count).SelectMany(Fit)]);

    // Intervals within one fit are correlated, so that the standard error is taken over fits: false-alarm rate 6.3e-5.
    [Fact]
    public void Intervals_Of95Percent_Cover95Percent()
    {
        Assert.Equal(fitCount, fits.Value.Length);
        Assert.All(fits.Value, fit => Assert.True(fit.Converged));
        double[] shares = [.. fits.Value.Select(fit => fit.Z.Average(z => Math.Abs(z) <= 1.959964 ? 1.0 : 0.0))];
        double mean = shares.Average(), variance = shares.Sum(share => (share - mean) * (share - mean)) / (shares.Length - 1);
        StatisticalAssert.WithinStandardErrors(mean, 0.95, Math.Sqrt(variance / shares.Length));
    }

    // Each coefficient of the specification, to its binomial error (0.0154 for 200 fits); 27 coefficients, false-alarm rate 27 * 5.7e-5 at four standard errors.
    [Fact]
    public void Intervals_OfEachCoefficient_Cover95Percent()
    {
        for (int coefficient = 0; coefficient < fits.Value[0].Z.Length; coefficient++)
        {
            double covered = fits.Value.Average(fit => Math.Abs(fit.Z[coefficient]) <= 1.959964 ? 1.0 : 0.0);
            StatisticalAssert.WithinStandardErrors(covered, 0.95, Math.Sqrt(0.95 * 0.05 / fits.Value.Length));
        }
    }

    // The true model is rejected at the 5 % level in 5 % of the tests: four binomial errors are exceeded with probability 2.3e-4 (of 200). The same
    // recordings reject the model without its post-spike filter. (A model without its stimulus is not rejected: its post-spike filter still
    // reproduces the distribution of the intervals, which is all that the test looks at.)
    [Fact]
    public void TimeRescaling_PassesTheTruthAndRejectsTheModelWithoutHistory()
    {
        int rejectedTruth = fits.Value.Count(fit => fit.TruthPValue < Level), rejectedWrong = fits.Value.Count(fit => fit.WrongPValue < Level);
        StatisticalAssert.WithinStandardErrors((double)rejectedTruth / fitCount, Level, Math.Sqrt(Level * (1 - Level) / fitCount));
        Assert.True(rejectedWrong >= 0.95 * fitCount, $"Only {rejectedWrong} of {fitCount} wrong models were rejected.");
    }

    private static IEnumerable<Calibration> Fit(int index)
    {
        Recording recording = retina.Simulate(Duration, seed: 100 + (ulong)index);
        foreach (string cell in retina.Cells)
        {
            GlmSpecification specification = retina.Specification(cell);
            GlmFit fit = specification.Fit(recording);
            double[] truth = retina.Coefficients(cell);
            GlmFit wrong = (specification with { Terms = [.. specification.Terms.Where(term => term is not HistoryTerm)] }).Fit(recording);
            yield return new Calibration(
                fit.Certificate.IsConverged,
                [.. fit.Coefficients.Select((estimate, i) => (estimate - truth[i]) / fit.StandardErrors[i])],
                PValue(retina.Population, recording, cell, (ulong)index),
                PValue(wrong.Model, recording, cell, (ulong)index));
        }
    }

    private static double PValue(IPointProcess model, Recording recording, string cell, ulong seed) =>
        TimeRescaling.Test(model, recording, cell, new TimeRescalingOptions { Seed = seed }).KolmogorovSmirnov.PValue;

    private sealed record Calibration(bool Converged, double[] Z, double TruthPValue, double WrongPValue);
}
