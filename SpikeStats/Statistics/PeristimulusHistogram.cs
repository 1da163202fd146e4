using System.Data;
using System.Globalization;
using SpikeStats.Plotting;

namespace SpikeStats.Statistics;

/// <summary>The firing rate around events, averaged over events: the peristimulus time histogram (PSTH).</summary>
/// <remarks>
/// In bin k, event i saw c_ik spikes in x_ik seconds of observed time; x_ik is less than the bin width where the bin meets a gap or the end of
/// the recording, and 0 if the bin was not observed. Rate_k = Σ_i c_ik / Σ_i x_ik, in spikes per second.
/// <para><b>Standard error</b> over events, of a ratio of sums: √(n/(n - 1) Σ_i (c_ik - Rate_k x_ik)²) / Σ_i x_ik with n the number of
/// events with x_ik &gt; 0. With complete bins it is the standard deviation of the events' rates over √n. It assumes that events are
/// independent, which overlapping windows are not.</para>
/// <para><b>Poisson band:</b> the exact confidence interval of the rate given the total count, if spikes are Poisson.</para>
/// <para>Bins are half-open; a spike on an edge to within rounding belongs to the bin that begins there. A spike near two events counts for both.</para>
/// <para><b>Source:</b> Gerstein and Kiang, Biophysical Journal 1 (1960) 15-28; Cochran, Sampling Techniques (1977), chapter 6, for the
/// error of a ratio; Garwood, Biometrika 28 (1936) 437-442.</para>
/// </remarks>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed class PeristimulusHistogram
{
    private const double NormalQuantile = 1.96;

    private readonly int[] counts;
    private readonly double[] exposure;
    private readonly int[] eventCounts;
    private readonly double[] rates;
    private readonly double[] standardErrors;

    private PeristimulusHistogram(string unit, HistogramBins bins, int eventCount, Accumulator sums)
    {
        Unit = unit;
        Bins = bins;
        EventCount = eventCount;
        counts = sums.Counts;
        exposure = sums.Exposure;
        eventCounts = sums.Events;
        rates = new double[bins.Count];
        standardErrors = new double[bins.Count];
        for (int bin = 0; bin < bins.Count; bin++)
        {
            double rate = counts[bin] / exposure[bin];
            int n = eventCounts[bin];
            double squares = sums.CountSquares[bin] - (2 * rate * sums.Products[bin]) + (rate * rate * sums.ExposureSquares[bin]);
            rates[bin] = rate;
            standardErrors[bin] = n > 1 ? Math.Sqrt(Math.Max(squares, 0) * n / (n - 1)) / exposure[bin] : double.NaN;
        }
    }

    /// <summary>Identifier of the unit.</summary>
    public string Unit { get; }

    /// <summary>The bins of time after the event, in seconds.</summary>
    public HistogramBins Bins { get; }

    /// <summary>Number of events given, observed or not.</summary>
    public int EventCount { get; }

    /// <summary>Number of spikes in each bin, summed over events.</summary>
    public ReadOnlySpan<int> Counts => counts;

    /// <summary>Observed time of each bin, in seconds, summed over events.</summary>
    public ReadOnlySpan<double> Exposure => exposure;

    /// <summary>Number of events for which some of the bin was observed.</summary>
    public ReadOnlySpan<int> EventCounts => eventCounts;

    /// <summary>Rate in each bin, in spikes per second; NaN where nothing was observed.</summary>
    public ReadOnlySpan<double> Rates => rates;

    /// <summary>Standard error of the rate over events, in spikes per second; NaN with fewer than two events.</summary>
    public ReadOnlySpan<double> StandardErrors => standardErrors;

    /// <summary>The histogram of a train around events.</summary>
    /// <param name="train">The train.</param>
    /// <param name="eventTimes">Times of the events, in seconds, in any order.</param>
    /// <param name="window">The window around an event, in seconds; it may start before 0. A whole number of bins.</param>
    /// <param name="binWidth">Width of a bin, in seconds; positive.</param>
    /// <returns>The histogram; without events all rates are NaN. Cost O(events · (bins + log spikes) + spikes in windows).</returns>
    /// <exception cref="ArgumentException">The window is no whole number of bins.</exception>
    public static PeristimulusHistogram Of(SpikeTrain train, ReadOnlySpan<double> eventTimes, TimeInterval window, double binWidth)
    {
        ArgumentNullException.ThrowIfNull(train);
        HistogramBins bins = HistogramBins.Over(window.Start, window.End, binWidth);
        Accumulator sums = new(bins.Count);
        foreach (double time in eventTimes) sums.Add(train, train.Observed, time, bins);
        return new PeristimulusHistogram(train.Unit, bins, eventTimes.Length, sums);
    }

    /// <summary>The histogram of a train over trials: the events are the trials' zeros, and only the trial itself counts as observed.</summary>
    /// <param name="train">The train.</param>
    /// <param name="trials">The trials.</param>
    /// <param name="window">The window in trial time, in seconds; a whole number of bins.</param>
    /// <param name="binWidth">Width of a bin, in seconds; positive.</param>
    /// <returns>The histogram; without trials all rates are NaN.</returns>
    /// <exception cref="ArgumentException">The window is no whole number of bins.</exception>
    public static PeristimulusHistogram OverTrials(SpikeTrain train, IReadOnlyList<Trial> trials, TimeInterval window, double binWidth)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(trials);
        HistogramBins bins = HistogramBins.Over(window.Start, window.End, binWidth);
        Accumulator sums = new(bins.Count);
        foreach (Trial trial in trials) sums.Add(train, train.Observed.Intersect(TimeIntervals.FromSorted(trial.Interval)), trial.Zero, bins);
        return new PeristimulusHistogram(train.Unit, bins, trials.Count, sums);
    }

    /// <summary>The exact confidence interval of the rate in each bin if spikes are Poisson.</summary>
    /// <param name="level">Coverage, a probability between 0 and 1.</param>
    /// <returns>Lower and upper limits in spikes per second, one per bin; NaN where nothing was observed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The level does not lie between 0 and 1.</exception>
    public (double[] Lower, double[] Upper) PoissonBand(double level = 0.95)
    {
        double[] lower = new double[counts.Length], upper = new double[counts.Length];
        for (int bin = 0; bin < counts.Length; bin++)
        {
            (double low, double high) = PoissonLimits.MeanInterval(counts[bin], level);
            (lower[bin], upper[bin]) = exposure[bin] > 0 ? (low / exposure[bin], high / exposure[bin]) : (double.NaN, double.NaN);
        }

        return (lower, upper);
    }

    /// <summary>The histogram as a table: start, end, count, exposure, events, rate, standardError.</summary>
    /// <returns>One row per bin; seconds and spikes per second.</returns>
    public DataTable ToDataTable()
    {
        DataTable table = new("psth") { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("start", typeof(double));
        table.Columns.Add("end", typeof(double));
        table.Columns.Add("count", typeof(int));
        table.Columns.Add("exposure", typeof(double));
        table.Columns.Add("events", typeof(int));
        table.Columns.Add("rate", typeof(double));
        table.Columns.Add("standardError", typeof(double));
        for (int bin = 0; bin < counts.Length; bin++)
            table.Rows.Add(Bins.EdgeAt(bin), Bins.EdgeAt(bin + 1), counts[bin], exposure[bin], eventCounts[bin], rates[bin], standardErrors[bin]);
        return table;
    }

    /// <summary>The histogram as a figure, with a band of ± 1.96 standard errors over events.</summary>
    /// <param name="trials">The trials to show as a raster above it, each a train with its times in seconds from the event; null for no raster.</param>
    /// <param name="options">Heading, note and size.</param>
    /// <returns>The figure. With fewer than two events there is no band.</returns>
    public Figure Plot(IReadOnlyList<SpikeTrain>? trials = null, FigureOptions? options = null)
    {
        double[] lower = [.. rates.Zip(standardErrors, (rate, error) => Math.Max(0, rate - (NormalQuantile * error)))];
        double[] upper = [.. rates.Zip(standardErrors, (rate, error) => rate + (NormalQuantile * error))];
        bool hasBand = Array.Exists(upper, double.IsFinite);
        return PsthFigure.Of(Bins.Edges(), rates, hasBand ? lower : [], hasBand ? upper : [], trials, "rate ± 1.96 standard errors over events", options);
    }

    /// <summary>The histogram for a notebook or a report.</summary>
    /// <returns>A <c>figure</c> element.</returns>
    public string ToHtml() => Plot(options: new FigureOptions { Title = Unit.Length == 0 ? "" : $"Unit {Unit}" }).ToHtml();

    private sealed class Accumulator(int binCount)
    {
        private readonly int[] eventBin = new int[binCount];
        private readonly double[] seen = new double[binCount];

        public int[] Counts { get; } = new int[binCount];

        public int[] Events { get; } = new int[binCount];

        public double[] Exposure { get; } = new double[binCount];

        public double[] CountSquares { get; } = new double[binCount];

        public double[] ExposureSquares { get; } = new double[binCount];

        public double[] Products { get; } = new double[binCount];

        public void Add(SpikeTrain train, TimeIntervals observed, double zero, HistogramBins bins)
        {
            if (!double.IsFinite(zero)) throw new ArgumentException("The time of an event must be finite.", nameof(zero));
            eventBin.AsSpan().Clear();
            seen.AsSpan().Clear();

            // Half a bin more on either side, so that the rule of the bins and not the rounding of the window decides at its ends.
            TimeInterval around = new(zero + bins.Start - (bins.BinWidth / 2), zero + bins.End + (bins.BinWidth / 2));
            double rounding = Math.Max(HistogramBins.RoundingOf(train), 1e-15 * Math.Abs(zero));
            foreach (TimeInterval part in Overlapping(observed, around))
            {
                AddExposure(part, zero, bins, rounding);
                foreach (double time in train.TimesIn(part))
                {
                    int bin = bins.BinOf(time - zero, rounding);
                    if (bin >= 0) eventBin[bin]++;
                }
            }

            for (int bin = 0; bin < binCount; bin++)
            {
                if (seen[bin] <= 0) continue;
                Events[bin]++;
                Counts[bin] += eventBin[bin];
                Exposure[bin] += seen[bin];
                CountSquares[bin] += (double)eventBin[bin] * eventBin[bin];
                ExposureSquares[bin] += seen[bin] * seen[bin];
                Products[bin] += eventBin[bin] * seen[bin];
            }
        }

        private void AddExposure(TimeInterval part, double zero, HistogramBins bins, double rounding)
        {
            // To within rounding a bin is complete or empty: 10^-9 of a bin is no observation.
            double slack = (bins.BinWidth * HistogramBins.Slack) + rounding;
            for (int bin = 0; bin < binCount; bin++)
            {
                double overlap = Math.Min(part.End - zero, bins.EdgeAt(bin + 1)) - Math.Max(part.Start - zero, bins.EdgeAt(bin));
                if (overlap > bins.BinWidth - slack) overlap = bins.BinWidth;
                if (overlap > slack) seen[bin] += overlap;
            }
        }

        private static List<TimeInterval> Overlapping(TimeIntervals observed, TimeInterval around)
        {
            int low = 0, high = observed.Count;
            while (low < high)
            {
                int middle = (low + high) >>> 1;
                if (observed[middle].End <= around.Start) low = middle + 1;
                else high = middle;
            }

            List<TimeInterval> parts = [];
            for (; low < observed.Count && observed[low].Start < around.End; low++) parts.Add(observed[low].Intersect(around));
            return parts;
        }
    }
}
