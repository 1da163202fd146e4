using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Fitting.Hawkes;
using SpikeStats.Models.Hawkes;
using SpikeStats.Tests.Testing;
using Xunit.Abstractions;

namespace SpikeStats.Tests.Calibration;

/// <summary>Simulate from a known Hawkes process and fit, many times: do the error bars and the verdict keep their word?</summary>
[Trait("Category", "Calibration")]
public sealed class HawkesCalibrationTests(ITestOutputHelper output)
{
    private static readonly int recordings = CalibrationSize.Of(200);
    private static readonly HawkesModel truth = new(["a", "b"], [0.8, 0.5], 4, new[,] { { 0.45, 0.2 }, { 0.25, 0.3 } });
    private static readonly string[] names = ["mu[a]", "mu[b]", "alpha[a<-a]", "alpha[a<-b]", "alpha[b<-a]", "alpha[b<-b]", "beta"];
    private static readonly double[] values = [0.8, 0.5, 0.45, 0.2, 0.25, 0.3, 4];
    private static readonly Lazy<Calibration[]> fits = new(() => [.. Enumerable.Range(0, recordings).Select(Fit)]);

    // Each of 8 quantities over 200 fits: binomial error of 0.0154 (500: 0.0097), four of them allowed, 8 * 6.3e-5.
    [Fact]
    public void Intervals_Of95Percent_Cover95PercentForEachParameter()
    {
        Assert.All(fits.Value, fit => Assert.True(fit.Converged));
        for (int p = 0; p <= names.Length; p++)
        {
            double covered = fits.Value.Average(fit => Math.Abs(fit.Z[p]) <= 1.959964 ? 1.0 : 0.0);
            output.WriteLine($"{(p < names.Length ? names[p] : "spectral radius")}: {covered}");
            StatisticalAssert.WithinStandardErrors(covered, 0.95, Math.Sqrt(0.95 * 0.05 / recordings));
        }
    }

    // Two tests of the true model per recording at the 5 % level: of 400, 20 rejections expected, four standard errors allowed, 6.3e-5. p-values of a Poisson
    // process with the same mean rates are small.
    [Fact]
    public void TimeRescaling_PassesTheTruthAndRejectsConstantRates()
    {
        double tests = 2 * recordings, rejected = fits.Value.Sum(fit => fit.TruthPValues.Count(value => value < 0.05)) / tests;
        output.WriteLine($"rejected: {rejected}");
        StatisticalAssert.WithinStandardErrors(rejected, 0.05, Math.Sqrt(0.05 * 0.95 / tests));
        Assert.True(fits.Value.Sum(fit => fit.ConstantPValues.Count(value => value < 0.05)) >= 0.95 * tests);
    }

    private static Calibration Fit(int index)
    {
        TimeIntervals observed = TimeIntervals.FromSorted(new TimeInterval(0, 120), new TimeInterval(130, 270));
        Recording recording = truth.Simulate(Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), observed)]), seed: 1000 + (ulong)index);
        HawkesFit fit = new HawkesSpecification { Units = truth.Units }.Fit(recording);
        double[] z = [.. names.Select((name, p) => (fit.Parameter(name).Estimate - values[p]) / fit.Parameter(name).StandardError)];
        double radius = (fit.SpectralRadius.Value - truth.SpectralRadius) / fit.SpectralRadius.StandardError;
        HawkesModel constant = new(truth.Units, [.. truth.Units.Select(unit => recording[unit].Count / observed.Duration)], 1, new double[2, 2]);
        double[] PValues(HawkesModel model) => [.. truth.Units.Select(unit => TimeRescaling.Test(model, recording, unit).KolmogorovSmirnov.PValue)];
        return new Calibration(fit.Certificate.IsConverged, [.. z, radius], PValues(truth), PValues(constant));
    }

    private sealed record Calibration(bool Converged, double[] Z, double[] TruthPValues, double[] ConstantPValues);
}
