using System.Globalization;

namespace SpikeStats;

/// <summary>A half-open stretch of time [<see cref="Start"/>, <see cref="End"/>).</summary>
/// <remarks>
/// The start belongs to the interval and the end does not, so that neighbouring intervals share no instant.
/// <c>default</c> is the empty interval [0, 0).
/// </remarks>
public readonly record struct TimeInterval
{
    /// <summary>Creates the interval [<paramref name="start"/>, <paramref name="end"/>).</summary>
    /// <param name="start">First instant, in seconds; finite.</param>
    /// <param name="end">First instant after the interval, in seconds; finite and not before <paramref name="start"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bound is not finite, or the end lies before the start.</exception>
    public TimeInterval(double start, double end)
    {
        if (!double.IsFinite(start))
            throw new ArgumentOutOfRangeException(nameof(start), start, "The start of a time interval must be finite.");
        if (!double.IsFinite(end) || end < start)
        {
            throw new ArgumentOutOfRangeException(
                nameof(end), end, string.Create(CultureInfo.InvariantCulture, $"The end of a time interval must be finite and not before its start {start} s."));
        }

        Start = start;
        End = end;
    }

    /// <summary>The first instant of the interval, in seconds.</summary>
    public double Start { get; }

    /// <summary>The first instant after the interval, in seconds.</summary>
    public double End { get; }

    /// <summary>The length of the interval, in seconds.</summary>
    public double Duration => End - Start;

    /// <summary>Whether the interval holds no instant.</summary>
    public bool IsEmpty => End <= Start;

    /// <summary>Tells whether an instant lies in the interval.</summary>
    /// <param name="time">The instant, in seconds.</param>
    /// <returns>True if Start ≤ <paramref name="time"/> &lt; End; false for NaN.</returns>
    public bool Contains(double time) => time >= Start && time < End;

    /// <summary>The part that two intervals share.</summary>
    /// <param name="other">The other interval.</param>
    /// <returns>The common part; an empty interval if they share no instant.</returns>
    public TimeInterval Intersect(TimeInterval other)
    {
        double start = Math.Max(Start, other.Start);
        return new TimeInterval(start, Math.Max(start, Math.Min(End, other.End)));
    }

    /// <summary>The interval moved in time.</summary>
    /// <param name="offset">Seconds to add to both bounds.</param>
    /// <returns>[Start + offset, End + offset).</returns>
    public TimeInterval Shift(double offset) => new(Start + offset, End + offset);

    /// <summary>The interval as text, for example <c>[0 s, 10 s)</c>.</summary>
    /// <returns>The bounds in seconds, in the invariant culture.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[{Start} s, {End} s)");
}
