namespace SpikeStats.Statistics;

/// <summary>Bins for a histogram of intervals whose lengths are not known beforehand.</summary>
/// <remarks>
/// Equal bins up to the 99th percentile suit most trains. Where the middle nine tenths of the intervals reach over two decades, as
/// in bursts with pauses, equal bins would show one bar; there bins are equal ratios, ten to a decade.
/// </remarks>
internal static class IntervalBins
{
    private const double WidestLinearRatio = 100;
    private const int BinsPerDecade = 10;
    private const int MostBins = 80;

    private static readonly double[] roundSteps = [1, 2, 5, 10];

    /// <summary>Edges that suit some intervals.</summary>
    /// <param name="ascending">Intervals in seconds, ascending.</param>
    /// <returns>Ascending edges in seconds, and whether they are equal ratios; a single bin of 1 ms without intervals.</returns>
    public static (double[] Edges, bool IsLogarithmic) For(ReadOnlySpan<double> ascending)
    {
        ReadOnlySpan<double> positive = ascending[CountBelow(ascending, double.Epsilon)..];
        if (positive.IsEmpty) return ([0, 0.001], false);
        return At(positive, 0.95) > WidestLinearRatio * At(positive, 0.05) ? (Ratios(positive[0], positive[^1]), true) : (Equal(positive), false);
    }

    /// <summary>The number of ascending values in each half-open bin; what lies outside is counted nowhere.</summary>
    /// <param name="ascending">Values, ascending.</param>
    /// <param name="edges">Edges of the bins, ascending.</param>
    /// <param name="rounding">How far below an edge a value still counts as lying on it.</param>
    public static double[] Count(ReadOnlySpan<double> ascending, double[] edges, double rounding)
    {
        double[] counts = new double[edges.Length - 1];
        int before = CountBelow(ascending, edges[0] - rounding);
        for (int bin = 0; bin < counts.Length; bin++)
        {
            int upTo = CountBelow(ascending, edges[bin + 1] - rounding);
            counts[bin] = upTo - before;
            before = upTo;
        }

        return counts;
    }

    /// <summary>The smallest of the numbers 1, 2 and 5 times a power of ten that is not below a length.</summary>
    public static double RoundUp(double length)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(length)));
        return Array.Find(roundSteps, step => step * power >= length * (1 - HistogramBins.Slack)) * power;
    }

    // Freedman and Diaconis: twice the interquartile range over the cube root of the number.
    private static double[] Equal(ReadOnlySpan<double> ascending)
    {
        double end = At(ascending, 0.99), spread = At(ascending, 0.75) - At(ascending, 0.25);
        double binWidth = RoundUp(Math.Max(2 * spread / Math.Cbrt(ascending.Length), end / MostBins));
        int count = (int)Math.Floor(end / binWidth) + 1;
        return [.. Enumerable.Range(0, count + 1).Select(bin => bin * binWidth)];
    }

    private static double[] Ratios(double shortest, double longest)
    {
        int first = (int)Math.Floor(Math.Log10(shortest) * BinsPerDecade), last = (int)Math.Floor(Math.Log10(longest) * BinsPerDecade) + 1;
        return [.. Enumerable.Range(first, last - first + 1).Select(step => Math.Pow(10, (double)step / BinsPerDecade))];
    }

    private static double At(ReadOnlySpan<double> ascending, double fraction) => ascending[(int)(fraction * (ascending.Length - 1))];

    private static int CountBelow(ReadOnlySpan<double> ascending, double bound)
    {
        int low = 0, high = ascending.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (ascending[middle] < bound) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
