using SpikeStats.Models.Drives;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Neurons;

/// <summary>The schemes of <see cref="CurrentClamp"/> with fixed steps.</summary>
/// <remarks>A spike is interpolated linearly within its step; the state is reset at the end of the step, so that an interval is late by half a step on average.</remarks>
internal sealed class FixedStep(SmoothNeuron neuron, Waveform drive, CurrentClampOptions options, ulong seed)
{
    // The ends of the stretch of the negative real axis on which a method of first or second order, and the classical one of fourth, are stable.
    private const double LowOrderLimit = 2, FourthOrderLimit = 2.785;

    // Beyond it the shape of the spike of the squid axon is lost.
    private const double LongestHodgkinHuxleyStep = 5e-5;

    private readonly int dimension = neuron.Scales.Length;
    private readonly double[] k1 = new double[neuron.Scales.Length], k2 = new double[neuron.Scales.Length], k3 = new double[neuron.Scales.Length], k4 = new double[neuron.Scales.Length];
    private readonly double[] stage = new double[neuron.Scales.Length];
    private readonly RandomStream random = new(seed);
    private readonly double step = options.Step, noise = options.NoiseSigma * Math.Sqrt(options.Step / neuron.NoiseTimeConstant);

    /// <summary>Throws if the step is unstable; else what should be known of it, or null.</summary>
    public static string? Judge(SmoothNeuron neuron, CurrentClampOptions options)
    {
        if (options.Scheme is MembraneScheme.Exact or MembraneScheme.Paper2003) return null;
        double fastest = 1 / neuron.FastestRate, limit = options.Scheme == MembraneScheme.RungeKutta4 ? FourthOrderLimit : LowOrderLimit;
        if (options.Scheme != MembraneScheme.ExponentialEuler && options.Step >= limit * fastest)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"A step of {options.Step * 1e3:G4} ms is unstable: {options.Scheme} needs less than {limit * fastest * 1e3:G4} ms here, {limit} times the shortest time constant. Take a shorter step, or the scheme {MembraneScheme.Exact}."));
        }

        if (neuron is HodgkinHuxley && options.Step > LongestHodgkinHuxleyStep)
            return FormattableString.Invariant($"a step of {options.Step * 1e3:G4} ms is too long for the spike of the squid axon; spike times are wrong by much more than a step. Take 0.01 ms, 0.05 ms at most");
        return options.Step > fastest
            ? FormattableString.Invariant($"a step of {options.Step * 1e3:G4} ms is longer than the shortest time constant, {fastest * 1e3:G4} ms; the solution is stable but far from exact")
            : null;
    }

    /// <summary>Follows the neuron to the end.</summary>
    /// <exception cref="InvalidOperationException">The solution ran away: the step is unstable after all.</exception>
    public void Run(double[] state, ClampRecord record)
    {
        long count = (long)Math.Ceiling((record.Duration / step) - 1e-9);
        double level = neuron.SpikeLevel;
        for (long n = 0; n < count; n++)
        {
            double time = n * step, before = state[0];
            record.Tick(time);
            Advance(state, time);
            double after = state[0];
            if (double.IsNaN(after) || (double.IsInfinity(after) && !neuron.IsReset))
                throw new InvalidOperationException(FormattableString.Invariant($"The solution ran away at {time} s with a step of {step * 1e3:G4} ms. Take a shorter step, or the scheme {MembraneScheme.Exact}."));
            bool hasSpike = before < level && after >= level;
            double shown = hasSpike && neuron.IsReset ? level : after;
            while (record.NextSample < time + step) record.AddSample(before + ((shown - before) * (record.NextSample - time) / step));
            if (!hasSpike) continue;
            record.AddSpike(time + (step * ((level - before) / (after - before))));
            if (neuron.IsReset) neuron.Reset(state);
        }

        record.Finish(state[0]);
    }

    private void Advance(double[] state, double time)
    {
        switch (options.Scheme)
        {
            case MembraneScheme.ExponentialEuler:
                ((HodgkinHuxley)neuron).ExponentialEulerStep(state, drive.At(time), step);
                break;
            case MembraneScheme.RungeKutta4:
                RungeKutta(state, time);
                break;
            case MembraneScheme.Heun:
                Heun(state, time);
                break;
            default:
                neuron.Slope(state, drive.At(time), k1);
                for (int i = 0; i < dimension; i++) state[i] += step * k1[i];
                state[0] += Draw();
                break;
        }
    }

    private void RungeKutta(double[] state, double time)
    {
        double middle = drive.At(time + (0.5 * step));
        neuron.Slope(state, drive.At(time), k1);
        Stage(state, k1, 0.5 * step);
        neuron.Slope(stage, middle, k2);
        Stage(state, k2, 0.5 * step);
        neuron.Slope(stage, middle, k3);
        Stage(state, k3, step);
        neuron.Slope(stage, drive.At(time + step), k4);
        for (int i = 0; i < dimension; i++) state[i] += step / 6 * (k1[i] + (2 * (k2[i] + k3[i])) + k4[i]);
    }

    private void Heun(double[] state, double time)
    {
        double jump = Draw();
        neuron.Slope(state, drive.At(time), k1);
        Stage(state, k1, step);
        stage[0] += jump;

        // Beyond the level the equation has no meaning: the exponential rise would throw the other variables far off.
        if (neuron.IsReset) stage[0] = Math.Min(stage[0], neuron.SpikeLevel);
        neuron.Slope(stage, drive.At(time + step), k2);
        for (int i = 0; i < dimension; i++) state[i] += 0.5 * step * (k1[i] + k2[i]);
        state[0] += jump;
    }

    private void Stage(double[] state, double[] slope, double length)
    {
        for (int i = 0; i < dimension; i++) stage[i] = state[i] + (length * slope[i]);
    }

    private double Draw() => noise == 0 ? 0 : noise * random.NextGaussian();
}
