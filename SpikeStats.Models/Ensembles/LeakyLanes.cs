using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.ScalarFunctions;
using SpikeStats.Models.Theory;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Ensembles;

/// <summary>Eight leaky neurons side by side in the lanes of a vector.</summary>
/// <remarks>
/// The state is the distance from the threshold. A refractory neuron, and a lane without one, is infinitely far, which needs no mask: it stays there, and is never near enough to be
/// looked at. Crossings and ends of refractory periods are rare and are dealt with one by one.
/// </remarks>
internal sealed class LeakyLanes
{
    /// <summary>Steps per call: so few that their random numbers stay in the first cache.</summary>
    public const int Stretch = 128;

    // A step that no simulation reaches, and that can be added to.
    private const long Never = long.MaxValue / 2;

    private readonly LeakyIntegrateAndFire neuron;
    private readonly LeakyMembrane membrane;
    private readonly EnsembleClock clock;
    private readonly SteppingScheme scheme;
    private readonly RandomLanes noise;
    private readonly RandomStream[] events;
    private readonly List<double>[] spikes;
    private readonly double[] restarts = new double[RandomLanes.Count];
    private readonly double refractory, step;
    private readonly BridgeClock bridge;
    private Vector512<double> distance;
    private long release = Never;

    /// <summary>Neurons that start.</summary>
    /// <param name="neuron">Their parameters.</param>
    /// <param name="scheme">How they are simulated.</param>
    /// <param name="clock">The steps.</param>
    /// <param name="voltage">Where they start.</param>
    /// <param name="seed">The seed of the whole simulation.</param>
    /// <param name="first">The number of the first neuron.</param>
    /// <param name="spikes">Receives the spikes of each; at most eight.</param>
    public LeakyLanes(LeakyIntegrateAndFire neuron, SteppingScheme scheme, EnsembleClock clock, double voltage, ulong seed, int first, List<double>[] spikes)
    {
        (this.neuron, this.scheme, this.clock, this.spikes) = (neuron, scheme, clock, spikes);
        membrane = new LeakyMembrane(neuron, scheme);
        noise = new RandomLanes(seed, (uint)first, IntegrateAndFireEnsemble.NoiseTrial);
        events = [.. Enumerable.Range(first, spikes.Length).Select(unit => new RandomStream(seed, (uint)unit, IntegrateAndFireEnsemble.EventTrial))];
        refractory = neuron.RefractoryPeriod / clock.TimeStep;
        step = clock.TimeStep / neuron.TimeConstant;
        bridge = new BridgeClock(step, Exponentials.OneMinusExp(step));
        Span<double> lanes = stackalloc double[RandomLanes.Count];
        for (int lane = 0; lane < lanes.Length; lane++) lanes[lane] = lane < spikes.Length ? neuron.Threshold - voltage : double.PositiveInfinity;
        Array.Fill(restarts, double.PositiveInfinity);
        distance = Vector512.Create<double>(lanes);
    }

    /// <summary>Goes on for a stretch of steps.</summary>
    /// <param name="first">The first step; even.</param>
    /// <param name="steps">How many; at most <see cref="Stretch"/>.</param>
    /// <param name="coefficients">What they do.</param>
    /// <param name="gaussians">Room for random numbers: a vector per step.</param>
    /// <param name="uniforms">Room for random numbers: a vector per two steps.</param>
    public void Advance(long first, int steps, StepCoefficients coefficients, Vector512<double>[] gaussians, Vector512<ulong>[] uniforms)
    {
        int blocks = (steps + 1) / 2;
        noise.Fill((ulong)(first / 2), gaussians.AsSpan(0, 2 * blocks), uniforms.AsSpan(0, blocks));
        for (int i = 0; i < steps; i++)
        {
            // Until a crossing, or through the step in which a refractory period ends.
            int last = (int)Math.Min(steps, release - first + 1);
            ulong crossing = Run(ref distance, out Vector512<double> after, ref i, last, coefficients, gaussians, uniforms);
            if (crossing != 0) after = Cross(crossing, distance, after, first, i, coefficients);
            if (first + i == release) after = Release(after, first, i, coefficients, gaussians[i]);
            distance = after;
        }
    }

    // Steps from one index on until one in which something crosses, at most to an end. Afterwards the index is that of the last step, and the distance that before it. There are no
    // calls, so that everything stays in registers.
    private static ulong Run(
        ref Vector512<double> distance, out Vector512<double> after, ref int index, int end, StepCoefficients coefficients, Vector512<double>[] gaussians, Vector512<ulong>[] uniforms)
    {
        Vector512<double> decay = Vector512.Create(coefficients.Decay), before = distance;
        ReadOnlySpan<double> pulls = coefficients.Pulls.AsSpan(0, end), noises = coefficients.Noises.AsSpan(0, end);
        ReadOnlySpan<double> bounds = coefficients.Bounds.AsSpan(0, end), exponents = coefficients.Exponents.AsSpan(0, end);
        ReadOnlySpan<Vector512<double>> normals = gaussians.AsSpan(0, end);
        for (int i = index; ; i++)
        {
            Vector512<double> next = Vector512.FusedMultiplyAdd(decay, before, Vector512.FusedMultiplyAdd(Vector512.Create(noises[i]), normals[i], Vector512.Create(pulls[i])));
            Vector512<double> product = before * next;
            ulong crossing = 0;
            if (Vector512.LessThanAny(product, Vector512.Create(bounds[i])))
            {
                Vector512<double> exponential = -BoxMuller.Log(RandomLanes.Uniform(uniforms[i >> 1], i & 1));
                crossing = Vector512.LessThan(product * Vector512.Create(exponents[i]), exponential).ExtractMostSignificantBits();
            }

            if (crossing != 0 || i == end - 1)
            {
                index = i;
                distance = before;
                after = next;
                return crossing;
            }

            before = next;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Vector512<double> Cross(ulong crossing, Vector512<double> before, Vector512<double> after, long first, int index, StepCoefficients coefficients)
    {
        Span<double> starts = stackalloc double[RandomLanes.Count], ends = stackalloc double[RandomLanes.Count];
        before.CopyTo(starts);
        after.CopyTo(ends);
        for (; crossing != 0; crossing &= crossing - 1)
        {
            int lane = BitOperations.TrailingZeroCount(crossing);
            double instant = scheme == SteppingScheme.Bridge
                ? bridge.Instant(starts[lane], ends[lane], coefficients.Inputs[index], neuron.Threshold, events[lane]) / step
                : 1;
            ends[lane] = Fire(lane, Math.Min(first + index + instant, first + index + 1), first + index, coefficients.Inputs[index]);
        }

        return Vector512.Create<double>(ends);
    }

    // The refractory period of some lanes ends in this step.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Vector512<double> Release(Vector512<double> after, long first, int index, StepCoefficients coefficients, Vector512<double> gaussians)
    {
        Span<double> ends = stackalloc double[RandomLanes.Count], normals = stackalloc double[RandomLanes.Count];
        after.CopyTo(ends);
        gaussians.CopyTo(normals);
        long current = first + index;
        release = Never;
        for (int lane = 0; lane < restarts.Length; lane++)
        {
            double restart = restarts[lane];
            if (restart < current + 1) ends[lane] = Restart(lane, restart, current, coefficients.Inputs[index], normals[lane]);
            else if (restart < Never) release = Math.Min(release, (long)restart);
        }

        return Vector512.Create<double>(ends);
    }

    // Writes a spike down and returns the distance at the end of the step: infinite, unless the refractory period ends in the same step.
    private double Fire(int lane, double position, long current, WhiteNoiseInput input)
    {
        clock.Record(position, spikes[lane]);
        double restart = position + refractory;
        if (restart < current + 1) return Restart(lane, restart, current, input, events[lane].NextGaussian());
        restarts[lane] = restart;
        release = Math.Min(release, (long)restart);
        return double.PositiveInfinity;
    }

    private double Restart(int lane, double restart, long current, WhiteNoiseInput input, double gaussian)
    {
        restarts[lane] = double.PositiveInfinity;
        double end = membrane.Advance(neuron.Reset, (current + 1 - restart) * clock.TimeStep, input, gaussian, events[lane], out double crossing);
        return double.IsNaN(crossing) ? neuron.Threshold - end : Fire(lane, Math.Min(restart + (crossing / clock.TimeStep), current + 1), current, input);
    }
}
