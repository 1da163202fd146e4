using SpikeStats.Models.FokkerPlanck;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Ensembles;

/// <summary>One neuron under any drive, step by step: jumps, coloured noise and drifts that are not linear.</summary>
/// <remarks>Instants are counted in steps. A step is divided where the refractory period ends and where the voltage jumps.</remarks>
internal sealed class NeuronPath
{
    private readonly IntegrateAndFireNeuron neuron;
    private readonly EnsembleDrive drive;
    private readonly EnsembleClock clock;
    private readonly Membrane membrane;
    private readonly RandomStream noise, events;
    private readonly List<double> spikes;
    private readonly double[] nextJumps;
    private readonly double memory, spread, refractory;
    private double voltage, colour, restart;

    /// <summary>A neuron that starts.</summary>
    /// <param name="neuron">Its parameters.</param>
    /// <param name="drive">Its drive.</param>
    /// <param name="membrane">How its voltage moves.</param>
    /// <param name="clock">The steps.</param>
    /// <param name="voltage">Where it starts.</param>
    /// <param name="streams">Its streams: of the noise, and of everything else.</param>
    /// <param name="spikes">Receives its spikes.</param>
    public NeuronPath(
        IntegrateAndFireNeuron neuron, EnsembleDrive drive, Membrane membrane, EnsembleClock clock, double voltage, (RandomStream Noise, RandomStream Events) streams, List<double> spikes)
    {
        (this.neuron, this.drive, this.membrane, this.clock, this.voltage, this.spikes) = (neuron, drive, membrane, clock, voltage, spikes);
        (noise, events) = streams;
        refractory = neuron.RefractoryPeriod / clock.TimeStep;
        nextJumps = [.. drive.Jumps.Select(jump => events.NextExponential() / (jump.Rate * clock.TimeStep))];
        if (drive.Coloured is not { } coloured) return;

        // x starts from its stationary law.
        double deviation = coloured.Sigma * Math.Sqrt(0.5 * neuron.TimeConstant / coloured.CorrelationTime);
        memory = Math.Exp(-clock.TimeStep / coloured.CorrelationTime);
        spread = deviation * Math.Sqrt(-ScalarFunctions.Exponentials.MinusOne(-2 * clock.TimeStep / coloured.CorrelationTime));
        colour = deviation * noise.NextGaussian();
    }

    /// <summary>Goes on for a stretch of steps.</summary>
    public void Advance(long first, int steps)
    {
        for (long step = first; step < first + steps; step++)
        {
            WhiteNoiseInput input = drive.At(clock.MiddleOf(step));
            if (drive.Coloured is not null)
            {
                double before = colour;
                colour = (memory * colour) + (spread * noise.NextGaussian());
                input = input with { Mean = input.Mean + (0.5 * (before + colour)) };
            }

            Advance(step, input);
        }
    }

    private void Advance(long step, WhiteNoiseInput input)
    {
        double from = step, end = step + 1;
        while (from < end)
        {
            double to = end;
            int jumping = -1;
            for (int i = 0; i < nextJumps.Length; i++)
            {
                if (nextJumps[i] < to) (to, jumping) = (nextJumps[i], i);
            }

            // Nothing moves the voltage during the refractory period.
            double start = Math.Min(Math.Max(from, restart), to);
            if (start < to)
            {
                double moved = membrane.Advance(voltage, (to - start) * clock.TimeStep, input, input.Sigma > 0 ? noise.NextGaussian() : 0, events, out double crossing);
                if (!double.IsNaN(crossing))
                {
                    from = Math.Min(to, start + (crossing / clock.TimeStep));
                    Fire(from);
                    continue;
                }

                voltage = moved;
            }

            from = to;
            if (jumping >= 0) Jump(jumping, to);
        }
    }

    private void Jump(int index, double position)
    {
        JumpInput jump = drive.Jumps[index];
        nextJumps[index] += events.NextExponential() / (jump.Rate * clock.TimeStep);
        double size = jump.Sizes == JumpSizes.Exponential ? jump.Size * events.NextExponential() : jump.Size;
        if (position < restart) return;
        voltage += size;
        if (voltage >= neuron.Threshold) Fire(position);
    }

    private void Fire(double position)
    {
        clock.Record(position, spikes);
        voltage = neuron.Reset;
        restart = position + refractory;
    }
}
