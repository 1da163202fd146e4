using System.Data;
using System.Globalization;
using SpikeStats.Plotting;

namespace SpikeStats.Statistics;

/// <summary>The number of interspike intervals by length.</summary>
/// <remarks>Bins are half-open; an interval on an edge to within rounding (10^-9 of a bin plus 10^-15 of the largest spike time) belongs to the bin that begins there.</remarks>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed class InterspikeIntervalHistogram
{
    private readonly int[] counts;

    internal InterspikeIntervalHistogram(ReadOnlySpan<double> intervals, HistogramBins bins, double rounding)
    {
        Bins = bins;
        IntervalCount = intervals.Length;
        counts = new int[bins.Count];
        foreach (double interval in intervals)
        {
            int bin = bins.BinOf(interval, rounding);
            if (bin >= 0) counts[bin]++;
            else OutsideCount++;
        }
    }

    /// <summary>The bins, in seconds.</summary>
    public HistogramBins Bins { get; }

    /// <summary>Number of intervals in each bin.</summary>
    public ReadOnlySpan<int> Counts => counts;

    /// <summary>The number of intervals, inside the bins and outside.</summary>
    public int IntervalCount { get; }

    /// <summary>The number of intervals that lie in no bin.</summary>
    public int OutsideCount { get; }

    /// <summary>The probability density of the intervals: count / (IntervalCount · BinWidth).</summary>
    /// <returns>Per second, one value per bin; it integrates to 1 over all lengths, those outside the bins included. NaN without intervals.</returns>
    public double[] Density()
    {
        double[] density = new double[counts.Length];
        for (int bin = 0; bin < density.Length; bin++) density[bin] = counts[bin] / (IntervalCount * Bins.BinWidth);
        return density;
    }

    /// <summary>The histogram as a table: start, end, count, density.</summary>
    /// <returns>One row per bin; seconds and 1/s.</returns>
    public DataTable ToDataTable()
    {
        DataTable table = new("interspikeIntervals") { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("start", typeof(double));
        table.Columns.Add("end", typeof(double));
        table.Columns.Add("count", typeof(int));
        table.Columns.Add("density", typeof(double));
        double[] density = Density();
        for (int bin = 0; bin < counts.Length; bin++) table.Rows.Add(Bins.EdgeAt(bin), Bins.EdgeAt(bin + 1), counts[bin], density[bin]);
        return table;
    }

    /// <summary>The histogram as a figure.</summary>
    /// <param name="refractoryPeriod">Where to draw the line of the refractory period, in seconds; NaN for none.</param>
    /// <param name="options">Heading, note and size.</param>
    /// <returns>The figure, on a linear axis.</returns>
    public Figure Plot(double refractoryPeriod = double.NaN, FigureOptions? options = null) =>
        IsiHistogramFigure.Of(Bins.Edges(), [.. counts.Select(count => (double)count)], refractoryPeriod: refractoryPeriod, options: options);

    /// <summary>The histogram for a notebook or a report.</summary>
    /// <returns>A <c>figure</c> element.</returns>
    public string ToHtml() => Plot().ToHtml();
}
