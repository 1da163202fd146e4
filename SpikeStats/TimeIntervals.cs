using System.Collections;

namespace SpikeStats;

/// <summary>An immutable, ascending sequence of disjoint, non-empty time intervals: the times at which something was observed.</summary>
/// <remarks>
/// Intervals that merely touch stay separate: the boundary between two trials cut from one tape is as much a gap for
/// history effects as a pause of an hour. Use <see cref="Union"/> to fuse them. Looking up an instant costs O(log n).
/// </remarks>
public sealed class TimeIntervals : IReadOnlyList<TimeInterval>, IEquatable<TimeIntervals>
{
    private readonly TimeInterval[] intervals;

    private TimeIntervals(TimeInterval[] sorted)
    {
        intervals = sorted;
        double duration = 0;
        foreach (TimeInterval interval in sorted) duration += interval.Duration;
        Duration = duration;
    }

    /// <summary>No time at all.</summary>
    public static TimeIntervals Empty { get; } = new([]);

    /// <summary>The number of intervals.</summary>
    public int Count => intervals.Length;

    /// <summary>The summed length of the intervals, in seconds.</summary>
    public double Duration { get; }

    /// <summary>From the start of the first interval to the end of the last; [0, 0) if there is none.</summary>
    public TimeInterval Span => Count == 0 ? default : new TimeInterval(intervals[0].Start, intervals[^1].End);

    /// <summary>The interval at a position.</summary>
    /// <param name="index">Position, from 0.</param>
    public TimeInterval this[int index] => intervals[index];

    /// <summary>A single interval.</summary>
    /// <param name="start">First instant, in seconds.</param>
    /// <param name="end">First instant after the interval, in seconds.</param>
    /// <returns>The sequence of this one interval, or the empty sequence if it has no length.</returns>
    public static TimeIntervals Of(double start, double end) => FromSorted(new TimeInterval(start, end));

    /// <summary>Takes intervals that are already ascending and disjoint.</summary>
    /// <param name="ascending">The intervals; empty ones are left out.</param>
    /// <returns>The sequence.</returns>
    /// <exception cref="ArgumentException">Two intervals overlap or stand in the wrong order.</exception>
    public static TimeIntervals FromSorted(params ReadOnlySpan<TimeInterval> ascending)
    {
        List<TimeInterval> kept = new(ascending.Length);
        foreach (TimeInterval interval in ascending)
        {
            if (interval.IsEmpty) continue;
            if (kept.Count > 0 && interval.Start < kept[^1].End)
                throw new ArgumentException($"Intervals {kept[^1]} and {interval} overlap or are out of order; use {nameof(Union)} to sort and fuse them.", nameof(ascending));
            kept.Add(interval);
        }

        return kept.Count == 0 ? Empty : new TimeIntervals([.. kept]);
    }

    /// <summary>Sorts intervals and fuses those that overlap or touch.</summary>
    /// <param name="intervals">Intervals in any order.</param>
    /// <returns>The smallest sequence that covers the same instants.</returns>
    public static TimeIntervals Union(params ReadOnlySpan<TimeInterval> intervals)
    {
        TimeInterval[] sorted = intervals.ToArray();
        Array.Sort(sorted, static (a, b) => a.Start.CompareTo(b.Start));
        List<TimeInterval> fused = new(sorted.Length);
        foreach (TimeInterval interval in sorted)
        {
            if (interval.IsEmpty) continue;
            if (fused.Count > 0 && interval.Start <= fused[^1].End)
                fused[^1] = new TimeInterval(fused[^1].Start, Math.Max(fused[^1].End, interval.End));
            else
                fused.Add(interval);
        }

        return fused.Count == 0 ? Empty : new TimeIntervals([.. fused]);
    }

    /// <summary>Finds the interval that holds an instant.</summary>
    /// <param name="time">The instant, in seconds.</param>
    /// <returns>The position of the interval, or -1 if the instant lies in none; -1 for NaN.</returns>
    public int IndexOf(double time)
    {
        int low = 0, high = intervals.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (time < intervals[middle].Start) high = middle - 1;
            else if (time < intervals[middle].End) return middle;
            else low = middle + 1;
        }

        return -1;
    }

    /// <summary>Tells whether an instant was observed.</summary>
    /// <param name="time">The instant, in seconds.</param>
    /// <returns>True if some interval holds it.</returns>
    public bool Contains(double time) => IndexOf(time) >= 0;

    /// <summary>The instants that two sequences share; boundaries of both are kept.</summary>
    /// <param name="other">The other sequence.</param>
    /// <returns>The pairwise intersections, ascending. Cost O(n + m).</returns>
    public TimeIntervals Intersect(TimeIntervals other)
    {
        ArgumentNullException.ThrowIfNull(other);
        List<TimeInterval> common = [];
        int i = 0, j = 0;
        while (i < Count && j < other.Count)
        {
            TimeInterval shared = this[i].Intersect(other[j]);
            if (!shared.IsEmpty) common.Add(shared);
            if (this[i].End <= other[j].End) i++;
            else j++;
        }

        return common.Count == 0 ? Empty : new TimeIntervals([.. common]);
    }

    /// <summary>All intervals moved in time.</summary>
    /// <param name="offset">Seconds to add.</param>
    /// <returns>The moved sequence.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The offset is not finite, or so large that an interval would lose its length to rounding.</exception>
    public TimeIntervals Shift(double offset)
    {
        if (offset == 0 || Count == 0) return this;
        TimeInterval[] moved = Array.ConvertAll(intervals, interval => interval.Shift(offset));
        int lost = Array.FindIndex(moved, interval => interval.IsEmpty);
        if (lost < 0) return new TimeIntervals(moved);
        throw new ArgumentOutOfRangeException(nameof(offset), offset, $"So far from zero a double cannot tell the ends of {intervals[lost]} apart.");
    }

    /// <summary>The intervals as a span, without a copy.</summary>
    /// <returns>The ascending intervals.</returns>
    public ReadOnlySpan<TimeInterval> AsSpan() => intervals;

    /// <inheritdoc/>
    public IEnumerator<TimeInterval> GetEnumerator() => ((IEnumerable<TimeInterval>)intervals).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether two sequences hold the same intervals.</summary>
    /// <param name="other">The other sequence.</param>
    /// <returns>True if all bounds are equal.</returns>
    public bool Equals(TimeIntervals? other) =>
        ReferenceEquals(this, other) || (other is not null && intervals.AsSpan().SequenceEqual(other.intervals));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TimeIntervals);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Count, Span);

    /// <summary>Whether two sequences hold the same intervals.</summary>
    /// <param name="left">One sequence.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(TimeIntervals? left, TimeIntervals? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether two sequences differ.</summary>
    /// <param name="left">One sequence.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(TimeIntervals? left, TimeIntervals? right) => !(left == right);

    /// <summary>The intervals as text; long sequences are shortened to their number and span.</summary>
    /// <returns>The bounds in seconds, in the invariant culture.</returns>
    public override string ToString() => Count <= 4 ? string.Join(" ∪ ", intervals) : $"{Count} intervals within {Span}";
}
