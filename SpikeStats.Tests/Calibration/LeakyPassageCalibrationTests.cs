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
}
