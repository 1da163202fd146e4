namespace SpikeStats.Models.Generators;

/// <summary>Turns what a generator emitted into a recording, the same way for all of them.</summary>
internal static class EmittedSpikes
{
    /// <summary>Throws unless a duration can be simulated.</summary>
    public static void RequireDuration(double duration)
    {
        if (!(duration > 0) || !double.IsFinite(duration))
            throw new ArgumentOutOfRangeException(nameof(duration), duration, "The duration must be positive and finite, in seconds.");
    }

    /// <summary>The recording of the spikes of a generator.</summary>
    /// <param name="generator">Who emitted them.</param>
    /// <param name="times">The spike times of each unit, in seconds, ascending, from 0 to before <paramref name="duration"/>.</param>
    /// <param name="duration">How long it ran, in seconds.</param>
    /// <param name="signals">Voltages and other traces.</param>
    /// <param name="warnings">What the reader should know of this run beyond its scheme.</param>
    public static Recording ToRecording(
        ISpikeGenerator generator, IReadOnlyList<IReadOnlyCollection<double>> times, double duration, IReadOnlyList<SampledSignal>? signals = null, IEnumerable<string>? warnings = null)
    {
        int[] offsets = new int[times.Count + 1];
        for (int unit = 0; unit < times.Count; unit++) offsets[unit + 1] = checked(offsets[unit] + times[unit].Count);
        double[] flat = new double[offsets[^1]];
        for (int unit = 0; unit < times.Count; unit++)
        {
            int next = offsets[unit];
            foreach (double time in times[unit]) flat[next++] = time;
        }

        return ToRecording(generator, flat, offsets, duration, signals, warnings);
    }

    /// <summary>The same for spikes that stand in one array already, unit after unit.</summary>
    public static Recording ToRecording(
        ISpikeGenerator generator, double[] times, int[] offsets, double duration, IReadOnlyList<SampledSignal>? signals = null, IEnumerable<string>? warnings = null)
    {
        LoadNote[] notes =
        [
            new LoadNote(LoadNoteSeverity.Information, generator.Scheme),
            .. (warnings ?? []).Select(warning => new LoadNote(LoadNoteSeverity.Warning, warning)),
        ];
        return Recording.FromFlat(new UnitTable(generator.Units), times, offsets, TimeIntervals.Of(0, duration), signals: signals, loadReport: new LoadReport("simulation", "", notes));
    }
}
