using SpikeStats.Models.Drives;
using SpikeStats.Models.Integrators;

namespace SpikeStats.Models.Neurons;

/// <summary>The exact scheme of <see cref="CurrentClamp"/>: adaptive steps from one jump of the drive or of the state to the next.</summary>
internal static class ExactClamp
{
    public static void Run(SmoothNeuron neuron, Waveform drive, double tolerance, double[] state, ClampRecord record)
    {
        // A step ends where the drive jumps; its last stages still belong to the drive before the jump.
        double lastBefore = 0;
        AdaptiveIntegrator integrator = new((time, y, slope) => neuron.Slope(y, drive.At(Math.Min(time, lastBefore)), slope), neuron.Scales, tolerance);
        double start = 0;
        foreach (double end in (IEnumerable<double>)[.. drive.BreaksWithin(0, record.Duration), record.Duration])
        {
            lastBefore = Math.BitDecrement(end);
            integrator.Restart(start, state);
            while (integrator.Time < end)
            {
                record.Tick(integrator.Time);
                double crossing = Advance(integrator, neuron, end, record);
                if (double.IsNaN(crossing)) continue;
                record.AddSpike(crossing);
                if (!neuron.IsReset) continue;
                integrator.State.CopyTo(state);
                neuron.Reset(state);
                integrator.Restart(integrator.Time, state);
            }

            integrator.State.CopyTo(state);
            start = end;
        }

        record.Finish(state[0]);
    }

    private static double Advance(AdaptiveIntegrator integrator, SmoothNeuron neuron, double end, ClampRecord record)
    {
        try
        {
            return integrator.Advance(end, neuron.SpikeLevel, neuron.IsReset, Sample);
        }
        catch (StepUnderflowException) when (neuron.IsReset && integrator.Slope[0] > 0)
        {
            // The rise to the level takes less time than a double can tell from none: the spike is now.
            return integrator.Time;
        }

        void Sample(DormandPrince step)
        {
            double last = step.Time + step.Step;
            while (record.NextSample < last) record.AddSample(step.Within(0, (record.NextSample - step.Time) / step.Step));
        }
    }
}
