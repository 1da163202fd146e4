using SpikeStats.Cli.Reporting;
using SpikeStats.Models.FirstPassage;
using SpikeStats.Plotting;
using SpikeStats.Statistics;

namespace SpikeStats.Cli.Commands;

/// <summary>The density of the intervals of a leaky neuron, over the histogram of observed ones if there are any.</summary>
internal static class IntervalFigure
{
    private const double Shown = 0.995;
    private const int Points = 400, MostBins = 60;

    /// <summary>By then nearly all intervals have ended, of the theory and of the observed ones.</summary>
    public static double Reach(LeakyPassage law, InterspikeIntervals? observed)
    {
        double reach = law.Quantile(Shown);
        if (observed is not { Count: > 0 }) return reach;
        double[] sorted = observed.ToArray();
        Array.Sort(sorted);
        return Math.Max(reach, sorted[(int)(Shown * (sorted.Length - 1))]);
    }

    /// <summary>The histogram up to there, on bins of a round width.</summary>
    public static InterspikeIntervalHistogram Histogram(InterspikeIntervals observed, double reach)
    {
        double binWidth = RoundBins.WidthFor(reach, MostBins);
        return observed.Histogram(new HistogramBins(0, binWidth, (int)Math.Ceiling(reach / binWidth)));
    }

    public static Figure Of(LeakyPassage law, InterspikeIntervalHistogram? histogram, double reach, FigureOptions options)
    {
        double[] times = [.. Enumerable.Range(0, Points + 1).Select(i => reach * i / Points)];
        IntervalDensityCurve curve = new("leaky integrate-and-fire", times, times.Select(law.Density).ToArray());
        return histogram is null
            ? IntervalDensityFigure.Of([], [], [curve], options: options)
            : IntervalDensityFigure.Of(histogram.Bins.Edges(), [.. histogram.Counts.ToArray().Select(count => (double)count)], [curve], histogram.IntervalCount, options);
    }
}
