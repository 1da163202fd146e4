using System.Globalization;

namespace SpikeStats;

/// <summary>A scalar signal sampled alongside the spikes, at a constant rate or at its own timestamps.</summary>
/// <remarks>Several channels are several signals. A sample stands for the time from its own instant to that of the next.</remarks>
public sealed class SampledSignal
{
    private readonly ReadOnlyMemory<double> values;
    private readonly ReadOnlyMemory<double> timestamps;

    private SampledSignal(string name, ReadOnlyMemory<double> values, ReadOnlyMemory<double> timestamps, double start, double samplingRate)
    {
        Name = name;
        this.values = values;
        this.timestamps = timestamps;
        Start = start;
        SamplingRate = samplingRate;
    }

    /// <summary>Name of the signal.</summary>
    public string Name { get; }

    /// <summary>The samples, in the unit of the source; length <see cref="Count"/>.</summary>
    public ReadOnlySpan<double> Values => values.Span;

    /// <summary>The number of samples.</summary>
    public int Count => values.Length;

    /// <summary>The instant of the first sample, in seconds.</summary>
    public double Start { get; }

    /// <summary>Samples per second, in hertz; for a signal with timestamps their mean rate (NaN with fewer than two samples).</summary>
    public double SamplingRate { get; }

    /// <summary>Whether the sampling rate is constant.</summary>
    public bool IsRegular => timestamps.IsEmpty;

    /// <summary>From the first sample to one sampling interval after the last; of no length without samples, or with a single timestamp.</summary>
    public TimeInterval Span => Count == 0 ? default : new TimeInterval(Start, TimeAt(Count - 1) + (IsRegular || Count > 1 ? 1 / SamplingRate : 0));

    /// <summary>A signal with a constant sampling rate.</summary>
    /// <param name="name">Name of the signal.</param>
    /// <param name="values">The samples, in the unit of the signal. The memory is not copied and must not change.</param>
    /// <param name="start">Instant of the first sample, in seconds.</param>
    /// <param name="samplingRate">Samples per second, in hertz; positive.</param>
    /// <returns>The signal.</returns>
    public static SampledSignal Regular(string name, ReadOnlyMemory<double> values, double start, double samplingRate)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!double.IsFinite(start)) throw new ArgumentOutOfRangeException(nameof(start), start, "The start must be finite.");
        if (!(samplingRate > 0) || !double.IsFinite(samplingRate))
            throw new ArgumentOutOfRangeException(nameof(samplingRate), samplingRate, "The sampling rate must be positive.");
        return new SampledSignal(name, values, default, start, samplingRate);
    }

    /// <summary>A signal with its own timestamps.</summary>
    /// <param name="name">Name of the signal.</param>
    /// <param name="timestamps">Instants of the samples, in seconds, strictly ascending. Not copied.</param>
    /// <param name="values">The samples, in the unit of the signal, as many as timestamps. Not copied.</param>
    /// <returns>The signal.</returns>
    /// <exception cref="InvalidRecordingException">The lengths differ, or a timestamp is not finite or not later than the one before.</exception>
    public static SampledSignal Irregular(string name, ReadOnlyMemory<double> timestamps, ReadOnlyMemory<double> values)
    {
        ArgumentNullException.ThrowIfNull(name);
        ReadOnlySpan<double> stamps = timestamps.Span;
        if (stamps.Length != values.Length)
            throw new InvalidRecordingException($"signal {name} has {stamps.Length} timestamps for {values.Length} samples", "give one timestamp per sample");
        if (stamps.IsEmpty) throw new InvalidRecordingException($"signal {name} has no sample", "give at least one sample");
        for (int i = 0; i < stamps.Length; i++)
        {
            if (!double.IsFinite(stamps[i]) || (i > 0 && stamps[i] <= stamps[i - 1]))
            {
                throw new InvalidRecordingException(
                    string.Create(CultureInfo.InvariantCulture, $"signal {name}: timestamp {stamps[i]} s is not later than the one before it"),
                    "sort the samples and remove repeated timestamps", row: i + 1);
            }
        }

        double rate = stamps.Length > 1 ? (stamps.Length - 1) / (stamps[^1] - stamps[0]) : double.NaN;
        return new SampledSignal(name, values, timestamps, stamps[0], rate);
    }

    /// <summary>The instant of a sample.</summary>
    /// <param name="index">Position of the sample.</param>
    /// <returns>Seconds.</returns>
    public double TimeAt(int index) => IsRegular ? Start + (index / SamplingRate) : timestamps.Span[index];

    /// <summary>The signal moved in time.</summary>
    /// <param name="offset">Seconds to add.</param>
    /// <returns>The moved signal; samples are shared.</returns>
    public SampledSignal Shift(double offset)
    {
        if (IsRegular) return new SampledSignal(Name, values, default, Start + offset, SamplingRate);
        double[] moved = timestamps.ToArray();
        for (int i = 0; i < moved.Length; i++) moved[i] += offset;
        return new SampledSignal(Name, values, moved, Start + offset, SamplingRate);
    }

    /// <summary>The signal under another name.</summary>
    /// <param name="name">The new name.</param>
    /// <returns>The signal; samples are shared.</returns>
    public SampledSignal Rename(string name) => new(name, values, timestamps, Start, SamplingRate);

    /// <summary>The signal with every sample replaced by a function of it, for example decibels of a voltage.</summary>
    /// <param name="map">The function of one sample.</param>
    /// <returns>A new signal at the same instants.</returns>
    public SampledSignal Select(Func<double, double> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        double[] mapped = new double[Count];
        ReadOnlySpan<double> source = Values;
        for (int i = 0; i < mapped.Length; i++) mapped[i] = map(source[i]);
        return new SampledSignal(Name, mapped, timestamps, Start, SamplingRate);
    }

    /// <summary>The signal on a grid of bins: the mean of the samples in each bin.</summary>
    /// <remarks>
    /// A bin that holds no sample takes the last sample before it (sample and hold), or the straight line between its neighbours at
    /// the centre of the bin when <paramref name="interpolate"/> is set. A sample that falls on the edge of a bin to within rounding
    /// (10^-9 of a bin) belongs to the bin that begins there.
    /// </remarks>
    /// <param name="grid">The grid.</param>
    /// <param name="interpolate">Whether bins without a sample are interpolated rather than held; right for a position, wrong for frames.</param>
    /// <returns>One value per bin of the grid.</returns>
    /// <exception cref="InvalidRecordingException">The signal does not cover the grid.</exception>
    public double[] InBins(BinGrid grid, bool interpolate = false)
    {
        ArgumentNullException.ThrowIfNull(grid);
        double[] binned = new double[grid.BinCount];
        ReadOnlySpan<double> samples = Values;
        foreach (BinSegment segment in grid.Segments)
        {
            RequireCover(grid, segment);
            int sample = FirstSampleIn(grid, segment);
            for (int bin = 0; bin < segment.BinCount; bin++)
            {
                double sum = 0;
                int held = sample;
                while (sample < Count && segment.BinOf(TimeAt(sample), grid.BinWidth) <= bin) sum += samples[sample++];
                binned[segment.FirstBin + bin] = sample > held ? sum / (sample - held)
                    : interpolate ? Interpolated(segment.Start + ((bin + 0.5) * grid.BinWidth), sample)
                    : samples[sample - 1];
            }
        }

        return binned;
    }

    /// <summary>One line of text: name, samples and rate.</summary>
    /// <returns>The summary, in the invariant culture.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"SampledSignal {Name}: {Count} samples from {Start:G6} s at {SamplingRate:G6} Hz{(IsRegular ? "" : " (mean)")}");

    private int FirstSampleIn(BinGrid grid, BinSegment segment)
    {
        int low = 0, high = Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (segment.BinOf(TimeAt(middle), grid.BinWidth) < 0) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private double Interpolated(double time, int next)
    {
        ReadOnlySpan<double> samples = Values;
        if (next == 0) return samples[0];
        if (next >= Count) return samples[^1];
        double before = TimeAt(next - 1), after = TimeAt(next);
        return samples[next - 1] + ((samples[next] - samples[next - 1]) * (time - before) / (after - before));
    }

    private void RequireCover(BinGrid grid, BinSegment segment)
    {
        // Half a bin of slack at either end: a stimulus file commonly lacks the last fraction of a bin.
        double end = segment.Start + (segment.BinCount * grid.BinWidth), slack = grid.BinWidth / 2;
        TimeInterval span = Span;
        if (Count > 0 && span.Start <= segment.Start + slack && span.End >= end - slack) return;
        throw new InvalidRecordingException(
            string.Create(CultureInfo.InvariantCulture, $"signal {Name} covers {span} but the analysis needs [{segment.Start} s, {end} s)"),
            string.Create(CultureInfo.InvariantCulture, $"supply the missing samples, or restrict the analysis with --observed {Math.Max(span.Start, segment.Start)}s..{Math.Min(span.End, end)}s"));
    }
}
