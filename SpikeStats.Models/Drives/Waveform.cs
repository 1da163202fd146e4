namespace SpikeStats.Models.Drives;

/// <summary>A drive as a function of time: a current, a current density or whatever the driven model takes.</summary>
/// <remarks>
/// It knows its <see cref="BreaksWithin"/>, the instants at which it is not smooth, so that an adaptive integrator stops there instead of stepping across, and no pulse is too short to be
/// noticed.
/// </remarks>
public sealed class Waveform
{
    private readonly Func<double, double> value;
    private readonly Func<double, double, IEnumerable<double>> breaks;

    private Waveform(Func<double, double> value, Func<double, double, IEnumerable<double>> breaks, bool isPiecewiseConstant)
    {
        this.value = value;
        this.breaks = breaks;
        IsPiecewiseConstant = isPiecewiseConstant;
    }

    /// <summary>No drive.</summary>
    public static Waveform Zero { get; } = Constant(0);

    /// <summary>Whether the drive only changes at its breaks, so that models which are linear between them can be solved exactly.</summary>
    public bool IsPiecewiseConstant { get; }

    /// <summary>A drive that does not change.</summary>
    /// <param name="level">Its value, in the unit of the driven model.</param>
    /// <returns>The drive.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The level is not finite.</exception>
    public static Waveform Constant(double level)
    {
        RequireFinite(level, nameof(level));
        return new Waveform(_ => level, (_, _) => [], isPiecewiseConstant: true);
    }

    /// <summary>A drive that jumps at an instant.</summary>
    /// <param name="before">Its value before, in the unit of the driven model.</param>
    /// <param name="after">Its value from then on, in the unit of the driven model.</param>
    /// <param name="time">The instant, in seconds.</param>
    /// <returns>The drive.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    public static Waveform Step(double before, double after, double time)
    {
        RequireFinite(before, nameof(before));
        RequireFinite(after, nameof(after));
        RequireFinite(time, nameof(time));
        return Pieces([double.NegativeInfinity, time], [before, after]);
    }

    /// <summary>A rectangular pulse on top of nothing.</summary>
    /// <param name="amplitude">Its height, in the unit of the driven model.</param>
    /// <param name="start">When it begins, in seconds.</param>
    /// <param name="duration">How long it lasts, in seconds; positive.</param>
    /// <returns>The drive.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or the duration is not positive.</exception>
    public static Waveform Pulse(double amplitude, double start, double duration)
    {
        RequireFinite(amplitude, nameof(amplitude));
        RequireFinite(start, nameof(start));
        if (!(duration > 0) || !double.IsFinite(duration)) throw new ArgumentOutOfRangeException(nameof(duration), duration, "The duration of the pulse must be positive and finite, in seconds.");
        return Pieces([double.NegativeInfinity, start, start + duration], [0, amplitude, 0]);
    }

    /// <summary>A straight line between two levels; constant before and after.</summary>
    /// <param name="from">The level until <paramref name="start"/>, in the unit of the driven model.</param>
    /// <param name="to">The level from the end on, in the unit of the driven model.</param>
    /// <param name="start">When it begins to change, in seconds.</param>
    /// <param name="duration">How long it takes, in seconds; positive.</param>
    /// <returns>The drive.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or the duration is not positive.</exception>
    public static Waveform Ramp(double from, double to, double start, double duration)
    {
        RequireFinite(from, nameof(from));
        RequireFinite(to, nameof(to));
        RequireFinite(start, nameof(start));
        if (!(duration > 0) || !double.IsFinite(duration)) throw new ArgumentOutOfRangeException(nameof(duration), duration, "The duration of the ramp must be positive and finite, in seconds.");
        return new Waveform(
            time => from + ((to - from) * Math.Clamp((time - start) / duration, 0, 1)),
            (low, high) => ((double[])[start, start + duration]).Where(instant => instant > low && instant < high),
            isPiecewiseConstant: from == to);
    }

    /// <summary>A sine around a mean: mean + amplitude sin(2πft + phase).</summary>
    /// <param name="mean">The mean, in the unit of the driven model.</param>
    /// <param name="amplitude">The amplitude, in the unit of the driven model.</param>
    /// <param name="frequency">f, in hertz; not negative.</param>
    /// <param name="phase">The phase at time 0, in radians.</param>
    /// <returns>The drive.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or the frequency is negative.</exception>
    public static Waveform Sine(double mean, double amplitude, double frequency, double phase = 0)
    {
        RequireFinite(mean, nameof(mean));
        RequireFinite(amplitude, nameof(amplitude));
        RequireFinite(phase, nameof(phase));
        if (!(frequency >= 0) || !double.IsFinite(frequency)) throw new ArgumentOutOfRangeException(nameof(frequency), frequency, "The frequency must be finite and not negative, in hertz.");
        return new Waveform(time => mean + (amplitude * Math.Sin((2 * Math.PI * frequency * time) + phase)), (_, _) => [], isPiecewiseConstant: amplitude == 0);
    }

    /// <summary>A signal that is held from one sample to the next; before the first sample it has the first value, after the last the last.</summary>
    /// <param name="signal">The samples, in the unit of the driven model.</param>
    /// <returns>The drive.</returns>
    /// <exception cref="ArgumentException">The signal has no sample, or one that is not finite.</exception>
    public static Waveform Sampled(SampledSignal signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        if (signal.Count == 0) throw new ArgumentException($"The signal {signal.Name} has no sample.", nameof(signal));
        double[] starts = [.. Enumerable.Range(0, signal.Count).Select(sample => sample == 0 ? double.NegativeInfinity : signal.TimeAt(sample))], levels = signal.Values.ToArray();
        if (Array.FindIndex(levels, level => !double.IsFinite(level)) is var bad and >= 0)
            throw new ArgumentException(FormattableString.Invariant($"Sample {bad} of the signal {signal.Name} is {levels[bad]}; a drive must be finite."), nameof(signal));
        return Pieces(starts, levels);
    }

    /// <summary>The sum of two drives.</summary>
    /// <param name="other">The other.</param>
    /// <returns>A new drive.</returns>
    public Waveform Plus(Waveform other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new Waveform(
            time => value(time) + other.value(time),
            (low, high) => breaks(low, high).Concat(other.breaks(low, high)).Distinct().Order(),
            IsPiecewiseConstant && other.IsPiecewiseConstant);
    }

    /// <summary>The drive at an instant; where it jumps, the value after the jump.</summary>
    /// <param name="time">Seconds.</param>
    /// <returns>In the unit of the driven model.</returns>
    public double At(double time) => value(time);

    /// <summary>The instants strictly between two times at which the drive jumps or bends, ascending.</summary>
    /// <param name="start">Seconds.</param>
    /// <param name="end">Seconds.</param>
    /// <returns>Seconds; empty for a smooth drive.</returns>
    public IEnumerable<double> BreaksWithin(double start, double end) => breaks(start, end);

    // Constant pieces; starts ascend, the first is minus infinity.
    private static Waveform Pieces(double[] starts, double[] levels) => new(
        time => levels[Piece(starts, time)],
        (low, high) => starts.Where(instant => instant > low && instant < high),
        isPiecewiseConstant: true);

    private static int Piece(double[] starts, double time)
    {
        int found = Array.BinarySearch(starts, time);
        return found >= 0 ? found : Math.Max(0, ~found - 1);
    }

    private static void RequireFinite(double value, string name)
    {
        if (!double.IsFinite(value)) throw new ArgumentOutOfRangeException(name, value, "A drive must be finite.");
    }
}
