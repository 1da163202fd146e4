using System.Globalization;

namespace SpikeStats.Loading;

/// <summary>Judges whether times that were taken as seconds look like another unit. It only warns: nothing is converted on suspicion.</summary>
/// <remarks>
/// Neurons limit what seconds can look like. Spike times are no whole seconds; two spikes of a unit are somewhere closer than half a
/// second, unless there are few; and no unit sustains 500 spikes per second. Milliseconds taken as seconds break the second rule,
/// because refractory periods of 1 to 3 ms become seconds; sample numbers break the first. Sparse recordings may break the second rule
/// although they are right; hence a warning.
/// </remarks>
internal static class TimeScaleCheck
{
    private const string StateIt = "State it with --time-unit s, ms, us or samples:RATE.";
    private const int EnoughIntervals = 20;
    private const double LongShortestInterval = 0.5;
    private const double LowRate = 0.2;
    private const double HighRate = 500;

    /// <summary>Looks at spike times.</summary>
    /// <param name="times">Times in seconds, group after group, ascending within each.</param>
    /// <param name="offsets">Where each group (a unit in a trial) begins, and the total at the end.</param>
    /// <param name="units">The unit of each group; the groups of a unit stand together.</param>
    /// <param name="isStated">Whether the file or the options state the unit of time.</param>
    /// <returns>A warning; null if nothing is odd.</returns>
    public static LoadNote? Judge(ReadOnlySpan<double> times, ReadOnlySpan<int> offsets, ReadOnlySpan<int> units, bool isStated)
    {
        double shortest = double.PositiveInfinity, covered = 0;
        int intervals = 0;
        List<double> rates = [];
        for (int group = 0; group < units.Length; group++)
        {
            ReadOnlySpan<double> own = times[offsets[group]..offsets[group + 1]];
            for (int i = 1; i < own.Length; i++) shortest = Math.Min(shortest, own[i] - own[i - 1]);
            if (own.Length > 1)
            {
                intervals += own.Length - 1;
                covered += own[^1] - own[0];
            }

            if (group + 1 < units.Length && units[group + 1] == units[group]) continue;
            if (intervals >= EnoughIntervals && covered > 0) rates.Add(intervals / covered);
            intervals = 0;
            covered = 0;
        }

        rates.Sort();
        double rate = rates.Count == 0 ? double.NaN : rates[rates.Count / 2];
        if (rate > HighRate) return Warn($"A typical unit fires at {Short(rate)} Hz, which no neuron sustains. Is the unit of time right?");
        if (isStated) return null;
        if (times.Length > 1 && AreWhole(times))
            return Warn("Every time is a whole number of seconds, if seconds they are. These look like milliseconds, microseconds or sample numbers.");
        return rate < LowRate && shortest > LongShortestInterval
            ? Warn($"A typical unit fires at {Short(rate)} Hz and no two spikes of a unit are closer than {Short(shortest)} s. Are the times milliseconds?")
            : null;
    }

    private static bool AreWhole(ReadOnlySpan<double> times)
    {
        foreach (double time in times)
        {
            if (time != Math.Floor(time)) return false;
        }

        return true;
    }

    private static string Short(double value) => value.ToString("G3", CultureInfo.InvariantCulture);

    private static LoadNote Warn(string suspicion) => new(LoadNoteSeverity.Warning, $"{suspicion} {StateIt}");
}
