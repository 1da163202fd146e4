using System.Globalization;
using SpikeStats.Models.Generators;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Networks;

/// <summary>Draws the spikes of a network of leaky integrate-and-fire neurons in time steps.</summary>
/// <remarks>
/// Between points of the grid, Δ apart, membranes and synaptic currents follow their equations exactly, whatever the step; spikes arrive and the threshold is looked at on the grid. A spike thus
/// stands on the grid, and reaches its targets exactly its delay later. External inputs are Poisson counts per step. Refractory periods are real numbers: a neuron whose period ends within a
/// step moves on for the rest of it; what arrives during the period is lost.
/// <para><b>Accuracy:</b> the grid costs what <see cref="Theory.DiscreteTime"/> says, and <see cref="SpikingNetwork.ToRateNetwork"/> with the step has it all. Delays are rounded to whole steps,
/// with a warning.</para>
/// <para><b>Cost:</b> some 2 ns per neuron and step and below 1 ns per synaptic event on one core; 2 bytes per synapse, 6 with individual weights, and an index of 4 bytes per source neuron and
/// thousand targets. Threads meet once per shortest delay. See docs/performance.md.</para>
/// </remarks>
public sealed class NetworkSimulation : ISpikeGenerator
{
    // So few neurons that what arrives at them in a step stays in the nearest cache; so many that the targets of a source stand together.
    private const int BlockSize = 1024;

    // Noise is drawn a window ahead: longer ones have no advantage.
    private const int LongestWindow = 64;

    // A delay is whole if it misses a whole number of steps by rounding alone.
    private const double Slack = 1e-6;

    private readonly int[] firstNeurons, delays;
    private readonly int window;

    /// <summary>Prepares a simulation.</summary>
    /// <param name="network">The network.</param>
    /// <param name="options">How it is simulated, and what of it is written down.</param>
    /// <exception cref="InvalidNetworkException">A delay is shorter than the step, or a population or neuron that is to be recorded does not exist.</exception>
    public NetworkSimulation(SpikingNetwork network, NetworkSimulationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        Network = network;
        Options = options ?? new NetworkSimulationOptions();
        firstNeurons = new int[network.Populations.Count + 1];
        for (int i = 0; i < network.Populations.Count; i++) firstNeurons[i + 1] = checked(firstNeurons[i] + network.Populations[i].Size);
        delays = [.. network.Projections.Select(StepsOf)];
        window = Math.Min(LongestWindow, delays.DefaultIfEmpty(LongestWindow).Min());
        foreach (string name in Options.RecordedPopulations ?? []) network.IndexOf(name);
        foreach (string name in Options.RecordedVoltages) Locate(name);
        Units = [.. Enumerable.Range(0, network.Populations.Count).Where(IsRecorded).SelectMany(UnitsOf)];
        Warnings = [.. Warn()];
    }

    /// <summary>The network.</summary>
    public SpikingNetwork Network { get; }

    /// <summary>How it is simulated.</summary>
    public NetworkSimulationOptions Options { get; }

    /// <summary>What the reader should know of the steps before a run; it stands in the report of every recording.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Units { get; }

    /// <inheritdoc/>
    public string Scheme => string.Create(
        CultureInfo.InvariantCulture,
        $"network of {Network.NeuronCount} leaky integrate-and-fire neurons: exact steps of {Options.TimeStep} s, spikes sent and received on the grid, the threshold looked at after each step");

    /// <inheritdoc/>
    public Recording Simulate(double duration, ulong seed, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        EmittedSpikes.RequireDuration(duration);
        NetworkClock clock = NetworkClock.Of(Options, window, duration);
        ParallelOptions threads = new() { MaxDegreeOfParallelism = Options.Threads, CancellationToken = cancellationToken };
        NeuronBlock[] blocks = Build(clock, seed, threads);
        VoltageTrace[] traces = [.. Options.RecordedVoltages.Select(name => Attach(name, blocks, clock))];
        long reported = 0, windows = clock.Windows;
        for (long number = 0; number < windows; number++)
        {
            long current = number;
            Parallel.For(0, blocks.Length, threads, block => blocks[block].Run(clock, current, seed, blocks));
            if (100 * (number + 1) / windows == reported) continue;
            reported = 100 * (number + 1) / windows;
            progress?.Report((number + 1.0) / windows);
        }

        (double[] times, int[] offsets) = Collect(blocks, clock);
        return EmittedSpikes.ToRecording(this, times, offsets, duration, [.. traces.Select(trace => trace.ToSignal())], Warnings);
    }

    /// <summary>Draws the connections and puts every neuron at its start.</summary>
    internal NeuronBlock[] Build(NetworkClock clock, ulong seed, ParallelOptions threads)
    {
        // As many blocks as the network asks for, whatever the number of threads.
        (int Population, BlockAddress Address)[] places = [.. Enumerable.Range(0, Network.Populations.Count).SelectMany(population => Places(population).Select(place => (population, place)))];
        Range[] blocksOf = new Range[Network.Populations.Count];
        for (int i = 0; i < blocksOf.Length; i++)
        {
            int first = Array.FindIndex(places, place => place.Population == i);
            blocksOf[i] = first..(first + places.Count(place => place.Population == i));
        }

        NeuronBlock[] blocks = new NeuronBlock[places.Length];
        Parallel.For(0, blocks.Length, threads, i =>
        {
            SpikingPopulation population = Network.Populations[places[i].Population];
            BlockAddress address = places[i].Address;
            double[] initial = new double[address.Count];
            for (int k = 0; k < initial.Length; k++) initial[k] = population.InitialVoltage ?? Spread(population, new RandomStream(seed, (uint)(address.FirstNeuron + k), NetworkStreams.InitialTrial));
            blocks[i] = new NeuronBlock(population, address, clock, initial, Inputs(places[i].Population, address, clock, blocksOf, Options.ConnectivitySeed ?? seed));
        });
        return blocks;
    }

    private static double Spread(SpikingPopulation population, RandomStream stream) =>
        population.Neuron.Reset + ((population.Neuron.Threshold - population.Neuron.Reset) * stream.NextDouble());

    private BlockInputs Inputs(int population, BlockAddress address, NetworkClock clock, Range[] blocksOf, ulong seed)
    {
        SpikingPopulation target = Network.Populations[population];
        int slots = delays.DefaultIfEmpty(1).Max();
        (_, double freeShare) = MembraneStep.Refractory(target.Neuron, clock.TimeStep);
        int[] incoming = [.. Enumerable.Range(0, Network.Projections.Count).Where(i => Network.IndexOf(Network.Projections[i].Target) == population)];
        ArrivalRing jumps = new(slots, address.Width);
        SynapticCurrent[] currents =
        [
            .. incoming.Select(i => Network.Projections[i].SynapticTimeConstant).Where(time => time > 0).Distinct().Order()
                .Select(time => new SynapticCurrent(time, target.Neuron.TimeConstant, clock.TimeStep, freeShare, slots, address.Width)),
        ];
        return new BlockInputs(jumps, currents, [.. incoming.Select(Draw)]);

        BlockSynapses Draw(int index)
        {
            SpikingProjection projection = Network.Projections[index];
            int source = Network.IndexOf(projection.Source);
            SynapseTable table = SynapseTable.Draw(
                projection.Rule, Network.Populations[source].Size, address.FirstInPopulation, address.Count,
                neuron => new RandomStream(seed, (uint)(address.FirstNeuron + neuron), NetworkStreams.ConnectionTrial + (uint)index));
            SynapticCurrent? current = currents.FirstOrDefault(candidate => candidate.TimeConstant == projection.SynapticTimeConstant);
            double weight = current is null ? projection.Weight : projection.Weight * target.Neuron.TimeConstant / current.TimeConstant;
            return new BlockSynapses(table, blocksOf[source], weight, delays[index], current?.Arrivals ?? jumps);
        }
    }

    private IEnumerable<BlockAddress> Places(int population)
    {
        int size = Network.Populations[population].Size, count = (size + BlockSize - 1) / BlockSize;
        for (int i = 0; i < count; i++)
        {
            int first = (int)((long)size * i / count), end = (int)((long)size * (i + 1) / count);
            yield return new BlockAddress(firstNeurons[population] + first, first, end - first, IsRecorded(population));
        }
    }

    private (double[] Times, int[] Offsets) Collect(NeuronBlock[] blocks, NetworkClock clock)
    {
        int[] offsets = new int[Units.Count + 1];
        int firstUnit = 0;
        foreach (NeuronBlock block in blocks)
        {
            if (!block.Address.IsRecorded) continue;
            foreach (long spike in block.History)
            {
                if (clock.Contains(spike >> 16)) offsets[firstUnit + (int)(spike & 0xFFFF) + 1]++;
            }

            firstUnit += block.Address.Count;
        }

        for (int unit = 0; unit < Units.Count; unit++) offsets[unit + 1] = checked(offsets[unit] + offsets[unit + 1]);
        double[] times = new double[offsets[^1]];
        int[] next = offsets[..^1];
        firstUnit = 0;
        foreach (NeuronBlock block in blocks)
        {
            if (!block.Address.IsRecorded) continue;
            foreach (long spike in block.History)
            {
                if (clock.Contains(spike >> 16)) times[next[firstUnit + (int)(spike & 0xFFFF)]++] = clock.TimeOf(spike >> 16);
            }

            firstUnit += block.Address.Count;
        }

        return (times, offsets);
    }

    private VoltageTrace Attach(string name, NeuronBlock[] blocks, NetworkClock clock)
    {
        int neuron = Locate(name);
        NeuronBlock block = blocks.First(candidate => neuron >= candidate.Address.FirstNeuron && neuron < candidate.Address.FirstNeuron + candidate.Address.Count);
        VoltageTrace trace = new(name, neuron - block.Address.FirstNeuron, clock);
        block.Attach(trace);
        return trace;
    }

    private bool IsRecorded(int population) => Options.RecordedPopulations?.Contains(Network.Populations[population].Name, StringComparer.Ordinal) ?? true;

    private IEnumerable<string> UnitsOf(int population) =>
        Enumerable.Range(0, Network.Populations[population].Size).Select(i => string.Create(CultureInfo.InvariantCulture, $"{Network.Populations[population].Name}.{i}"));

    private int Locate(string unit)
    {
        int dot = unit.LastIndexOf('.');
        int population = Network.IndexOf(dot < 0 ? unit : unit[..dot]), size = Network.Populations[population].Size;
        return int.TryParse(unit.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < size
            ? firstNeurons[population] + index
            : throw new InvalidNetworkException($"there is no neuron '{unit}'", $"population '{Network.Populations[population].Name}' has the neurons {Network.Populations[population].Name}.0 to {Network.Populations[population].Name}.{size - 1}");
    }

    private int StepsOf(SpikingProjection projection)
    {
        double steps = projection.Delay / Options.TimeStep;
        if (steps < 1 - Slack)
        {
            throw new InvalidNetworkException(
                string.Create(CultureInfo.InvariantCulture, $"the delay from '{projection.Source}' to '{projection.Target}', {projection.Delay} s, is shorter than the time step of {Options.TimeStep} s"),
                "take a shorter step or a longer delay");
        }

        return steps <= int.MaxValue ? (int)Math.Round(steps) : throw new InvalidNetworkException($"the delay from '{projection.Source}' to '{projection.Target}' is too long", "take a longer step");
    }

    private IEnumerable<string> Warn()
    {
        foreach (SpikingPopulation population in Network.Populations.Where(population => Options.TimeStep > population.Neuron.TimeConstant))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The time step of {Options.TimeStep} s exceeds the time constant of population '{population.Name}', {population.Neuron.TimeConstant} s: most crossings of the threshold are missed. Take a tenth of it or less.");
        }

        for (int i = 0; i < delays.Length; i++)
        {
            double steps = Network.Projections[i].Delay / Options.TimeStep;
            if (Math.Abs(steps - delays[i]) <= Slack * steps) continue;
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The delay from '{Network.Projections[i].Source}' to '{Network.Projections[i].Target}' is no whole number of steps: {delays[i] * Options.TimeStep:G6} s instead of {Network.Projections[i].Delay} s.");
        }
    }
}
