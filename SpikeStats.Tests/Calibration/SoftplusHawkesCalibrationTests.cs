using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Fitting.Hawkes;
using SpikeStats.Models.Hawkes;
using SpikeStats.Tests.Models.Hawkes;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Calibration;

/// <summary>Simulate from a unit that inhibits itself and fit, many times: do the error bars and the verdict keep their word?</summary>
[Trait("Category", "Calibration")]
public sealed class SoftplusHawkesCalibrationTests
{
    private const int Recordings = 200;
    private static readonly SoftplusHawkesModel truth = new("a", 25, -0.8, 30, softness: 3);
    private static readonly string[] names = ["mu[a]", "alpha[a<-a]", "beta"];
    private static readonly double[] values = [25, -0.8, 30];
    private static readonly Lazy<(double[] Z, double PValue)[]> fits = new(() => [.. Enumerable.Range(0, Recordings).Select(Fit)]);

    // Each of 3 quantities over 200 fits: binomial error of 0.0154, four of them allowed, 3 * 6.3e-5.
    [Fact]
    public void Intervals_Of95Percent_Cover95PercentForEachParameter()
    {
        for (int p = 0; p < names.Length; p++)
        {
            double covered = fits.Value.Average(fit => Math.Abs(fit.Z[p]) <= 1.959964 ? 1.0 : 0.0);
            StatisticalAssert.WithinStandardErrors(covered, 0.95, Math.Sqrt(0.95 * 0.05 / Recordings));
        }
    }

    // 200 tests of the true model at the 5 % level: 10 rejections expected, at most 24 with probability 1 - 3e-5.
    [Fact]
    public void TimeRescaling_OfTheTruth_RejectsAsOftenAsItSays() => Assert.InRange(fits.Value.Count(fit => fit.PValue < 0.05), 1, 24);

    private static (double[] Z, double PValue) Fit(int index)
    {
        Recording recording = truth.Simulate(HawkesProblem.Record(60, Array.Empty<double>()), seed: 3000 + (ulong)index);
        SoftplusHawkesFit fit = new SoftplusHawkesSpecification { Units = ["a"], Softness = truth.Softness }.Fit(recording);
        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        double[] z = [.. names.Select((name, p) => (fit.Parameter(name).Estimate - values[p]) / fit.Parameter(name).StandardError)];
        return (z, TimeRescaling.Test(truth, recording, "a").KolmogorovSmirnov.PValue);
    }
}
