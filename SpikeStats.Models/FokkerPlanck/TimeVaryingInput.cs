using System.Globalization;
using SpikeStats.Models.Theory;

namespace SpikeStats.Models.FokkerPlanck;

/// <summary>White Gaussian input whose mean and size change with time: τ dV/dt = F(V) + μ(t) + σ(t) √τ ξ(t).</summary>
public sealed class TimeVaryingInput
{
    private readonly Func<double, double> mean, sigma;

    private TimeVaryingInput(Func<double, double> mean, Func<double, double> sigma)
    {
        this.mean = mean;
        this.sigma = sigma;
    }

    /// <summary>Jumps in addition to the white noise.</summary>
    /// <value>None by default.</value>
    public IReadOnlyList<JumpInput> Jumps { get; private init; } = [];

    /// <summary>Input that does not change.</summary>
    /// <param name="input">Mean and noise.</param>
    /// <returns>The input.</returns>
    public static TimeVaryingInput Constant(WhiteNoiseInput input) => new(_ => input.Mean, _ => input.Sigma);

    /// <summary>Input given by functions of time.</summary>
    /// <param name="mean">μ, in volts, of the time in seconds.</param>
    /// <param name="sigma">σ, in volts, of the time in seconds; not negative.</param>
    /// <returns>The input.</returns>
    public static TimeVaryingInput Of(Func<double, double> mean, Func<double, double> sigma)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(sigma);
        return new TimeVaryingInput(mean, sigma);
    }

    /// <summary>Input given by signals, each held from one sample to the next.</summary>
    /// <param name="mean">μ, in volts.</param>
    /// <param name="sigma">σ, in volts; not negative.</param>
    /// <returns>The input; outside a signal it is not defined.</returns>
    /// <exception cref="ArgumentException">A signal has no sample.</exception>
    public static TimeVaryingInput Sampled(SampledSignal mean, SampledSignal sigma) => new(Held(mean), Held(sigma));

    /// <summary>Input with a mean given by a signal, held from one sample to the next, and constant noise.</summary>
    /// <param name="mean">μ, in volts.</param>
    /// <param name="sigma">σ, in volts; not negative.</param>
    /// <returns>The input; outside the signal it is not defined.</returns>
    /// <exception cref="ArgumentException">The signal has no sample.</exception>
    public static TimeVaryingInput Sampled(SampledSignal mean, double sigma) => new(Held(mean), _ => sigma);

    /// <summary>The input with jumps in addition.</summary>
    /// <param name="jumps">Kinds of jumps; they replace earlier ones.</param>
    /// <returns>A new input.</returns>
    public TimeVaryingInput WithJumps(params IReadOnlyList<JumpInput> jumps)
    {
        ArgumentNullException.ThrowIfNull(jumps);
        return new TimeVaryingInput(mean, sigma) { Jumps = [.. jumps] };
    }

    /// <summary>Mean and noise at a time.</summary>
    /// <param name="time">Seconds.</param>
    /// <returns>The input.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The input is not defined then, or not finite, or its σ is negative.</exception>
    public WhiteNoiseInput At(double time) => new(mean(time), sigma(time));

    private static Func<double, double> Held(SampledSignal signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        if (signal.Count == 0) throw new ArgumentException($"The signal {signal.Name} has no sample.", nameof(signal));
        return time => signal.Values[SampleAt(signal, time)];
    }

    // The last sample at or before the time.
    private static int SampleAt(SampledSignal signal, double time)
    {
        // NaN does not lie in it either.
        if (!(time >= signal.Span.Start && time <= signal.Span.End))
        {
            throw new ArgumentOutOfRangeException(
                nameof(time), string.Create(CultureInfo.InvariantCulture, $"The signal {signal.Name} covers {signal.Span}, but its value at {time} s is asked for. Supply the missing samples."));
        }

        int low = 0, high = signal.Count;
        while (high - low > 1)
        {
            int middle = (low + high) >>> 1;
            if (signal.TimeAt(middle) <= time) low = middle;
            else high = middle;
        }

        return low;
    }
}
