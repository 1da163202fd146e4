using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics;
using SpikeStats.Models.Ensembles;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.RandomStreams;

namespace SpikeStats.Benchmarks.Ensembles;

/// <summary>10,000 independent noisy leaky neurons in steps of 0.1 ms, the task of other tools' drivers, beside a plain loop over neurons in the same process.</summary>
public static class LifTimings
{
    private const int Neurons = 10_000, Repetitions = 5;
    private const double TimeStep = 0.1e-3;

    private static readonly LeakyIntegrateAndFire neuron = new() { TimeConstant = 20e-3, Threshold = 20e-3, Reset = 10e-3, RefractoryPeriod = 2e-3 };
    private static readonly WhiteNoiseInput input = new(22e-3, 5e-3);

    /// <summary>Prints one line per scheme and number of threads: the median and the least time, the processor time per neuron and step, and the rate beside theory.</summary>
    /// <param name="duration">The simulated time, in seconds.</param>
    /// <param name="output">Where to.</param>
    public static void Print(double duration, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Neurons} neurons for {duration} s; rates of theory: {Siegert.Rate(neuron, input):F3} Hz, on the grid {DiscreteTime.Rate(neuron, input, TimeStep):F3} Hz"));
        foreach (SteppingScheme scheme in Enum.GetValues<SteppingScheme>())
        {
            foreach (int threads in (int[])[1, 2])
            {
                IntegrateAndFireEnsemble ensemble = new(neuron, input, new EnsembleOptions { Count = Neurons, Scheme = scheme, TimeStep = TimeStep, Threads = threads });
                Measure(output, $"{scheme}, {threads} thread(s)", duration, () => ensemble.Simulate(duration, seed: 1).SpikeCount);
            }
        }

        Measure(output, "random numbers alone, 1 thread", duration, () => RandomNumbers(duration));
        Measure(output, "plain loop on the grid, 1 thread", duration, () => PlainLoop(duration));
    }

    private static void Measure(TextWriter output, string name, double duration, Func<long> run)
    {
        long spikes = run();
        double[] times = new double[Repetitions], processor = new double[Repetitions];
        for (int i = 0; i < Repetitions; i++)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            Stopwatch watch = Stopwatch.StartNew();
            spikes = run();
            times[i] = watch.Elapsed.TotalSeconds;
            processor[i] = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        }

        Array.Sort(times);
        Array.Sort(processor);
        double perStep = 1e9 * TimeStep / (Neurons * duration);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {times[Repetitions / 2]:F3} s (least {times[0]:F3}), {processor[Repetitions / 2] * perStep:F2} ns of processor time per neuron and step (least {processor[0] * perStep:F2}), rate {spikes / (Neurons * duration):F3} Hz"));
    }

    private static long RandomNumbers(double duration)
    {
        Vector512<double>[] gaussians = new Vector512<double>[LeakyLanes.Stretch];
        Vector512<ulong>[] uniforms = new Vector512<ulong>[LeakyLanes.Stretch / 2];
        int stretches = (int)(duration / TimeStep / LeakyLanes.Stretch);
        for (uint unit = 0; unit < Neurons; unit += RandomLanes.Count)
        {
            RandomLanes lanes = new(1, unit, 0);
            for (int stretch = 0; stretch < stretches; stretch++) lanes.Fill((ulong)(stretch * uniforms.Length), gaussians, uniforms);
        }

        return (long)gaussians[0].ToScalar();
    }

    private static long PlainLoop(double duration)
    {
        int steps = (int)Math.Round(duration / TimeStep), refractory = (int)Math.Round(neuron.RefractoryPeriod / TimeStep);
        double decay = Math.Exp(-TimeStep / neuron.TimeConstant), spread = input.Sigma * Math.Sqrt(0.5 * (1 - (decay * decay)));
        long spikes = 0;
        for (uint unit = 0; unit < Neurons; unit++)
        {
            RandomStream stream = new(1, unit);
            double voltage = neuron.Reset;
            int rest = 0;
            for (int step = 0; step < steps; step++)
            {
                if (rest > 0)
                {
                    rest--;
                    continue;
                }

                voltage = input.Mean + (decay * (voltage - input.Mean)) + (spread * stream.NextGaussian());
                if (voltage < neuron.Threshold) continue;
                voltage = neuron.Reset;
                rest = refractory;
                spikes++;
            }
        }

        return spikes;
    }
}
