using MathNet.Numerics.Statistics;

namespace SpikeStats.Statistics;

/// <summary>The correlation of interspike intervals with those k intervals later; 0 for a renewal process.</summary>
/// <remarks>
/// Pairs (I_n, I_n+k) are formed within each observed interval, never across a gap; each side of the pairs has its own mean, so that the
/// coefficient lies in [-1, 1]. Spearman's coefficient is Pearson's of the ranks, ties sharing their mean rank; it is not moved by a
/// few very long intervals. For a renewal process either is nearly normal with standard deviation 1/√PairCount.
/// <para><b>Source:</b> Cox and Lewis, The Statistical Analysis of Series of Events (1966); Farkhooi, Strube-Bloss and
/// Nawrot, Physical Review E 79 (2009) 021905.</para>
/// </remarks>
/// <param name="Lag">How many intervals apart; at least 1.</param>
/// <param name="PairCount">Number of pairs.</param>
/// <param name="Pearson">Pearson's correlation coefficient; NaN with fewer than two pairs or without variation.</param>
/// <param name="Spearman">Spearman's rank correlation coefficient; NaN with fewer than two pairs or without variation.</param>
public sealed record SerialCorrelation(int Lag, int PairCount, double Pearson, double Spearman)
{
    /// <summary>The serial correlation of interspike intervals.</summary>
    /// <param name="intervals">The intervals.</param>
    /// <param name="lag">How many intervals apart; at least 1.</param>
    /// <returns>The coefficients. Cost O(n log n) for the ranks.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The lag is smaller than 1.</exception>
    public static SerialCorrelation Of(InterspikeIntervals intervals, int lag = 1)
    {
        ArgumentNullException.ThrowIfNull(intervals);
        ArgumentOutOfRangeException.ThrowIfLessThan(lag, 1);
        List<double> earlier = [], later = [];
        SpikeTrain train = intervals.Train;
        for (int run = 0; run < train.Observed.Count; run++)
        {
            ReadOnlySpan<double> times = train.TimesIn(run);
            for (int i = 1; i + lag < times.Length; i++)
            {
                earlier.Add(times[i] - times[i - 1]);
                later.Add(times[i + lag] - times[i + lag - 1]);
            }
        }

        // Differences of rounded times vary even if the train is a clock; that variation correlates with nothing real.
        bool varies = intervals.StandardDeviation > HistogramBins.RoundingOf(train);
        return earlier.Count < 2 || !varies
            ? new SerialCorrelation(lag, earlier.Count, double.NaN, double.NaN)
            : new SerialCorrelation(lag, earlier.Count, Correlation.Pearson(earlier, later), Correlation.Spearman(earlier, later));
    }
}
