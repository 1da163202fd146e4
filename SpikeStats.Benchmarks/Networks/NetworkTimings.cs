using System.Diagnostics;
using System.Globalization;
using SpikeStats.Models.MeanField;
using SpikeStats.Models.Networks;

namespace SpikeStats.Benchmarks.Networks;

/// <summary>Brunel's network of 10,000 neurons and 10⁷ synapses for a second, beside a plain loop in the same process: times of one machine and moment, ratios for others.</summary>
public static class NetworkTimings
{
    private const int Excitatory = 8000, Inhibitory = 2000, Repetitions = 5, Steps = 10_000;
    private const double Duration = 1;

    /// <summary>Prints times, the ratio to the plain loop, and the memory per synapse.</summary>
    public static void Print(TextWriter output)
    {
        BrunelNetwork brunel = new() { ExcitatoryInDegree = 800 };
        SpikingNetwork network = brunel.ToSpikingNetwork(Excitatory);
        PlainNetwork plain = new(Excitatory, Inhibitory, brunel.RelativeInhibition, 800 * brunel.RelativeDrive * brunel.ThresholdRate * 1e-4, seed: 1);
        (double plainTime, long plainSpikes) = Least(() => plain.Run(Steps, seed: 2));
        Write(output, "plain loop, one thread, without construction", plainTime, plainSpikes, plainTime);
        foreach (int threads in (int[])[1, Environment.ProcessorCount])
        {
            NetworkSimulation simulation = new(network, new NetworkSimulationOptions { Threads = threads });
            ParallelOptions parallel = new() { MaxDegreeOfParallelism = threads };
            NeuronBlock[] blocks = simulation.Build(NetworkClock.Of(simulation.Options, 15, Duration), 1, parallel);
            double bytes = blocks.Sum(block => block.Synapses.Sum(synapses => synapses.Table.Bytes)), count = blocks.Sum(block => block.Synapses.Sum(synapses => (long)synapses.Table.Count));
            (double construction, _) = Least(() => simulation.Build(NetworkClock.Of(simulation.Options, 15, Duration), 1, parallel).Length);
            (double whole, long spikes) = Least(() => simulation.Simulate(Duration, seed: 1).SpikeCount);
            Write(output, $"{threads} threads, simulation", whole - construction, spikes, plainTime);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{threads} threads, construction: {construction:F3} s, {count} synapses, {bytes / count:F2} bytes each"));
        }
    }

    private static void Write(TextWriter output, string name, double time, long spikes, double plainTime) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{name}: {time:F3} s, {plainTime / time:F2} times as fast as the plain loop; {spikes / (Excitatory + Inhibitory) / Duration:F1} Hz"));

    private static (double Seconds, long Value) Least(Func<long> run)
    {
        long value = run();
        double least = double.PositiveInfinity;
        for (int i = 0; i < Repetitions; i++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            value = run();
            least = Math.Min(least, watch.Elapsed.TotalSeconds);
        }

        return (least, value);
    }
}
