namespace SpikeStats.Statistics;

/// <summary>Irregularity judged from neighbouring interspike intervals, which a slow change of rate hardly disturbs.</summary>
/// <remarks>
/// Each measure is a mean over pairs of successive intervals I, J of the same observed interval, never across a gap. A pair of two
/// intervals of length zero has no defined ratio and is left out.
/// </remarks>
public static class LocalVariation
{
    /// <summary>Refractory constant R of <see cref="LvR"/>, in seconds: 5 ms, the value of Shinomoto et al. 2009.</summary>
    public const double DefaultRefractoriness = 0.005;

    /// <summary>CV2 = ⟨2 |J - I| / (I + J)⟩: 1 for a Poisson train, 0 for a clock.</summary>
    /// <remarks><b>Source:</b> Holt, Softky, Koch and Douglas, Journal of Neurophysiology 75 (1996) 1806-1814.</remarks>
    /// <param name="intervals">The interspike intervals.</param>
    /// <returns>CV2; NaN without a pair of successive intervals. Cost O(n).</returns>
    public static double Cv2(InterspikeIntervals intervals) =>
        MeanOverPairs(intervals, static (first, second) => 2 * Math.Abs(second - first) / (first + second));

    /// <summary>LV = ⟨3 (J - I)² / (I + J)²⟩: 1 for a Poisson train, 0 for a clock.</summary>
    /// <remarks><b>Source:</b> Shinomoto, Shima and Tanji, Neural Computation 15 (2003) 2823-2842, eq. 2.2.</remarks>
    /// <param name="intervals">The interspike intervals.</param>
    /// <returns>LV; NaN without a pair of successive intervals. Cost O(n).</returns>
    public static double Lv(InterspikeIntervals intervals) => MeanOverPairs(intervals, static (first, second) =>
    {
        double ratio = (second - first) / (first + second);
        return 3 * ratio * ratio;
    });

    /// <summary>LvR = ⟨3 (1 - 4IJ/(I + J)²) (1 + 4R/(I + J))⟩: LV corrected for the refractory period.</summary>
    /// <remarks><b>Source:</b> Shinomoto et al., PLoS Computational Biology 5 (2009) e1000433.</remarks>
    /// <param name="intervals">The interspike intervals.</param>
    /// <param name="refractoriness">The refractory constant R, in seconds; not negative.</param>
    /// <returns>LvR; equal to LV for R = 0; NaN without a pair of successive intervals. Cost O(n).</returns>
    /// <exception cref="ArgumentOutOfRangeException">The refractory constant is negative or not finite.</exception>
    public static double LvR(InterspikeIntervals intervals, double refractoriness = DefaultRefractoriness)
    {
        if (!(refractoriness >= 0) || !double.IsFinite(refractoriness))
            throw new ArgumentOutOfRangeException(nameof(refractoriness), refractoriness, "The refractory constant must not be negative.");
        return MeanOverPairs(intervals, (first, second) =>
        {
            // 1 - 4IJ/(I + J)² = (I - J)²/(I + J)², without the cancellation.
            double sum = first + second, ratio = (second - first) / sum;
            return 3 * ratio * ratio * (1 + (4 * refractoriness / sum));
        });
    }

    private static double MeanOverPairs(InterspikeIntervals intervals, Func<double, double, double> measure)
    {
        ArgumentNullException.ThrowIfNull(intervals);
        SpikeTrain train = intervals.Train;
        double sum = 0;
        int pairs = 0;
        for (int run = 0; run < train.Observed.Count; run++)
        {
            ReadOnlySpan<double> times = train.TimesIn(run);
            for (int i = 2; i < times.Length; i++)
            {
                if (times[i] == times[i - 2]) continue;
                sum += measure(times[i - 1] - times[i - 2], times[i] - times[i - 1]);
                pairs++;
            }
        }

        return sum / pairs;
    }
}
