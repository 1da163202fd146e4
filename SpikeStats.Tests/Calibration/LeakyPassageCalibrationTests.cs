using SpikeStats.Fitting.IntegrateAndFire;
using SpikeStats.Fitting.Renewal;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.Tests.Fitting.IntegrateAndFire;

namespace SpikeStats.Tests.Calibration;

/// <summary>Simulate a leaky integrate-and-fire neuron and fit its input, many times: do the error bars keep their word?</summary>
[Trait("Category", "Calibration")]
public sealed class LeakyPassageCalibrationTests
{
    private static readonly LeakyIntegrateAndFire neuron = new();
    private static readonly WhiteNoiseInput input = new(16e-3, 5e-3);

    // 40 or 16 fits (500 in full) of trains whose simulator knows nothing of the density: binomial error 0.034 or 0.054 (0.0097); each parameter within four of it, false-alarm rate 6.3e-5 each.
    [Theory]
    [InlineData(false, 500, 40)]
    [InlineData(true, 4000, 16)]
    public void Intervals_Of95Percent_Cover95Percent(bool withTimeConstant, int intervals, int bounded)
    {
        int recordings = CalibrationSize.Of(bounded);
        LeakyPassageFamily family = new() { Neuron = neuron, EstimatesTimeConstant = withTimeConstant };
        double[] truth = [input.Mean, input.Sigma, neuron.TimeConstant];
        int[] covered = new int[family.ParameterCount];
        Parallel.For(0, recordings, n =>
        {
            RenewalFit fit = new RenewalSpecification { Target = "a", Family = family }.Fit(BridgedNeuron.Train(neuron, input, intervals, seed: (ulong)(1000 + n)));
            Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
            for (int i = 0; i < covered.Length; i++)
            {
                if (fit.Parameters[i].Lower <= truth[i] && truth[i] <= fit.Parameters[i].Upper) Interlocked.Increment(ref covered[i]);
            }
        });

        double error = Math.Sqrt(0.95 * 0.05 / recordings);
        foreach (int count in covered) Assert.InRange((double)count / recordings, 0.95 - (4 * error), 0.95 + (4 * error));
    }

    // 24 fits (200 in full) of 20 s each: binomial error 0.044 (0.015); within four of it for each parameter, false-alarm rate 6.3e-5 each.
    [Fact]
    public void DrivenIntervals_Of95Percent_Cover95Percent()
    {
        int recordings = CalibrationSize.Of(24);
        double[] truth = [14e-3, 4e-3, 4e-3];
        int[] covered = new int[3];
        for (int n = 0; n < recordings; n++)
        {
            Recording recording = DrivenBridgedNeuron.Train(neuron, truth[0], truth[1], truth[2], time => Math.Sin(2 * Math.PI * 5 * time), 20, seed: (ulong)(3000 + n));
            DrivenLeakyFit fit = new DrivenLeakySpecification { Target = "a", Signal = "drive", Neuron = neuron }.Fit(recording);
            Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
            for (int i = 0; i < covered.Length; i++)
            {
                if (fit.Parameters[i].Lower <= truth[i] && truth[i] <= fit.Parameters[i].Upper) covered[i]++;
            }
        }

        double error = Math.Sqrt(0.95 * 0.05 / recordings);
        foreach (int count in covered) Assert.InRange((double)count / recordings, 0.95 - (4 * error), 0.95 + (4 * error));
    }
}
