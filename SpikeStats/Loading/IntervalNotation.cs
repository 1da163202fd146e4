using System.Globalization;
using SpikeStats.Units;

namespace SpikeStats.Loading;

/// <summary>The notation of time intervals on the command line: <c>0s..42s,50s..88s</c>.</summary>
/// <remarks>Each interval is half-open, [start, end). Bounds are written as <see cref="Duration"/> reads them.</remarks>
public static class IntervalNotation
{
    /// <summary>Reads intervals.</summary>
    /// <param name="text">Ascending, disjoint intervals, <c>start..end</c>, separated by commas.</param>
    /// <returns>The intervals; never empty.</returns>
    /// <exception cref="FormatException">The text is not of this form, an interval has no length, or intervals overlap.</exception>
    public static TimeIntervals Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<TimeInterval> intervals = [];
        foreach (string part in text.Split(','))
        {
            int dots = part.IndexOf("..", StringComparison.Ordinal);
            if (dots < 0 || !Duration.TryParse(part.AsSpan(0, dots), out double start) || !Duration.TryParse(part.AsSpan(dots + 2), out double end))
                throw new FormatException($"'{part}' is no time interval. Write start..end with units, for example 0s..42s,50s..88s.");
            if (end <= start) throw new FormatException($"The interval '{part}' ends before it starts, or has no length.");
            if (intervals.Count > 0 && start < intervals[^1].End)
                throw new FormatException($"The interval '{part}' begins before the one in front of it ends. Write the intervals in ascending order.");
            intervals.Add(new TimeInterval(start, end));
        }

        return TimeIntervals.FromSorted([.. intervals]);
    }

    /// <summary>Writes intervals so that <see cref="Parse"/> reads them back exactly.</summary>
    /// <param name="intervals">The intervals.</param>
    /// <returns>The bounds in seconds; empty text for no interval.</returns>
    public static string Format(TimeIntervals intervals)
    {
        ArgumentNullException.ThrowIfNull(intervals);
        return string.Join(',', intervals.Select(interval => string.Create(CultureInfo.InvariantCulture, $"{interval.Start:R}s..{interval.End:R}s")));
    }
}
