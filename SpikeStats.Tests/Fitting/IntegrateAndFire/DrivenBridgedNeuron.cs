using SpikeStats.Models.Neurons;
using SpikeStats.Models.Renewal;
using SpikeStats.RandomStreams;

namespace SpikeStats.Tests.Fitting.IntegrateAndFire;

/// <summary>A simulator of the driven leaky neuron that shares nothing with its passage density: steps of the voltage, and the crossing within a step drawn from the Brownian bridge.</summary>
internal static class DrivenBridgedNeuron
{
    // In time constants. Drive and leak are those of the middle of a step: an error of the order of its square.
    private const double Step = 0.01;

    /// <summary>A recording of unit "a" under the signal "drive", which is a function of time sampled every millisecond, from a spike at zero on.</summary>
    public static Recording Train(LeakyIntegrateAndFire neuron, double mean, double gain, double sigma, Func<double, double> drive, double duration, ulong seed)
    {
        RandomStream stream = new(seed);
        List<double> times = [0];
        double tau = neuron.TimeConstant, decay = Math.Exp(-Step), deviation = sigma * Math.Sqrt(0.5 * (1 - Math.Exp(-2 * Step)));
        double time = neuron.RefractoryPeriod, voltage = neuron.Reset;
        while (time < duration)
        {
            double next = (voltage * decay) + ((mean + (gain * drive(time + (0.5 * Step * tau)))) * (1 - decay)) + (deviation * stream.NextGaussian()), below = neuron.Threshold - voltage;
            if (next >= neuron.Threshold || stream.NextDouble() < Math.Exp(-2 * below * (neuron.Threshold - next) / (sigma * sigma * Step)))
            {
                // Given both ends and a crossing at t, t/(Step - t) is inverse Gaussian.
                double odds = new InverseGaussian(below / Math.Abs(neuron.Threshold - next), below * below / (sigma * sigma * Step)).Sample(stream);
                time += Step * tau * odds / (1 + odds);
                if (time < duration) times.Add(time);
                time += neuron.RefractoryPeriod;
                voltage = neuron.Reset;
                continue;
            }

            voltage = next;
            time += Step * tau;
        }

        return Recording.FromTrains([SpikeTrain.FromSorted(times.ToArray(), TimeIntervals.Of(0, duration), "a")], signals: [Sampled(drive, duration)]);
    }

    /// <summary>A function of time as a signal with a sample every millisecond.</summary>
    public static SampledSignal Sampled(Func<double, double> drive, double duration) =>
        SampledSignal.Regular("drive", Enumerable.Range(0, (int)Math.Ceiling(duration * 1000) + 2).Select(i => drive(i * 1e-3)).ToArray(), 0, 1000);
}
