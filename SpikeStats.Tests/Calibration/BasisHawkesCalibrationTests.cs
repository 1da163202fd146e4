using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Fitting.Hawkes;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Hawkes;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Calibration;

/// <summary>Simulate from a Hawkes process with piecewise constant kernels and fit, many times: do the error bars and the verdict keep their word?</summary>
[Trait("Category", "Calibration")]
public sealed class BasisHawkesCalibrationTests
{
    private const int Recordings = 200;
    private static readonly WindowBasis windows = new(0, 0.02, 0.06, 0.12);
    private static readonly BasisHawkesModel truth = new(["a", "b"], [2, 3], windows, new[, ,] { { { 8, 3, 2 }, { 4, 2, 2 } }, { { 5, 4, 2.0 }, { 6, 3, 1.5 } } });
    private static readonly Lazy<Calibration[]> fits = new(() => [.. Enumerable.Range(0, Recordings).Select(Fit)]);

    // Each of 19 quantities (baselines, weights, branching ratios, spectral radius) over 200 fits: binomial error of 0.0154, four of them allowed, 19 * 6.3e-5.
    [Fact]
    public void Intervals_Of95Percent_Cover95PercentForEachParameter()
    {
        Assert.All(fits.Value, fit => Assert.True(fit.Converged));
        for (int p = 0; p < fits.Value[0].Z.Length; p++)
        {
            double covered = fits.Value.Average(fit => Math.Abs(fit.Z[p]) <= 1.959964 ? 1.0 : 0.0);
            StatisticalAssert.WithinStandardErrors(covered, 0.95, Math.Sqrt(0.95 * 0.05 / Recordings));
        }
    }

    // 400 tests of the true model at the 5 % level: 20 rejections expected, between 4 and 38 with probability 1 - 1.2e-4.
    [Fact]
    public void TimeRescaling_PassesTheTruth() => Assert.InRange(fits.Value.Sum(fit => fit.TruthPValues.Count(value => value < 0.05)), 4, 38);

    private static Calibration Fit(int index)
    {
        TimeIntervals observed = TimeIntervals.FromSorted(new TimeInterval(0, 120), new TimeInterval(130, 270));
        Recording recording = truth.SimulateClusters(Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), observed)]), seed: 3000 + (ulong)index);
        BasisHawkesFit fit = new BasisHawkesSpecification { Units = truth.Units, Basis = windows }.Fit(recording);
        double[,] branching = truth.BranchingMatrix();
        List<double> z = [(fit.SpectralRadius.Value - truth.SpectralRadius) / fit.SpectralRadius.StandardError];
        for (int i = 0; i < 2; i++)
        {
            z.Add((fit.Model.Baselines[i] - truth.Baselines[i]) / fit.BaselineStandardErrors[i]);
            for (int j = 0; j < 2; j++)
            {
                KernelFit kernel = fit.Kernels[(2 * i) + j];
                z.Add((kernel.BranchingRatio - branching[i, j]) / kernel.BranchingRatioStandardError);
                for (int b = 0; b < 3; b++) z.Add((kernel.Weights[b] - truth.Weight(i, j, b)) / kernel.StandardErrors[b]);
            }
        }

        return new Calibration(
            fit.Certificate.IsConverged, [.. z], [.. truth.Units.Select(unit => TimeRescaling.Test(truth, recording, unit).KolmogorovSmirnov.PValue)]);
    }

    private sealed record Calibration(bool Converged, double[] Z, double[] TruthPValues);
}
