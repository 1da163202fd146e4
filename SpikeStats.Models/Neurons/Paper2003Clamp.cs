using SpikeStats.Models.Drives;

namespace SpikeStats.Models.Neurons;

/// <summary>The scheme printed in Izhikevich 2003, in its units and its order of operations, because its spikes depend on both.</summary>
internal static class Paper2003Clamp
{
    private const double StepsPerSecond = 1e3, Milli = 1e3;

    public static void Run(Izhikevich neuron, Waveform drive, double[] state, ClampRecord record)
    {
        double a = neuron.RecoveryRate / Milli, b = neuron.RecoveryCoupling / Milli, c = neuron.ResetVoltage * Milli, d = neuron.RecoveryStep, peak = neuron.Peak * Milli;
        double v = state[0] * Milli, u = b * v;
        for (long step = 0; step / StepsPerSecond < record.Duration; step++)
        {
            double time = step / StepsPerSecond, current = drive.At(time);
            record.Tick(time);
            while (record.NextSample < (step + 1) / StepsPerSecond) record.AddSample(Math.Min(v, peak) / Milli);
            if (v >= peak)
            {
                record.AddSpike(time);
                v = c;
                u += d;
            }

            // The voltage twice, for the sake of stability, as the paper says.
            v += 0.5 * ((0.04 * v * v) + (5 * v) + 140 - u + current);
            v += 0.5 * ((0.04 * v * v) + (5 * v) + 140 - u + current);
            u += a * ((b * v) - u);
        }

        record.Finish(Math.Min(v, peak) / Milli);
    }
}
