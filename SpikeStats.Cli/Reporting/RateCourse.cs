using SpikeStats.Statistics;

namespace SpikeStats.Cli.Reporting;

/// <summary>The summed rate of some trains over the whole recording: does the rate drift, does a unit come or go?</summary>
/// <param name="Edges">Edges of the bins, in seconds; the first is the start of observation.</param>
/// <param name="Rates">Spikes per second of observed time in each bin; NaN where less than half of the bin was observed.</param>
internal sealed record RateCourse(double[] Edges, double[] Rates)
{
    private const double LeastObserved = 0.5;

    /// <summary>The course of some trains.</summary>
    /// <param name="trains">The trains; one that was not observed in a bin adds nothing to it.</param>
    /// <param name="span">From the start to the end of observation; not empty.</param>
    /// <param name="mostBins">Most bins; their width is a round number.</param>
    public static RateCourse Of(IEnumerable<SpikeTrain> trains, TimeInterval span, int mostBins)
    {
        double binWidth = RoundBins.WidthFor(span.Duration, mostBins);
        HistogramBins bins = new(0, binWidth, (int)Math.Ceiling((span.Duration / binWidth) - 1e-9));
        double[] rates = new double[bins.Count];
        Array.Fill(rates, double.NaN);
        foreach (SpikeTrain train in trains)
        {
            PeristimulusHistogram own = PeristimulusHistogram.Of(train, [span.Start], new TimeInterval(0, bins.End), binWidth);
            for (int bin = 0; bin < rates.Length; bin++)
            {
                if (own.Exposure[bin] < LeastObserved * binWidth) continue;
                rates[bin] = double.IsNaN(rates[bin]) ? own.Rates[bin] : rates[bin] + own.Rates[bin];
            }
        }

        return new RateCourse([.. bins.Edges().Select(edge => span.Start + edge)], rates);
    }
}
