using SpikeStats.Models.Neurons;
using SpikeStats.Models.Renewal;
using SpikeStats.Models.Theory;
using SpikeStats.RandomStreams;

namespace SpikeStats.Tests.Fitting.IntegrateAndFire;

/// <summary>A simulator of the leaky neuron that shares nothing with its interval density: exact steps of the voltage, and the crossing within a step drawn from the Brownian bridge.</summary>
internal static class BridgedNeuron
{
    // In time constants. The bridge leaves out the leak within a step: an error of the order of its square.
    private const double Step = 0.01;

    /// <summary>A train from a spike at time zero on, observed until a number of intervals are complete.</summary>
    public static Recording Train(LeakyIntegrateAndFire neuron, WhiteNoiseInput input, int intervals, ulong seed)
    {
        RandomStream stream = new(seed);
        double[] times = new double[intervals + 1];
        for (int i = 1; i <= intervals; i++) times[i] = times[i - 1] + neuron.RefractoryPeriod + (neuron.TimeConstant * Passage(neuron, input, stream));
        TimeIntervals observed = TimeIntervals.FromSorted([new TimeInterval(0, times[^1] + 1e-9)]);
        return Recording.FromTrains([SpikeTrain.FromSorted(times, observed, "a")]);
    }

    // In the scaled voltage y = (V - μ)/σ, with dy = -y ds + dW.
    private static double Passage(LeakyIntegrateAndFire neuron, WhiteNoiseInput input, RandomStream stream)
    {
        double threshold = (neuron.Threshold - input.Mean) / input.Sigma, y = (neuron.Reset - input.Mean) / input.Sigma;
        double decay = Math.Exp(-Step), deviation = Math.Sqrt(0.5 * (1 - Math.Exp(-2 * Step)));
        for (double time = 0; ; time += Step)
        {
            double next = (y * decay) + (deviation * stream.NextGaussian()), below = threshold - y;
            if (next >= threshold || stream.NextDouble() < Math.Exp(-2 * below * (threshold - next) / Step))
            {
                // Given both ends and a crossing at t, t/(Step - t) is inverse Gaussian.
                double odds = new InverseGaussian(below / Math.Abs(threshold - next), below * below / Step).Sample(stream);
                return time + (Step * odds / (1 + odds));
            }

            y = next;
        }
    }
}
