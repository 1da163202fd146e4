using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Networks;

/// <summary>Neighbouring neurons of a population, with their voltages, their synapses and all that is on its way to them. One thread at a time moves a block.</summary>
/// <remarks>
/// A block moves through as many steps as the shortest delay, eight neurons after eight in the lanes of a vector, since nothing that another block does meanwhile can reach it. The order of
/// all sums is fixed.
/// </remarks>
internal sealed class NeuronBlock
{
    // Steps for which noise is drawn at once.
    private readonly int window;
    private readonly SpikingPopulation population;
    private readonly BlockAddress address;
    private readonly MembraneStep full, late;
    private readonly int held;
    private readonly PoissonLanes[] drives;
    private readonly SynapticCurrent[] currents;
    private readonly ArrivalRing jumps;
    private readonly IReadOnlyList<BlockSynapses> synapses;
    private readonly double[] voltage;

    // How many steps a neuron is held still, and one more; at 1 it is free for a part of the step. Lanes without a neuron are held for ever.
    private readonly double[] hold;

    private readonly Vector512<double>[] inputs, noise;
    private readonly Vector512<ulong>[] bits, unused;
    private readonly SpikeWindow[] spikes;
    private readonly List<long> history = [];
    private readonly List<VoltageTrace> traces = [];

    public NeuronBlock(SpikingPopulation population, BlockAddress address, NetworkClock clock, ReadOnlySpan<double> initial, BlockInputs parts)
    {
        this.population = population;
        this.address = address;
        window = clock.Window;
        (held, double freeShare) = MembraneStep.Refractory(population.Neuron, clock.TimeStep);
        full = new MembraneStep(population.Neuron, population.Background, clock.TimeStep);
        late = new MembraneStep(population.Neuron, population.Background, freeShare * clock.TimeStep);
        drives = [.. population.Drives.Select(drive => new PoissonLanes(drive.InDegree * drive.Rate * clock.TimeStep))];
        (jumps, currents, synapses) = (parts.Jumps, parts.Currents, parts.Synapses);
        voltage = new double[address.Width];
        hold = new double[address.Width];
        voltage.AsSpan(initial.Length).Fill(population.Neuron.Reset);
        hold.AsSpan(initial.Length).Fill(double.PositiveInfinity);
        initial.CopyTo(voltage);
        inputs = new Vector512<double>[window];
        noise = new Vector512<double>[window + 2];
        bits = new Vector512<ulong>[PoissonLanes.BufferLength(window)];
        unused = new Vector512<ulong>[(window / 2) + 1];
        spikes = [new SpikeWindow(window), new SpikeWindow(window)];
    }

    /// <summary>The synapses on the neurons of the block.</summary>
    public IReadOnlyList<BlockSynapses> Synapses => synapses;

    /// <summary>Where the neurons stand.</summary>
    public BlockAddress Address => address;

    /// <summary>All spikes so far, if they are to be written down: step after step of each neuron, as 2^16 times the step and the neuron within the block.</summary>
    public ReadOnlySpan<long> History => CollectionsMarshal.AsSpan(history);

    /// <summary>Writes the voltage of a neuron of the block down.</summary>
    public void Attach(VoltageTrace trace)
    {
        traces.Add(trace);
        trace.Write(0, voltage[trace.Neuron]);
    }

    /// <summary>The spikes of a window; windows are counted modulo 2.</summary>
    public SpikeWindow Spikes(long windowNumber) => spikes[(int)(windowNumber & 1)];

    /// <summary>Takes in what all blocks sent in the window before, and moves through the next.</summary>
    /// <param name="clock">The steps of the simulation.</param>
    /// <param name="windowNumber">Which window.</param>
    /// <param name="seed">The seed of the simulation.</param>
    /// <param name="blocks">All blocks.</param>
    public void Run(NetworkClock clock, long windowNumber, ulong seed, NeuronBlock[] blocks)
    {
        (long first, int steps) = clock.StepsOf(windowNumber);
        if (windowNumber > 0) Receive(first - window, windowNumber - 1, blocks);
        SpikeWindow found = Spikes(windowNumber);
        found.Clear();
        for (int lane = 0; lane < voltage.Length; lane += RandomLanes.Count)
        {
            Draw(first, steps, (uint)(address.FirstNeuron + lane), seed);
            Advance(first, steps, lane, found);
        }

        found.Sort();
    }

    private void Receive(long first, long windowNumber, NeuronBlock[] blocks)
    {
        foreach (BlockSynapses projection in synapses)
        {
            ReadOnlySpan<NeuronBlock> sources = blocks.AsSpan(projection.SourceBlocks);
            Prefetch(0, projection, sources);
            for (int step = 0; step < window; step++)
            {
                Prefetch(step + 1, projection, sources);
                Span<double> arrivals = projection.Arrivals.At(first + step + projection.Delay);
                foreach (NeuronBlock source in sources)
                    projection.Table.Deliver(source.address.FirstInPopulation, source.Spikes(windowNumber).At(step), projection.Weight, arrivals);
            }
        }

        void Prefetch(int step, BlockSynapses projection, ReadOnlySpan<NeuronBlock> sources)
        {
            if (step == window) return;
            foreach (NeuronBlock source in sources) projection.Table.Prefetch(source.address.FirstInPopulation, source.Spikes(windowNumber).At(step));
        }
    }

    private void Draw(long first, int steps, uint neuron, ulong seed)
    {
        Span<Vector512<double>> sums = inputs.AsSpan(0, steps);
        sums.Clear();
        for (int i = 0; i < drives.Length; i++)
            drives[i].Add(new RandomLanes(seed, neuron, NetworkStreams.DriveTrial + (uint)i), first, population.Drives[i].Weight, sums, bits);
        if (population.Background.Sigma == 0) return;

        // Two normal numbers to a block of random bits.
        int skipped = (int)(first & 1), blocks = (skipped + steps + 1) / 2;
        new RandomLanes(seed, neuron, NetworkStreams.NoiseTrial).Fill((ulong)(first / 2), noise, unused.AsSpan(0, blocks));
        if (skipped == 1) noise.AsSpan(1, steps).CopyTo(noise);
    }

    private void Advance(long first, int steps, int lane, SpikeWindow found)
    {
        Vector512<double> one = Vector512<double>.One, threshold = Vector512.Create(population.Neuron.Threshold), reset = Vector512.Create(population.Neuron.Reset);
        Vector512<double> heldSteps = Vector512.Create(held + 1.0), v = Vector512.LoadUnsafe(ref voltage[lane]), still = Vector512.LoadUnsafe(ref hold[lane]);
        bool isNoisy = population.Background.Sigma > 0, isTraced = traces.Count > 0;
        int slot = jumps.SlotOf(first);
        for (int step = 0; step < steps; step++)
        {
            Vector512<double> isLate = Vector512.Equals(still, one), isHeld = Vector512.GreaterThan(still, one);
            Vector512<double> moved = (v * Vector512.ConditionalSelect(isLate, late.Decay, full.Decay)) + Vector512.ConditionalSelect(isLate, late.Constant, full.Constant);
            if (isNoisy) moved += noise[step] * Vector512.ConditionalSelect(isLate, late.Noise, full.Noise);
            foreach (SynapticCurrent current in currents)
                moved += current.Advance(slot, lane) * Vector512.ConditionalSelect(isLate, Vector512.Create(current.LateEffect), Vector512.Create(current.Effect));
            moved += jumps.Take(slot, lane) + inputs[step];
            slot = jumps.After(slot);
            v = Vector512.ConditionalSelect(isHeld, v, moved);
            still = Vector512.Max(still - one, Vector512<double>.Zero);
            Vector512<double> fired = Vector512.GreaterThanOrEqual(v, threshold);
            if (fired != Vector512<double>.Zero)
            {
                for (ulong left = fired.ExtractMostSignificantBits(); left != 0; left &= left - 1) Fire(first + step, step, lane + BitOperations.TrailingZeroCount(left), found);
                v = Vector512.ConditionalSelect(fired, reset, v);
                still = Vector512.ConditionalSelect(fired, heldSteps, still);
            }

            if (isTraced) Trace(first + step + 1, lane, v);
        }

        v.StoreUnsafe(ref voltage[lane]);
        still.StoreUnsafe(ref hold[lane]);
    }

    private void Fire(long step, int stepOfWindow, int neuron, SpikeWindow found)
    {
        found.Add(stepOfWindow, neuron);
        if (address.IsRecorded) history.Add(((step + 1) << 16) | (long)neuron);
    }

    private void Trace(long point, int lane, Vector512<double> v)
    {
        foreach (VoltageTrace trace in traces)
        {
            if (trace.Neuron - lane is >= 0 and < RandomLanes.Count and var place) trace.Write(point, v[place]);
        }
    }
}
