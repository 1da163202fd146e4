using System.Data;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MathNet.Numerics.Statistics;
using SpikeStats.Plotting;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Statistics;

/// <summary>The intervals between neighbouring spikes of a train, never across a gap in observation.</summary>
/// <remarks>
/// Each observed interval with m spikes gives m - 1 interspike intervals; the waiting times before its first and after its last spike are
/// not complete and are left out. This favours short intervals when observed intervals are not much longer than the interspike intervals.
/// <para><b>Accuracy:</b> the mean comes from the first and last spikes, the standard deviation from a second pass about that mean.</para>
/// <para><b>Cost:</b> O(n) without a copy; <see cref="ToArray"/>, <see cref="Median"/> and <see cref="Histogram"/> make one when called.</para>
/// </remarks>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed class InterspikeIntervals
{
    private InterspikeIntervals(SpikeTrain train, int count, double mean, double standardDeviation, double minimum, double maximum)
    {
        Train = train;
        Count = count;
        Mean = mean;
        StandardDeviation = standardDeviation;
        Minimum = minimum;
        Maximum = maximum;
    }

    /// <summary>The number of intervals.</summary>
    public int Count { get; }

    /// <summary>Mean, in seconds; NaN without intervals.</summary>
    public double Mean { get; }

    /// <summary>Standard deviation with divisor Count - 1, in seconds; NaN with fewer than two intervals.</summary>
    public double StandardDeviation { get; }

    /// <summary>Coefficient of variation: standard deviation over mean; 1 for a Poisson train, 0 for a clock; NaN with fewer than two intervals.</summary>
    public double CoefficientOfVariation => StandardDeviation / Mean;

    /// <summary>Shortest interval, in seconds; NaN without intervals.</summary>
    public double Minimum { get; }

    /// <summary>Longest interval, in seconds; NaN without intervals.</summary>
    public double Maximum { get; }

    /// <summary>The train whose intervals these are.</summary>
    public SpikeTrain Train { get; }

    /// <summary>The interspike intervals of a train.</summary>
    /// <param name="train">The train.</param>
    /// <returns>The intervals; <see cref="Count"/> is 0 if no observed interval holds two spikes.</returns>
    public static InterspikeIntervals Of(SpikeTrain train)
    {
        ArgumentNullException.ThrowIfNull(train);
        int count = 0;
        double sum = 0;
        for (int run = 0; run < train.Observed.Count; run++)
        {
            ReadOnlySpan<double> times = train.TimesIn(run);
            if (times.Length < 2) continue;
            count += times.Length - 1;
            sum += times[^1] - times[0];
        }

        if (count == 0) return new InterspikeIntervals(train, 0, double.NaN, double.NaN, double.NaN, double.NaN);
        double mean = sum / count, squares = 0, minimum = double.PositiveInfinity, maximum = 0;
        for (int run = 0; run < train.Observed.Count; run++) Accumulate(train.TimesIn(run), mean, ref squares, ref minimum, ref maximum);
        return new InterspikeIntervals(train, count, mean, count > 1 ? Math.Sqrt(squares / (count - 1)) : double.NaN, minimum, maximum);
    }

    /// <summary>The intervals one by one.</summary>
    /// <returns>Seconds, in order of time; length <see cref="Count"/>.</returns>
    public double[] ToArray()
    {
        double[] intervals = new double[Count];
        int next = 0;
        for (int run = 0; run < Train.Observed.Count; run++)
        {
            ReadOnlySpan<double> times = Train.TimesIn(run);
            for (int i = 1; i < times.Length; i++) intervals[next++] = times[i] - times[i - 1];
        }

        return intervals;
    }

    /// <summary>The median.</summary>
    /// <returns>Seconds: the middle interval, or the mean of the two in the middle; NaN without intervals. Cost O(n).</returns>
    public double Median() => Count == 0 ? double.NaN : ArrayStatistics.MedianInplace(ToArray());

    /// <summary>Counts the intervals by length.</summary>
    /// <param name="bins">The bins, in seconds.</param>
    /// <returns>The histogram; it says how many intervals lie outside the bins.</returns>
    public InterspikeIntervalHistogram Histogram(HistogramBins bins)
    {
        ArgumentNullException.ThrowIfNull(bins);
        return new InterspikeIntervalHistogram(ToArray(), bins, HistogramBins.RoundingOf(Train));
    }

    /// <summary>The histogram of the intervals as a figure, with bins that suit them.</summary>
    /// <remarks>
    /// Equal bins up to the 99th percentile; or, where the middle nine tenths of the intervals reach over two decades, ten bins to a decade on
    /// a logarithmic axis. The caption says how many intervals lie outside.
    /// </remarks>
    /// <param name="refractoryPeriod">Where to draw the line of the refractory period, in seconds; NaN for none.</param>
    /// <param name="options">Heading, note and size.</param>
    /// <returns>The figure; empty axes without intervals. Cost O(n log n).</returns>
    public Figure Plot(double refractoryPeriod = RefractoryViolations.DefaultRefractoryPeriod, FigureOptions? options = null)
    {
        double[] ascending = ToArray();
        Array.Sort(ascending);
        (double[] edges, bool isLogarithmic) = IntervalBins.For(ascending);
        double[] counts = IntervalBins.Count(ascending, edges, HistogramBins.RoundingOf(Train));
        long outside = Count - (long)counts.Sum();
        options ??= new FigureOptions();
        string note = outside == 0 ? "" : $"{CaptionText.Count(outside, "interval")} more outside the axis.";
        return IsiHistogramFigure.Of(
            edges, counts, CoefficientOfVariation, refractoryPeriod, isLogarithmic,
            options: options with { Note = string.Join(' ', new[] { note, options.Note }.Where(part => part.Length > 0)) });
    }

    /// <summary>The intervals as a table: time of the spike at which each begins, and its length.</summary>
    /// <returns>One row per interval, in order of time; seconds.</returns>
    public DataTable ToDataTable()
    {
        DataTable table = new("interspikeIntervals") { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("time", typeof(double));
        table.Columns.Add("interval", typeof(double));
        for (int run = 0; run < Train.Observed.Count; run++)
        {
            ReadOnlySpan<double> times = Train.TimesIn(run);
            for (int i = 1; i < times.Length; i++) table.Rows.Add(times[i - 1], times[i] - times[i - 1]);
        }

        return table;
    }

    /// <summary>The intervals for a notebook or a report: their numbers in words, and the histogram.</summary>
    /// <returns>HTML elements.</returns>
    public string ToHtml() => HtmlTable.Of(
        ["", ""],
        [
            ["Interspike intervals", Count.ToString(CultureInfo.InvariantCulture)],
            ["Mean ± standard deviation", $"{NumberText.Short(Mean)} ± {NumberText.Short(StandardDeviation)} s"],
            ["Median", $"{NumberText.Short(Median())} s"],
            ["Coefficient of variation", NumberText.Short(CoefficientOfVariation)],
            ["Shortest and longest", $"{NumberText.Short(Minimum)} s, {NumberText.Short(Maximum)} s"],
        ],
        Train.Unit.Length == 0 ? "" : $"Unit {Train.Unit}").ToHtml() + Plot().ToHtml();

    /// <summary>One line of text: number, mean and coefficient of variation.</summary>
    /// <returns>The summary, in the invariant culture.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"InterspikeIntervals {Train.Unit}: {Count}, mean {Mean:G5} s, CV {CoefficientOfVariation:G4}");

    private static void Accumulate(ReadOnlySpan<double> times, double mean, ref double squares, ref double minimum, ref double maximum)
    {
        int i = 1;
        if (times.Length > Vector512<double>.Count)
        {
            ref double first = ref MemoryMarshal.GetReference(times);
            Vector512<double> centre = Vector512.Create(mean), sum = default, least = Vector512.Create(minimum), most = Vector512.Create(maximum);
            for (; i <= times.Length - Vector512<double>.Count; i += Vector512<double>.Count)
            {
                Vector512<double> interval = Vector512.LoadUnsafe(ref first, (nuint)i) - Vector512.LoadUnsafe(ref first, (nuint)(i - 1));
                Vector512<double> deviation = interval - centre;
                sum += deviation * deviation;
                least = Vector512.MinNative(least, interval);
                most = Vector512.MaxNative(most, interval);
            }

            squares += Vector512.Sum(sum);
            for (int lane = 0; lane < Vector512<double>.Count; lane++)
            {
                minimum = Math.Min(minimum, least[lane]);
                maximum = Math.Max(maximum, most[lane]);
            }
        }

        for (; i < times.Length; i++)
        {
            double interval = times[i] - times[i - 1];
            squares += (interval - mean) * (interval - mean);
            minimum = Math.Min(minimum, interval);
            maximum = Math.Max(maximum, interval);
        }
    }
}
