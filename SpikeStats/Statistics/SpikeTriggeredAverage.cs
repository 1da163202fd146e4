using System.Data;
using System.Globalization;
using SpikeStats.Plotting;

namespace SpikeStats.Statistics;

/// <summary>The mean signal before a spike: the spike-triggered average (STA).</summary>
/// <remarks>
/// STA[l] = Σ_t y_t s_(t-l) / Σ_t y_t, with y_t the number of spikes and s_t the mean signal in bin t, for lags l = 0, 1, … bins. Only
/// spikes for which all lags lie in the same observed interval are used, so that every lag averages over the same spikes.
/// <para><b>Standard error:</b> standard deviation of s_(t-l) over spikes (divisor n - 1) over √n. It takes spikes as independent; spikes
/// closer together than the signal's correlation time share samples, and it is then too small.</para>
/// <para><b>Source:</b> de Boer and Kuyper, IEEE Transactions on Biomedical Engineering 15 (1968) 169-179; Chichilnisky, Network 12 (2001) 199-213.</para>
/// </remarks>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed class SpikeTriggeredAverage
{
    private readonly double[] values;
    private readonly double[] standardErrors;

    private SpikeTriggeredAverage(string unit, string signal, double binWidth, double[] values, double[] standardErrors, int spikeCount, double signalMean)
    {
        Unit = unit;
        Signal = signal;
        BinWidth = binWidth;
        this.values = values;
        this.standardErrors = standardErrors;
        SpikeCount = spikeCount;
        SignalMean = signalMean;
    }

    /// <summary>Identifier of the unit.</summary>
    public string Unit { get; }

    /// <summary>Name of the signal.</summary>
    public string Signal { get; }

    /// <summary>Width of a bin, in seconds; value l belongs to the lag l · BinWidth before the spike.</summary>
    public double BinWidth { get; }

    /// <summary>The average at each lag, in the unit of the signal, whose mean is not taken off; NaN without spikes.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>Standard error at each lag, in the unit of the signal; NaN with fewer than two spikes.</summary>
    public ReadOnlySpan<double> StandardErrors => standardErrors;

    /// <summary>Number of spikes that were averaged.</summary>
    public int SpikeCount { get; }

    /// <summary>Mean of the signal over all bins of the grid, in the unit of the signal: what the average would be if spikes ignored it; NaN without bins.</summary>
    public double SignalMean { get; }

    /// <summary>Averages a signal before the spikes of a train.</summary>
    /// <param name="train">The train.</param>
    /// <param name="signal">The signal; it must cover the grid.</param>
    /// <param name="grid">The bins; usually those of the train's observed intervals.</param>
    /// <param name="lagCount">Number of lags, from 0; at least 1.</param>
    /// <param name="interpolate">Whether bins without a sample are interpolated rather than held; see <see cref="SampledSignal.InBins"/>.</param>
    /// <returns>The average; NaN if no spike has all its lags in one observed interval. Cost O(bins + samples + spikes · lags).</returns>
    /// <exception cref="InvalidRecordingException">The signal does not cover the grid.</exception>
    public static SpikeTriggeredAverage Of(SpikeTrain train, SampledSignal signal, BinGrid grid, int lagCount, bool interpolate = false)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(signal);
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentOutOfRangeException.ThrowIfLessThan(lagCount, 1);
        double[] binned = signal.InBins(grid, interpolate);
        double mean = binned.Length == 0 ? double.NaN : binned.Sum() / binned.Length;

        // Sums about the mean of the signal: a large offset does not drown the variance.
        double[] sums = new double[lagCount], squares = new double[lagCount];
        int spikes = 0;
        foreach (double time in train.Times)
        {
            int bin = grid.BinOf(time);
            if (bin < 0 || bin - grid.SegmentOf(bin).FirstBin < lagCount - 1) continue;
            spikes++;
            for (int lag = 0; lag < lagCount; lag++)
            {
                double deviation = binned[bin - lag] - mean;
                sums[lag] += deviation;
                squares[lag] += deviation * deviation;
            }
        }

        double[] values = new double[lagCount], errors = new double[lagCount];
        for (int lag = 0; lag < lagCount; lag++)
        {
            values[lag] = mean + (sums[lag] / spikes);
            errors[lag] = spikes > 1
                ? Math.Sqrt(Math.Max(squares[lag] - (sums[lag] * sums[lag] / spikes), 0) / (spikes - 1) / spikes)
                : double.NaN;
        }

        return new SpikeTriggeredAverage(train.Unit, signal.Name, grid.BinWidth, values, errors, spikes, mean);
    }

    /// <summary>The average as a table: lag, value, standardError.</summary>
    /// <returns>One row per lag; lags in seconds before the spike.</returns>
    public DataTable ToDataTable()
    {
        DataTable table = new("spikeTriggeredAverage") { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("lag", typeof(double));
        table.Columns.Add("value", typeof(double));
        table.Columns.Add("standardError", typeof(double));
        for (int lag = 0; lag < values.Length; lag++) table.Rows.Add(lag * BinWidth, values[lag], standardErrors[lag]);
        return table;
    }

    /// <summary>The average as a figure, with its band of ± 1.96 standard errors and the mean of the signal.</summary>
    /// <param name="options">Heading, note and size.</param>
    /// <returns>The figure; time runs up to the spike at 0.</returns>
    public Figure Plot(FigureOptions? options = null)
    {
        double[] lags = [.. Enumerable.Range(0, values.Length).Select(lag => lag * BinWidth)];
        return SpikeTriggeredAverageFigure.Of(lags, values, SpikeCount > 1 ? standardErrors : [], SignalMean, Signal, SpikeCount, options);
    }

    /// <summary>The average for a notebook or a report.</summary>
    /// <returns>A <c>figure</c> element.</returns>
    public string ToHtml() => Plot(new FigureOptions { Title = Unit.Length == 0 ? "" : $"Unit {Unit}" }).ToHtml();
}
