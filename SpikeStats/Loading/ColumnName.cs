namespace SpikeStats.Loading;

/// <summary>What the name of a column says about it: its role and, for times, their unit.</summary>
/// <param name="Text">The name as the file spells it, without blanks around it.</param>
/// <param name="Role">What the column holds.</param>
/// <param name="Rank">How strongly the name claims the role; a lower rank wins among several columns.</param>
/// <param name="TimeUnit">The unit of time that a suffix such as <c>_ms</c> states; null if there is none.</param>
/// <param name="CountsSamples">Whether the suffix says sample numbers, whose rate it does not say.</param>
internal sealed record ColumnName(string Text, ColumnRole Role, int Rank, TimeUnit? TimeUnit, bool CountsSamples)
{
    // In the order of their claim.
    private static readonly string[] timeNames =
    [
        "time", "times", "spike_time", "spike_times", "spiketime", "spiketimes", "timestamp", "timestamps", "time_stamp", "t", "ts", "spike", "spikes",
    ];

    private static readonly string[] unitNames = ["unit", "units", "neuron", "neurons", "cell", "cells", "cluster", "clusters", "id", "channel", "electrode"];
    private static readonly string[] trialNames = ["trial", "trials", "sweep", "sweeps", "repetition", "rep"];

    private static readonly Dictionary<string, TimeUnit> timeUnits = new(StringComparer.Ordinal)
    {
        ["s"] = SpikeStats.Loading.TimeUnit.Seconds,
        ["sec"] = SpikeStats.Loading.TimeUnit.Seconds,
        ["secs"] = SpikeStats.Loading.TimeUnit.Seconds,
        ["second"] = SpikeStats.Loading.TimeUnit.Seconds,
        ["seconds"] = SpikeStats.Loading.TimeUnit.Seconds,
        ["ms"] = SpikeStats.Loading.TimeUnit.Milliseconds,
        ["msec"] = SpikeStats.Loading.TimeUnit.Milliseconds,
        ["millisecond"] = SpikeStats.Loading.TimeUnit.Milliseconds,
        ["milliseconds"] = SpikeStats.Loading.TimeUnit.Milliseconds,
        ["us"] = SpikeStats.Loading.TimeUnit.Microseconds,
        ["usec"] = SpikeStats.Loading.TimeUnit.Microseconds,
        ["µs"] = SpikeStats.Loading.TimeUnit.Microseconds,
        ["μs"] = SpikeStats.Loading.TimeUnit.Microseconds,
        ["microsecond"] = SpikeStats.Loading.TimeUnit.Microseconds,
        ["microseconds"] = SpikeStats.Loading.TimeUnit.Microseconds,
    };

    private static readonly string[] sampleUnits = ["sample", "samples", "tick", "ticks", "frame", "frames"];
    private static readonly string[] idSuffixes = ["_id", "_index", "_number", "_no", "id"];

    /// <summary>Reads a name.</summary>
    public static ColumnName Of(string text)
    {
        string trimmed = text.Trim();
        // "Spike Times (ms)" and "spike_times_ms" say the same.
        string plain = string.Join('_', trimmed.ToLowerInvariant().Split([' ', '_', '-', '.', '(', ')', '[', ']', '/'], StringSplitOptions.RemoveEmptyEntries));
        int cut = plain.LastIndexOf('_');
        string stem = cut < 0 ? plain : plain[..cut], suffix = cut < 0 ? "" : plain[(cut + 1)..];
        int rank = Array.IndexOf(timeNames, plain);
        if (rank >= 0) return new ColumnName(trimmed, ColumnRole.Time, rank, null, CountsSamples: false);
        rank = Array.IndexOf(timeNames, stem);
        if (rank >= 0 && timeUnits.TryGetValue(suffix, out TimeUnit unit)) return new ColumnName(trimmed, ColumnRole.Time, rank, unit, CountsSamples: false);
        if (rank >= 0 && sampleUnits.Contains(suffix)) return new ColumnName(trimmed, ColumnRole.Time, rank, null, CountsSamples: true);
        string label = idSuffixes.FirstOrDefault(ending => plain.Length > ending.Length && plain.EndsWith(ending, StringComparison.Ordinal)) is { } found
            ? plain[..^found.Length]
            : plain;
        rank = Array.IndexOf(unitNames, label);
        if (rank >= 0) return new ColumnName(trimmed, ColumnRole.Unit, rank, null, CountsSamples: false);
        rank = Array.IndexOf(trialNames, label);
        return rank >= 0
            ? new ColumnName(trimmed, ColumnRole.Trial, rank, null, CountsSamples: false)
            : new ColumnName(trimmed, ColumnRole.Other, 0, null, CountsSamples: false);
    }

    /// <summary>The column that claims a role most strongly.</summary>
    /// <returns>Its position, or -1 if no column has the role.</returns>
    public static int Find(IReadOnlyList<ColumnName> columns, ColumnRole role)
    {
        int best = -1;
        for (int i = 0; i < columns.Count; i++)
        {
            if (columns[i].Role == role && (best < 0 || columns[i].Rank < columns[best].Rank)) best = i;
        }

        return best;
    }
}
