using System.Globalization;

namespace SpikeStats.Statistics;

/// <summary>Which firing pattern a train shows, and the measures on which that rests.</summary>
/// <remarks>
/// <para>The criteria, in this order; the first that holds decides. <b>Silent</b>: no spike. <b>Transient</b>: the last spike lies in the first half of the window and the silence behind it lasts
/// more than twice the longest interval. <b>Bursts</b>: the logarithms of the intervals fall into two groups (Otsu's split) that lie
/// <see cref="FiringPatternOptions.BurstSeparation"/> standard deviations and a ratio of <see cref="FiringPatternOptions.BurstRatio"/> apart, and the intervals that follow bursts jump by that ratio; then
/// <b>initial burst</b> if only the first spikes make one, or <b>regular bursting</b> if at least half of the spikes are in three bursts or more whose times vary by no more than
/// <see cref="FiringPatternOptions.BurstVariation"/>. <b>Irregular</b>: local variation of <see cref="FiringPatternOptions.LocalVariation"/> or more. <b>Delayed</b>: a latency of
/// <see cref="FiringPatternOptions.DelayRatio"/> median intervals. <b>Adapting</b>: the last third of the intervals is on average <see cref="FiringPatternOptions.AdaptationRatio"/> times the first interval, and
/// more than three of its standard deviations longer. <b>Tonic</b>: everything else.</para>
/// <para>The latency means something only if the window begins with the drive. Intervals never cross a gap of observation.</para>
/// <para><b>Sources:</b> the classes of Markram et al., Nat Rev Neurosci 5:793 (2004) and of Naud et al., Biol Cybern 99:335 (2008); the measures of Shinomoto et al., Neural Comput 15:2823 (2003). The
/// criteria are our own and stated here because the literature has no common ones.</para>
/// </remarks>
/// <param name="Pattern">The pattern.</param>
/// <param name="SpikeCount">The number of spikes in the window.</param>
/// <param name="Latency">The time from the start of the window to the first spike, in seconds; NaN without a spike.</param>
/// <param name="AdaptationIndex">The mean of (J - I)/(J + I) over neighbouring intervals I, J, from -1 to 1: positive if they grow. NaN with fewer than two.</param>
/// <param name="AdaptationRatio">The mean of the last third of the intervals as a ratio to the first; NaN with fewer than two.</param>
/// <param name="BurstFraction">The fraction of the spikes that are in bursts; 0 if the intervals do not fall into two groups.</param>
/// <param name="CoefficientOfVariation">The coefficient of variation of the intervals; NaN with fewer than two.</param>
/// <param name="LocalVariation">Shinomoto's LV, as a ratio to that of a Poisson train; NaN with fewer than two intervals.</param>
/// <param name="Evidence">Why it is this pattern, as a sentence.</param>
public sealed record FiringPatternReport(
    FiringPattern Pattern, int SpikeCount, double Latency, double AdaptationIndex, double AdaptationRatio, double BurstFraction, double CoefficientOfVariation, double LocalVariation, string Evidence)
{
    // The silence behind a transient, in longest intervals, and how far late intervals must lie above the first, in their standard deviations.
    private const double SilenceRatio = 2, AdaptationSigmas = 3;

    /// <summary>Judges a train, recorded or simulated.</summary>
    /// <param name="train">The train.</param>
    /// <param name="options">The criteria; the defaults if omitted.</param>
    /// <returns>The pattern with its evidence; <see cref="FiringPattern.Silent"/> for a train without spikes. Cost O(n log n).</returns>
    /// <exception cref="ArgumentException">The train was not observed in the window.</exception>
    public static FiringPatternReport Of(SpikeTrain train, FiringPatternOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(train);
        options ??= new FiringPatternOptions();
        SpikeTrain seen = options.Window is { } stated ? train.Restrict(TimeIntervals.Of(stated.Start, stated.End)) : train;
        if (seen.Observed.Count == 0) throw new ArgumentException("The train was not observed in the window.", nameof(train));
        TimeInterval window = options.Window ?? seen.Observed.Span;
        InterspikeIntervals all = InterspikeIntervals.Of(seen);
        double[] intervals = all.ToArray();
        BurstSplit? split = BurstSplit.Of(intervals);
        bool hasBursts = split is not null && split.Ratio >= options.BurstRatio && split.Separation >= options.BurstSeparation && split.Jump >= options.BurstRatio;
        FiringPatternReport measured = new(
            FiringPattern.Silent, seen.Count, seen.Count == 0 ? double.NaN : seen.Times[0] - window.Start, Index(intervals), Late(intervals).Mean / (intervals.Length < 2 ? double.NaN : intervals[0]),
            hasBursts ? (double)split!.SpikeCount / seen.Count : 0, all.CoefficientOfVariation, Statistics.LocalVariation.Lv(all), "no spike in the window");
        if (seen.Count == 0) return measured;
        return measured.Transient(window.End - seen.Times[^1], window.Duration, all) ?? (hasBursts ? measured.Bursting(split!, options) : null) ?? measured.Steady(intervals, all, options);
    }

    /// <summary>One line of text: pattern and evidence.</summary>
    /// <returns>The summary, in the invariant culture.</returns>
    public override string ToString() => $"{Pattern}: {Evidence}";

    private static double Index(ReadOnlySpan<double> intervals)
    {
        double sum = 0;
        for (int i = 1; i < intervals.Length; i++)
        {
            double both = intervals[i] + intervals[i - 1];
            if (both > 0) sum += (intervals[i] - intervals[i - 1]) / both;
        }

        return intervals.Length < 2 ? double.NaN : sum / (intervals.Length - 1);
    }

    private static (double Mean, double StandardDeviation) Late(double[] intervals)
    {
        if (intervals.Length == 0) return (double.NaN, double.NaN);
        double[] late = intervals[^((intervals.Length + 2) / 3)..];
        double mean = late.Average();
        return (mean, Math.Sqrt(late.Average(interval => (interval - mean) * (interval - mean))));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private FiringPatternReport? Transient(double silence, double duration, InterspikeIntervals all) => 2 * silence > duration && !(silence <= SilenceRatio * all.Maximum)
        ? this with { Pattern = FiringPattern.Transient, Evidence = Text($"{SpikeCount} spike(s), the last {silence:G3} s before the end of {duration:G3} s") }
        : null;

    private FiringPatternReport? Bursting(BurstSplit split, FiringPatternOptions options)
    {
        if (split is { Count: 1, StartsTrain: true })
            return this with { Pattern = FiringPattern.InitialBurst, Evidence = Text($"the first {split.SpikeCount} spikes are a burst, later intervals are {split.Ratio:G3} times as long") };
        return BurstFraction >= 0.5 && split.PeriodVariation <= options.BurstVariation
            ? this with { Pattern = FiringPattern.RegularBursting, Evidence = Text($"{split.Count} bursts hold {100 * BurstFraction:G3} % of the spikes; the times between them vary by {split.PeriodVariation:G2}") }
            : null;
    }

    private FiringPatternReport Steady(double[] intervals, InterspikeIntervals all, FiringPatternOptions options)
    {
        if (LocalVariation >= options.LocalVariation)
            return this with { Pattern = FiringPattern.Irregular, Evidence = Text($"local variation {LocalVariation:G3} (Poisson 1, clock 0), coefficient of variation {CoefficientOfVariation:G3}") };
        double median = all.Median();
        if (Latency >= options.DelayRatio * median)
            return this with { Pattern = FiringPattern.Delayed, Evidence = Text($"the first spike comes after {Latency:G3} s, {Latency / median:G3} median intervals; adaptation index {AdaptationIndex:G2}") };
        (double mean, double deviation) = Late(intervals);
        return AdaptationRatio >= options.AdaptationRatio && mean - intervals[0] > AdaptationSigmas * deviation
            ? this with { Pattern = FiringPattern.Adapting, Evidence = Text($"late intervals are {AdaptationRatio:G3} times the first") }
            : this with { Pattern = FiringPattern.Tonic, Evidence = Text($"late intervals are {AdaptationRatio:G3} times the first, local variation {LocalVariation:G2}") };
    }
}
