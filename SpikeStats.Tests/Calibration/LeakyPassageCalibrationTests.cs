using SpikeStats.Fitting.IntegrateAndFire;
using SpikeStats.Fitting.Renewal;
using SpikeStats.Tests.Fitting.IntegrateAndFire;

namespace SpikeStats.Tests.Calibration;

/// <summary>Simulate a leaky integrate-and-fire neuron and fit its input, many times: do the error bars keep their word?</summary>
[Trait("Category", "Calibration")]
public sealed class LeakyPassageCalibrationTests
{
    private static readonly double[] truth = [16e-3, 5e-3];

    // 40 fits (500 in full): binomial error 0.034 (0.0097); two parameters within four of it, false-alarm rate 2 * 6.3e-5.
    [Fact]
    public void Intervals_Of95Percent_Cover95Percent()
    {
        int recordings = CalibrationSize.Of(bounded: 40);
        int[] covered = new int[truth.Length];
        Parallel.For(0, recordings, n =>
        {
            RenewalFit fit = new RenewalSpecification { Target = "a", Family = new LeakyPassageFamily() }.Fit(LeakyPassageFitTests.Drawn(truth[0], truth[1], duration: 10, seed: (ulong)(1000 + n)));
            Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
            for (int i = 0; i < truth.Length; i++)
            {
                if (fit.Parameters[i].Lower <= truth[i] && truth[i] <= fit.Parameters[i].Upper) Interlocked.Increment(ref covered[i]);
            }
        });

        foreach (int count in covered) Assert.InRange((double)count / recordings, 0.95 - (4 * Math.Sqrt(0.95 * 0.05 / recordings)), 0.95 + (4 * Math.Sqrt(0.95 * 0.05 / recordings)));
    }
}
