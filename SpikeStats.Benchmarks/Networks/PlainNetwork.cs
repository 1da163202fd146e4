using SpikeStats.RandomStreams;

namespace SpikeStats.Benchmarks.Networks;

/// <summary>Brunel's network as one would write it down: one thread, a loop over neurons and a loop over spikes, targets as integers, an inverse table for the external input.</summary>
internal sealed class PlainNetwork
{
    private const double TimeConstant = 20, Threshold = 20, Reset = 10, Weight = 0.1, Step = 0.1;
    private const int Refractory = 20, Delay = 15;

    private readonly int excitatory, neurons;
    private readonly double inhibition, mean;
    private readonly int[] starts, targets;

    public PlainNetwork(int excitatory, int inhibitory, double inhibition, double externalMean, ulong seed)
    {
        (this.excitatory, neurons, this.inhibition, mean) = (excitatory, excitatory + inhibitory, inhibition, externalMean);
        RandomStream stream = new(seed);
        int fromExcitatory = excitatory / 10, inDegree = fromExcitatory + (inhibitory / 10);
        int[] sources = new int[neurons * inDegree];
        starts = new int[neurons + 1];
        for (int i = 0; i < sources.Length; i++)
        {
            sources[i] = i % inDegree < fromExcitatory ? (int)(stream.NextDouble() * excitatory) : excitatory + (int)(stream.NextDouble() * inhibitory);
            starts[sources[i] + 1]++;
        }

        for (int i = 0; i < neurons; i++) starts[i + 1] += starts[i];
        int[] next = starts[..neurons];
        targets = new int[sources.Length];
        for (int i = 0; i < sources.Length; i++) targets[next[sources[i]]++] = i / inDegree;
    }

    /// <summary>Simulates.</summary>
    /// <returns>The number of spikes.</returns>
    public long Run(int steps, ulong seed)
    {
        RandomStream stream = new(seed);
        double[] cumulative = new double[64];
        double term = Math.Exp(-mean);
        for (int k = 0; k < cumulative.Length; k++)
        {
            cumulative[k] = term + (k == 0 ? 0 : cumulative[k - 1]);
            term *= mean / (k + 1);
        }

        double[] voltage = new double[neurons], arrivals = new double[(Delay + 1) * neurons];
        for (int i = 0; i < neurons; i++) voltage[i] = Threshold * stream.NextDouble();
        int[] held = new int[neurons];
        double decay = Math.Exp(-Step / TimeConstant);
        long spikes = 0;
        for (int step = 0; step < steps; step++)
        {
            int now = step % (Delay + 1) * neurons, later = (step + Delay) % (Delay + 1) * neurons;
            for (int i = 0; i < neurons; i++)
            {
                if (held[i] > 0)
                {
                    held[i]--;
                }
                else
                {
                    double uniform = stream.NextDouble();
                    int count = 0;
                    while (count < cumulative.Length && uniform >= cumulative[count]) count++;
                    voltage[i] = (voltage[i] * decay) + arrivals[now + i] + (Weight * count);
                }

                arrivals[now + i] = 0;
            }

            for (int i = 0; i < neurons; i++)
            {
                if (voltage[i] < Threshold) continue;
                voltage[i] = Reset;
                held[i] = Refractory;
                spikes++;
                double weight = i < excitatory ? Weight : -inhibition * Weight;
                for (int k = starts[i]; k < starts[i + 1]; k++) arrivals[later + targets[k]] += weight;
            }
        }

        return spikes;
    }
}
