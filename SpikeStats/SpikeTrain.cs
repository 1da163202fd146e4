using System.Globalization;
using SpikeStats.Plotting;

namespace SpikeStats;

/// <summary>The ascending spike times of one unit together with the intervals in which it was observed.</summary>
/// <remarks>
/// The observed intervals are part of the datum: a rate, an interspike interval or a likelihood computed without them is
/// wrong at every gap and at both ends. A train is an immutable view; a train taken from a <see cref="Recording"/> shares its memory.
/// </remarks>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed class SpikeTrain
{
    private readonly ReadOnlyMemory<double> times;

    private SpikeTrain(string unit, ReadOnlyMemory<double> times, TimeIntervals observed)
    {
        Unit = unit;
        this.times = times;
        Observed = observed;
    }

    /// <summary>The identifier of the unit; empty if it has none.</summary>
    public string Unit { get; }

    /// <summary>The intervals in which a spike would have been seen.</summary>
    public TimeIntervals Observed { get; }

    /// <summary>The number of spikes.</summary>
    public int Count => times.Length;

    /// <summary>The spike times, in seconds, ascending; length <see cref="Count"/>.</summary>
    public ReadOnlySpan<double> Times => times.Span;

    /// <summary>The same, where they are stored.</summary>
    internal ReadOnlyMemory<double> Memory => times;

    /// <summary>Takes spike times that are already ascending.</summary>
    /// <param name="times">Spike times, in seconds, ascending, all inside <paramref name="observed"/>. The memory is not copied and must not change.</param>
    /// <param name="observed">The intervals in which the unit was observed.</param>
    /// <param name="unit">Identifier of the unit.</param>
    /// <returns>The train. Cost O(n) for the check.</returns>
    /// <exception cref="InvalidRecordingException">A time is not finite, smaller than the one before, or outside the observed intervals.</exception>
    public static SpikeTrain FromSorted(ReadOnlyMemory<double> times, TimeIntervals observed, string unit = "")
    {
        ArgumentNullException.ThrowIfNull(observed);
        ArgumentNullException.ThrowIfNull(unit);
        Validate(times.Span, observed, unit);
        return new SpikeTrain(unit, times, observed);
    }

    internal static SpikeTrain FromTrusted(ReadOnlyMemory<double> times, TimeIntervals observed, string unit) => new(unit, times, observed);

    /// <summary>The spikes in one observed interval.</summary>
    /// <param name="index">Position of the interval in <see cref="Observed"/>.</param>
    /// <returns>Ascending times in seconds; empty if there are none. Cost O(log n).</returns>
    public ReadOnlySpan<double> TimesIn(int index) => TimesIn(Observed[index]);

    /// <summary>The spikes in an interval of time.</summary>
    /// <param name="interval">The interval.</param>
    /// <returns>Ascending times in seconds; empty if there are none. Cost O(log n).</returns>
    public ReadOnlySpan<double> TimesIn(TimeInterval interval)
    {
        (int start, int end) = RangeIn(Times, interval);
        return Times[start..end];
    }

    /// <summary>The train seen only in some intervals.</summary>
    /// <param name="intervals">The intervals to keep.</param>
    /// <returns>The train on the intersection of its observed intervals with <paramref name="intervals"/>. Shares memory if that is a single interval.</returns>
    public SpikeTrain Restrict(TimeIntervals intervals)
    {
        TimeIntervals kept = Observed.Intersect(intervals);
        if (kept.Count == 1)
        {
            (int start, int end) = RangeIn(Times, kept[0]);
            return new SpikeTrain(Unit, times[start..end], kept);
        }

        List<double> copy = new(Count);
        foreach (TimeInterval interval in kept) copy.AddRange(TimesIn(interval));
        return new SpikeTrain(Unit, copy.ToArray(), kept);
    }

    /// <summary>The train moved in time.</summary>
    /// <param name="offset">Seconds to add to every spike and every observed interval.</param>
    /// <returns>A new train. A spike that rounding would put on the end of its interval is kept just inside.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The offset is not finite, or so large that an interval would lose its length to rounding.</exception>
    public SpikeTrain Shift(double offset)
    {
        double[] moved = new double[Count];
        TimeIntervals observed = Observed.Shift(offset);
        Move(Times, offset, Observed, observed, moved);
        return new SpikeTrain(Unit, moved, observed);
    }

    /// <summary>The train at a glance, for a notebook: its numbers and a raster.</summary>
    /// <returns>HTML elements; of many spikes only the first stretch is drawn.</returns>
    public string ToHtml() => RecordingOverview.Html(this);

    /// <summary>One line of text: unit, number of spikes, observed time and rate.</summary>
    /// <returns>The summary, in the invariant culture.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"SpikeTrain {Unit}: {Count} spikes in {Observed.Duration:G6} s ({(Observed.Duration > 0 ? Count / Observed.Duration : double.NaN):G4} Hz)");

    /// <summary>Positions of the spikes of an ascending sequence that lie in an interval.</summary>
    internal static (int Start, int End) RangeIn(ReadOnlySpan<double> ascending, TimeInterval interval)
    {
        int start = LowerBound(ascending, interval.Start);
        return (start, start + LowerBound(ascending[start..], interval.End));
    }

    /// <summary>Moves ascending spike times, all inside <paramref name="observed"/>, and keeps each inside its own interval.</summary>
    internal static void Move(ReadOnlySpan<double> times, double offset, TimeIntervals observed, TimeIntervals movedObserved, Span<double> moved)
    {
        for (int interval = 0; interval < observed.Count; interval++)
        {
            (int start, int end) = RangeIn(times, observed[interval]);

            // Rounding is monotone, so a sum cannot fall below the moved start; but it can reach the end, which is not part of the interval.
            double last = Math.BitDecrement(movedObserved[interval].End);
            for (int i = start; i < end; i++) moved[i] = Math.Min(times[i] + offset, last);
        }
    }

    internal static void Validate(ReadOnlySpan<double> times, TimeIntervals observed, string unit)
    {
        int interval = 0;
        for (int i = 0; i < times.Length; i++)
        {
            double time = times[i];
            if (!double.IsFinite(time))
                throw InvalidRecordingException.For(unit, i, "the spike time is not a finite number", "remove it, or load with the policy Drop");
            if (i > 0 && time < times[i - 1])
                throw InvalidRecordingException.For(unit, i, $"{Text(time)} s lies before the spike that precedes it ({Text(times[i - 1])} s)", "sort the times, or load with the policy Sort");
            while (interval < observed.Count && time >= observed[interval].End) interval++;
            if (interval == observed.Count || time < observed[interval].Start)
                throw InvalidRecordingException.For(unit, i, $"{Text(time)} s lies outside the observed intervals {observed}", "widen the observed intervals, or load with the policy Drop");
        }
    }

    private static string Text(double seconds) => seconds.ToString("R", CultureInfo.InvariantCulture);

    private static int LowerBound(ReadOnlySpan<double> ascending, double value)
    {
        int low = 0, high = ascending.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (ascending[middle] < value) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
