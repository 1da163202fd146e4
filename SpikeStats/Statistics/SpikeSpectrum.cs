using System.Data;
using System.Globalization;
using System.Numerics;
using MathNet.Numerics.Distributions;
using SpikeStats.Plotting;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Statistics;

/// <summary>The power spectrum of a spike train as a point process.</summary>
/// <remarks>
/// For a segment of length T that starts at t_0 and holds n spikes at t_j, a taper h of unit energy and the frequency f,
/// J(f) = Σ_j h(t_j - t_0) exp(-2πi f (t_j - t_0)) - (n/T) ∫ h(t) exp(-2πi f t) dt; the spectrum is the mean of |J|² over segments and
/// tapers. The second term takes off the mean rate. The spectrum is two-sided, in spikes² per second and hertz: a Poisson train has the
/// level of its rate at every frequency, and S(f)/rate tends to CV² of a renewal train for f → 0.
/// <para>Sums run over the spikes themselves. Nothing is binned, so that there is no aliasing and no loss near a Nyquist frequency, which
/// a fast Fourier transform of counts would bring. Sine tapers are used rather than Slepian sequences because they are known at every
/// instant, as spikes need, and nearly minimise the local bias. Frequencies are m/T, m = 1, 2, …; at 0 the mean has been taken off.</para>
/// <para>Segments lie inside observed intervals; what is shorter than a segment is left out.</para>
/// <para><b>Cost:</b> O(spikes · frequencies · tapers).</para>
/// <para><b>Source:</b> Bartlett, Journal of the Royal Statistical Society B 25 (1963) 264-296; Jarvis and Mitra, Neural Computation 13
/// (2001) 717-749; Riedel and Sidorenko, IEEE Transactions on Signal Processing 43 (1995) 188-195; Welch, IEEE Transactions on Audio and
/// Electroacoustics 15 (1967) 70-73.</para>
/// </remarks>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed class SpikeSpectrum
{
    // Squared correlation of two Hann tapers that overlap by half: (∫ h(t) h(t + T/2) dt)² = 1/36.
    private const double HalfOverlapCorrelation = 1.0 / 36;

    private readonly double[] frequencies;
    private readonly double[] values;

    private SpikeSpectrum(string unit, double[] frequencies, double[] values, double rate, int segmentCount, double segmentDuration, double degreesOfFreedom, double bandwidth)
    {
        Unit = unit;
        this.frequencies = frequencies;
        this.values = values;
        Rate = rate;
        SegmentCount = segmentCount;
        SegmentDuration = segmentDuration;
        DegreesOfFreedom = degreesOfFreedom;
        Bandwidth = bandwidth;
    }

    /// <summary>Identifier of the unit.</summary>
    public string Unit { get; }

    /// <summary>Frequencies, in hertz, ascending from 1/SegmentDuration.</summary>
    public ReadOnlySpan<double> Frequencies => frequencies;

    /// <summary>The spectrum at each frequency, in spikes² per second and hertz; NaN if no segment fits into the observed time.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>Mean rate in the segments, in spikes per second: the level of a Poisson train.</summary>
    public double Rate { get; }

    /// <summary>Number of segments.</summary>
    public int SegmentCount { get; }

    /// <summary>Length of a segment, in seconds.</summary>
    public double SegmentDuration { get; }

    /// <summary>Degrees of freedom of the estimate at each frequency: 2 · tapers · segments, fewer if segments overlap.</summary>
    public double DegreesOfFreedom { get; }

    /// <summary>Width of the band of frequencies over which the estimate averages, in hertz: (tapers + 1)/T for sine tapers, 1.5/T for Hann's.</summary>
    public double Bandwidth { get; }

    /// <summary>The multitaper spectrum with sine tapers, averaged over segments side by side.</summary>
    /// <param name="train">The train.</param>
    /// <param name="options">Segments, frequencies and tapers; the defaults if omitted.</param>
    /// <returns>The spectrum; NaN if no segment fits, 0 without spikes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is not positive, or the highest frequency lies below 1/SegmentDuration.</exception>
    public static SpikeSpectrum Multitaper(SpikeTrain train, SpectrumOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(train);
        options ??= new SpectrumOptions();
        int frequencyCount = Validate(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.TaperCount, 1, nameof(options));
        double[] starts = [.. SegmentStarts(train.Observed, options.SegmentDuration, overlap: false).Select(segment => segment.Start)];
        return Estimate(
            train, starts, options.SegmentDuration, frequencyCount, SpectralTaper.Sines(options.SegmentDuration, options.TaperCount),
            2.0 * options.TaperCount * starts.Length, (options.TaperCount + 1) / options.SegmentDuration);
    }

    /// <summary>Welch's spectrum: Hann taper, segments overlapping by half.</summary>
    /// <param name="train">The train.</param>
    /// <param name="options">Segments and frequencies; the defaults if omitted.</param>
    /// <returns>The spectrum; NaN if no segment fits, 0 without spikes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is not positive, or the highest frequency lies below 1/SegmentDuration.</exception>
    public static SpikeSpectrum Welch(SpikeTrain train, SpectrumOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(train);
        options ??= new SpectrumOptions();
        int frequencyCount = Validate(options);
        List<(double Start, bool OverlapsPrevious)> segments = SegmentStarts(train.Observed, options.SegmentDuration, overlap: true);
        int overlaps = segments.Count(segment => segment.OverlapsPrevious);
        double freedom = 2.0 * segments.Count / (1 + (2 * HalfOverlapCorrelation * overlaps / Math.Max(segments.Count, 1)));
        return Estimate(
            train, [.. segments.Select(segment => segment.Start)], options.SegmentDuration, frequencyCount,
            [SpectralTaper.Hann(options.SegmentDuration)], freedom, 1.5 / options.SegmentDuration);
    }

    /// <summary>The pointwise confidence interval of the spectrum: ν S / χ² quantiles with ν degrees of freedom.</summary>
    /// <param name="level">Coverage, a probability between 0 and 1.</param>
    /// <returns>Lower and upper limits, one per frequency; NaN without segments.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The level does not lie between 0 and 1.</exception>
    public (double[] Lower, double[] Upper) ConfidenceBand(double level = 0.95)
    {
        (double low, double high) = Quantiles(level);
        return (Array.ConvertAll(values, value => value / high), Array.ConvertAll(values, value => value / low));
    }

    /// <summary>The band in which the estimate of a Poisson train of the same rate lies at each frequency.</summary>
    /// <param name="level">Probability, between 0 and 1.</param>
    /// <returns>Lower and upper bound, the same at every frequency; NaN without segments.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The level does not lie between 0 and 1.</exception>
    public (double Lower, double Upper) PoissonBand(double level = 0.95)
    {
        (double low, double high) = Quantiles(level);
        return (Rate * low, Rate * high);
    }

    /// <summary>The spectrum as a table: frequency, value, lower, upper (95 % confidence limits).</summary>
    /// <returns>One row per frequency.</returns>
    public DataTable ToDataTable()
    {
        DataTable table = new("spectrum") { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("frequency", typeof(double));
        table.Columns.Add("value", typeof(double));
        table.Columns.Add("lower", typeof(double));
        table.Columns.Add("upper", typeof(double));
        (double[] lower, double[] upper) = ConfidenceBand();
        for (int m = 0; m < values.Length; m++) table.Rows.Add(frequencies[m], values[m], lower[m], upper[m]);
        return table;
    }

    /// <summary>The spectrum as a figure, with its 95 % confidence band and the level of a Poisson train.</summary>
    /// <param name="isLogarithmic">Whether both axes are logarithmic.</param>
    /// <param name="options">Heading, note and size.</param>
    /// <returns>The figure; the caption names segments and bandwidth.</returns>
    public Figure Plot(bool isLogarithmic = false, FigureOptions? options = null)
    {
        (double[] lower, double[] upper) = ConfidenceBand();
        string method = $"{CaptionText.Count(SegmentCount, "segment")} of {NumberText.Short(SegmentDuration)} s; bandwidth {NumberText.Short(Bandwidth, 3)} Hz";
        return SpectrumFigure.Of(frequencies, values, lower, upper, Rate, isLogarithmic, method, options);
    }

    /// <summary>The spectrum for a notebook or a report.</summary>
    /// <returns>A <c>figure</c> element.</returns>
    public string ToHtml() => Plot(options: new FigureOptions { Title = Unit.Length == 0 ? "" : $"Unit {Unit}" }).ToHtml();

    private static SpikeSpectrum Estimate(
        SpikeTrain train, double[] starts, double duration, int frequencyCount, SpectralTaper[] tapers, double freedom, double bandwidth)
    {
        TaperedTransform transform = new(tapers, duration, frequencyCount);
        double[] sum = new double[frequencyCount];
        long spikes = 0;
        foreach (double start in starts)
        {
            ReadOnlySpan<double> times = train.TimesIn(new TimeInterval(start, start + duration));
            spikes += times.Length;
            transform.AddPower(times, start, sum);
        }

        double[] values = Array.ConvertAll(sum, power => power / (tapers.Length * starts.Length));
        double[] frequencies = [.. Enumerable.Range(1, frequencyCount).Select(m => m / duration)];
        return new SpikeSpectrum(train.Unit, frequencies, values, spikes / (starts.Length * duration), starts.Length, duration, freedom, bandwidth);
    }

    private static List<(double Start, bool OverlapsPrevious)> SegmentStarts(TimeIntervals observed, double duration, bool overlap)
    {
        double step = overlap ? duration / 2 : duration;
        List<(double, bool)> segments = [];
        foreach (TimeInterval interval in observed)
        {
            int count = 1 + (int)Math.Floor(((interval.Duration - duration) / step) + HistogramBins.Slack);
            for (int segment = 0; segment < count; segment++) segments.Add((interval.Start + (segment * step), overlap && segment > 0));
        }

        return segments;
    }

    private static int Validate(SpectrumOptions options)
    {
        if (!(options.SegmentDuration > 0) || !double.IsFinite(options.SegmentDuration))
            throw new ArgumentOutOfRangeException(nameof(options), options.SegmentDuration, "The segment duration must be positive.");
        double count = Math.Floor((options.MaximumFrequency * options.SegmentDuration) + HistogramBins.Slack);
        if (!(count >= 1) || count > Array.MaxLength)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.MaximumFrequency, "The highest frequency must be finite and at least one over the segment duration.");
        }

        return (int)count;
    }

    private (double Low, double High) Quantiles(double level)
    {
        PoissonLimits.RequireLevel(level);
        return DegreesOfFreedom > 0
            ? (ChiSquared.InvCDF(DegreesOfFreedom, (1 - level) / 2) / DegreesOfFreedom, ChiSquared.InvCDF(DegreesOfFreedom, (1 + level) / 2) / DegreesOfFreedom)
            : (double.NaN, double.NaN);
    }
}
