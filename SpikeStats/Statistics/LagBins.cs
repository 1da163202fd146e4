namespace SpikeStats.Statistics;

/// <summary>The bins of a correlogram and the one rule that puts a lag into a bin.</summary>
/// <remarks>
/// bin = half + ⌊lag / binWidth + shift⌋, where shift is 10^-9 plus the rounding of the spike times in bins, plus 1/2 for bins centred on
/// zero. Vector and scalar counters evaluate this same expression, so that they agree to the last pair.
/// </remarks>
internal sealed class LagBins
{
    public LagBins(CorrelogramOptions options, double rounding)
    {
        Half = HistogramBins.WholeBins(options.Window, options.BinWidth, nameof(options));
        double centring = options.CentredOnZero ? 0.5 : 0;
        double slack = HistogramBins.Slack + (rounding / options.BinWidth);
        InverseWidth = 1 / options.BinWidth;
        Shift = slack + centring;
        Reach = (Half + centring + (2 * slack)) * options.BinWidth;
        Axis = new HistogramBins(-(Half + centring) * options.BinWidth, options.BinWidth, (2 * Half) + (options.CentredOnZero ? 1 : 0));
    }

    /// <summary>The bins as they are shown.</summary>
    public HistogramBins Axis { get; }

    /// <summary>Number of whole bins on either side of lag 0.</summary>
    public int Half { get; }

    /// <summary>1 / binWidth.</summary>
    public double InverseWidth { get; }

    /// <summary>What is added to lag / binWidth before the floor is taken.</summary>
    public double Shift { get; }

    /// <summary>No lag larger than this lies in a bin, in seconds.</summary>
    public double Reach { get; }

    /// <summary>Number of bins.</summary>
    public int Count => Axis.Count;

    /// <summary>Position of the bin of a lag; outside [0, Count) if there is none.</summary>
    public int IndexOf(double lag) => Half + (int)Math.Floor((lag * InverseWidth) + Shift);

    /// <summary>
    /// Observed time for each bin: the mean over its lags τ of Σ_k max(0, D_k - |τ|), D_k the lengths of the observed intervals.
    /// </summary>
    public double[] Overlap(TimeIntervals observed)
    {
        double[] overlap = new double[Count];
        foreach (TimeInterval interval in observed)
        {
            for (int bin = 0; bin < overlap.Length; bin++)
                overlap[bin] += (Area(interval.Duration, Axis.EdgeAt(bin + 1)) - Area(interval.Duration, Axis.EdgeAt(bin))) * InverseWidth;
        }

        return overlap;
    }

    // ∫_0^lag max(0, duration - |τ|) dτ.
    private static double Area(double duration, double lag)
    {
        double inside = Math.Clamp(lag, -duration, duration);
        return (duration - (Math.Abs(inside) / 2)) * inside;
    }
}
