namespace SpikeStats.Statistics;

/// <summary>The intervals of a train divided into short and long ones, and the bursts that the short ones make.</summary>
/// <param name="Count">The number of bursts: two spikes or more joined by short intervals.</param>
/// <param name="SpikeCount">The number of spikes in bursts.</param>
/// <param name="Ratio">Geometric mean of the long intervals over that of the short ones.</param>
/// <param name="Separation">The difference of their mean logarithms over the root mean square of their standard deviations (Ashman's D).</param>
/// <param name="Jump">The median ratio of the interval that follows a burst to the last one within it.</param>
/// <param name="StartsTrain">Whether the first interval is short.</param>
/// <param name="PeriodVariation">The coefficient of variation of the times from burst to burst; NaN with fewer than two of them.</param>
internal sealed record BurstSplit(int Count, int SpikeCount, double Ratio, double Separation, double Jump, bool StartsTrain, double PeriodVariation)
{
    /// <summary>The split that makes the logarithms within the two groups least variable (Otsu 1979).</summary>
    /// <returns>Null with fewer than two different intervals, or if one has no length.</returns>
    public static BurstSplit? Of(ReadOnlySpan<double> intervals)
    {
        double[] ascending = intervals.ToArray();
        Array.Sort(ascending);
        if (ascending.Length < 2 || !(ascending[0] > 0) || ascending[0] == ascending[^1]) return null;
        double[] logs = Array.ConvertAll(ascending, Math.Log);
        double total = logs.Sum(), left = 0, best = -1;
        int shortCount = 1;
        for (int i = 1; i < logs.Length; i++)
        {
            left += logs[i - 1];
            double difference = (left / i) - ((total - left) / (logs.Length - i)), between = (double)i * (logs.Length - i) * difference * difference;
            if (between > best && logs[i] > logs[i - 1]) (best, shortCount) = (between, i);
        }

        (double shortMean, double shortVariance) = Moments(logs.AsSpan(0, shortCount));
        (double longMean, double longVariance) = Moments(logs.AsSpan(shortCount));
        double spread = Math.Sqrt(0.5 * (shortVariance + longVariance));
        (int count, int spikes, double jump, double variation) = Bursts(intervals, ascending[shortCount]);
        return new BurstSplit(count, spikes, Math.Exp(longMean - shortMean), (longMean - shortMean) / spread, jump, intervals[0] < ascending[shortCount], variation);
    }

    private static (int Count, int Spikes, double Jump, double PeriodVariation) Bursts(ReadOnlySpan<double> intervals, double shortestLong)
    {
        List<double> jumps = [], starts = [];
        int spikes = 0;
        double time = 0;
        for (int i = 0; i < intervals.Length; i++)
        {
            bool isShort = intervals[i] < shortestLong, wasShort = i > 0 && intervals[i - 1] < shortestLong;
            if (isShort)
            {
                spikes += wasShort ? 1 : 2;
                if (!wasShort) starts.Add(time);
            }
            else if (wasShort)
            {
                jumps.Add(intervals[i] / intervals[i - 1]);
            }

            time += intervals[i];
        }

        jumps.Sort();
        double[] periods = [.. starts.Zip(starts.Skip(1), (first, second) => second - first)];
        (double mean, double variance) = Moments(periods);
        return (starts.Count, spikes, jumps.Count == 0 ? double.NaN : jumps[jumps.Count / 2], periods.Length < 2 ? double.NaN : Math.Sqrt(variance) / mean);
    }

    private static (double Mean, double Variance) Moments(ReadOnlySpan<double> values)
    {
        double sum = 0, squares = 0;
        foreach (double value in values) sum += value;
        double mean = sum / values.Length;
        foreach (double value in values) squares += (value - mean) * (value - mean);
        return (mean, squares / values.Length);
    }
}
