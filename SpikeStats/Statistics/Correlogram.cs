using System.Data;
using System.Globalization;
using SpikeStats.Plotting;

namespace SpikeStats.Statistics;

/// <summary>The number of pairs of spikes of two units, or of one unit with itself, by lag.</summary>
/// <remarks>
/// <para><b>Lag.</b> lag = t_j - t_i: time of the target minus time of the reference. A peak at positive lags says that the target fires
/// after the reference.</para>
/// <para><b>Bins.</b> Half-open, [edge, edge + BinWidth), with an edge at lag 0 or a bin centred on it
/// (<see cref="CorrelogramOptions.CentredOnZero"/>). A lag that lies on an edge to within rounding (10^-9 of a bin plus 10^-15 of the
/// largest spike time) belongs to the bin that begins there. Exchanging the two units changes the sign of the lag, so that lags exactly on
/// an edge move to the other neighbour of that edge: on a clock of 10 ticks per bin each bin still holds 10 ticks.</para>
/// <para><b>Lag 0.</b> Two spikes of two units at the same instant are one pair, in the bin that holds lag 0. In an autocorrelogram a
/// spike does not meet itself; two spikes of the train, d apart, are a pair at +d and a pair at -d.</para>
/// <para><b>Gaps.</b> Only spikes in the same interval of the common observed time are paired. Long lags therefore have less time to occur in;
/// every scale but the count divides by that time (<see cref="Overlap"/>).</para>
/// <para><b>Independence.</b> For independent trains of constant rate the count in a bin has mean E (given the numbers of spikes, this is
/// exact) and, in short bins, is nearly Poisson distributed. The band is pointwise: of 100 bins, five are expected outside.</para>
/// <para><b>Source:</b> Perkel, Gerstein and Moore, Biophysical Journal 7 (1967) 419-440; Brillinger, Journal of Neurophysiology 68 (1992)
/// and Biological Cybernetics 22 (1976) 213-228 for the conditional intensity.</para>
/// </remarks>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed class Correlogram
{
    private readonly int[] counts;
    private readonly double[] overlap;

    internal Correlogram(SpikeTrain reference, SpikeTrain target, bool isAuto, HistogramBins bins, int[] counts, double[] overlap, double duration)
    {
        Reference = reference.Unit;
        Target = target.Unit;
        ReferenceCount = reference.Count;
        TargetCount = target.Count;
        IsAuto = isAuto;
        Bins = bins;
        Duration = duration;
        this.counts = counts;
        this.overlap = overlap;
    }

    /// <summary>Identifier of the unit whose spikes are at lag 0.</summary>
    public string Reference { get; }

    /// <summary>Identifier of the unit whose spikes are counted around them.</summary>
    public string Target { get; }

    /// <summary>Whether the two units are the same.</summary>
    public bool IsAuto { get; }

    /// <summary>The bins of lag, in seconds.</summary>
    public HistogramBins Bins { get; }

    /// <summary>Number of pairs in each bin.</summary>
    public ReadOnlySpan<int> Counts => counts;

    /// <summary>For each bin, the observed time in which the reference can fall so that the target can still be seen, in seconds: the mean over the lags τ of the bin of Σ_k max(0, D_k - |τ|), D_k the lengths of the observed intervals.</summary>
    public ReadOnlySpan<double> Overlap => overlap;

    /// <summary>Spikes of the reference in the common observed time.</summary>
    public int ReferenceCount { get; }

    /// <summary>Spikes of the target in the common observed time.</summary>
    public int TargetCount { get; }

    /// <summary>The common observed time, in seconds.</summary>
    public double Duration { get; }

    /// <summary>The cross-correlogram of two trains.</summary>
    /// <param name="reference">The train at lag 0.</param>
    /// <param name="target">The train that is counted around it.</param>
    /// <param name="options">Lags and bins; the defaults if omitted.</param>
    /// <returns>The correlogram on the intersection of the observed times of both. Without spikes all counts are 0. Cost O(spikes + pairs).</returns>
    /// <exception cref="ArgumentException">The window is no whole number of bins.</exception>
    public static Correlogram Cross(SpikeTrain reference, SpikeTrain target, CorrelogramOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(target);
        TimeIntervals common = reference.Observed.Intersect(target.Observed);
        SpikeTrain seenReference = reference.Restrict(common), seenTarget = target.Restrict(common);
        LagBins bins = BinsFor(options, seenReference, seenTarget);
        int[] counts = new int[bins.Count];
        for (int interval = 0; interval < common.Count; interval++)
            CountPairs(seenReference.TimesIn(interval), seenTarget.TimesIn(interval), bins, excludeSelf: false, counts);
        return new Correlogram(seenReference, seenTarget, isAuto: false, bins.Axis, counts, bins.Overlap(common), common.Duration);
    }

    /// <summary>The autocorrelogram of a train.</summary>
    /// <param name="train">The train.</param>
    /// <param name="options">Lags and bins; the defaults if omitted.</param>
    /// <returns>The correlogram. With fewer than two spikes all counts are 0. Cost O(spikes + pairs).</returns>
    /// <exception cref="ArgumentException">The window is no whole number of bins.</exception>
    public static Correlogram Auto(SpikeTrain train, CorrelogramOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(train);
        LagBins bins = BinsFor(options, train);
        int[] counts = new int[bins.Count];
        CountOwnPairs(train, bins, counts);
        return new Correlogram(train, train, isAuto: true, bins.Axis, counts, bins.Overlap(train.Observed), train.Observed.Duration);
    }

    /// <summary>The correlogram on a scale.</summary>
    /// <param name="scale">The scale; its documentation gives the formula.</param>
    /// <returns>One value per bin; NaN where the scale divides by zero (no spikes, or a lag longer than every observed interval).</returns>
    public double[] Values(CorrelogramScale scale)
    {
        double[] values = new double[counts.Length];
        for (int bin = 0; bin < values.Length; bin++) values[bin] = OnScale(counts[bin], bin, scale);
        return values;
    }

    /// <summary>What independent trains of constant rate would show on a scale.</summary>
    /// <param name="scale">The scale.</param>
    /// <returns>One value per bin; NaN where the scale divides by zero.</returns>
    public double[] Expected(CorrelogramScale scale)
    {
        double[] expected = new double[counts.Length];
        for (int bin = 0; bin < expected.Length; bin++) expected[bin] = OnScale(ExpectedCount(bin), bin, scale);
        return expected;
    }

    /// <summary>The pointwise band in which the correlogram of independent Poisson trains lies.</summary>
    /// <param name="scale">The scale.</param>
    /// <param name="level">Probability of lying in the band, at least; between 0 and 1.</param>
    /// <returns>Lower and upper bound for every bin: the Poisson quantiles at (1 - level)/2 and (1 + level)/2 of the expected count, put on the scale.</returns>
    public (double[] Lower, double[] Upper) IndependenceBand(CorrelogramScale scale, double level = 0.95)
    {
        PoissonLimits.RequireLevel(level);
        double[] lower = new double[counts.Length], upper = new double[counts.Length];
        for (int bin = 0; bin < counts.Length; bin++)
        {
            double expected = ExpectedCount(bin);
            lower[bin] = OnScale(PoissonLimits.Quantile((1 - level) / 2, expected), bin, scale);
            upper[bin] = OnScale(PoissonLimits.Quantile((1 + level) / 2, expected), bin, scale);
        }

        return (lower, upper);
    }

    /// <summary>The correlogram as a table: lagStart, lagEnd, count, rate, conditionalIntensity, coefficient, expectedCount.</summary>
    /// <returns>One row per bin; lags in seconds.</returns>
    public DataTable ToDataTable()
    {
        DataTable table = new("correlogram") { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("lagStart", typeof(double));
        table.Columns.Add("lagEnd", typeof(double));
        table.Columns.Add("count", typeof(int));
        table.Columns.Add("rate", typeof(double));
        table.Columns.Add("conditionalIntensity", typeof(double));
        table.Columns.Add("coefficient", typeof(double));
        table.Columns.Add("expectedCount", typeof(double));
        for (int bin = 0; bin < counts.Length; bin++)
        {
            table.Rows.Add(
                Bins.EdgeAt(bin), Bins.EdgeAt(bin + 1), counts[bin], OnScale(counts[bin], bin, CorrelogramScale.Rate),
                OnScale(counts[bin], bin, CorrelogramScale.ConditionalIntensity), OnScale(counts[bin], bin, CorrelogramScale.Coefficient), ExpectedCount(bin));
        }

        return table;
    }

    /// <summary>The correlogram as a figure, with what independent trains of constant rate would show and its 95 % band.</summary>
    /// <param name="scale">In what the correlogram is expressed.</param>
    /// <param name="options">Heading, note and size; the heading names the units unless it is set.</param>
    /// <returns>The figure; its caption says how lag zero was treated.</returns>
    public Figure Plot(CorrelogramScale scale = CorrelogramScale.ConditionalIntensity, FigureOptions? options = null)
    {
        (double[] lower, double[] upper) = IndependenceBand(scale);
        options ??= new FigureOptions();
        string units = IsAuto ? $"Unit {Reference}" : $"{Reference} → {Target}";
        return CorrelogramFigure.Of(
            Bins.Edges(), Values(scale), LabelOf(scale), Expected(scale), lower, upper,
            IsAuto ? "a spike does not meet itself" : "coincident spikes are one pair", "95 % band of independent trains",
            options.Title.Length > 0 ? options : options with { Title = units });
    }

    /// <summary>The correlogram for a notebook or a report.</summary>
    /// <returns>A <c>figure</c> element.</returns>
    public string ToHtml() => Plot().ToHtml();

    /// <summary>One line of text: the units, pairs, lags and bin width.</summary>
    /// <returns>The summary, in the invariant culture.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"Correlogram {Reference} -> {Target}: {counts.Sum(count => (long)count)} pairs, lags [{Bins.Start} s, {Bins.End} s), bins of {Bins.BinWidth} s");

    internal static void CountOwnPairs(SpikeTrain train, LagBins bins, Span<int> counts)
    {
        for (int interval = 0; interval < train.Observed.Count; interval++)
        {
            ReadOnlySpan<double> times = train.TimesIn(interval);
            CountPairs(times, times, bins, excludeSelf: true, counts);
        }
    }

    private static void CountPairs(ReadOnlySpan<double> reference, ReadOnlySpan<double> target, LagBins bins, bool excludeSelf, Span<int> counts)
    {
        int first = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            while (first < target.Length && reference[i] - target[first] > bins.Reach) first++;
            for (int j = first; j < target.Length; j++)
            {
                double lag = target[j] - reference[i];
                if (lag > bins.Reach) break;
                int bin = bins.IndexOf(lag);
                if ((uint)bin < (uint)counts.Length && !(excludeSelf && i == j)) counts[bin] = checked(counts[bin] + 1);
            }
        }
    }

    private static string LabelOf(CorrelogramScale scale) => scale switch
    {
        CorrelogramScale.Count => "Pairs of spikes",
        CorrelogramScale.Rate => "Pairs per second",
        CorrelogramScale.ConditionalIntensity => "Rate of the target (spikes/s)",
        CorrelogramScale.Coefficient => "Correlation coefficient",
        _ => throw new ArgumentOutOfRangeException(nameof(scale), scale, "There is no such scale."),
    };

    private static LagBins BinsFor(CorrelogramOptions? options, params ReadOnlySpan<SpikeTrain> trains)
    {
        double rounding = 0;
        foreach (SpikeTrain train in trains) rounding = Math.Max(rounding, HistogramBins.RoundingOf(train));
        return new LagBins(options ?? new CorrelogramOptions(), rounding);
    }

    private double ExpectedCount(int bin)
    {
        // Given the numbers of spikes, independent spikes of constant rate are uniform on the observed time.
        double pairs = IsAuto ? (double)ReferenceCount * Math.Max(ReferenceCount - 1, 0) : (double)ReferenceCount * TargetCount;
        return pairs == 0 ? 0 : pairs * overlap[bin] * Bins.BinWidth / (Duration * Duration);
    }

    private double OnScale(double count, int bin, CorrelogramScale scale) => scale switch
    {
        CorrelogramScale.Count => count,
        CorrelogramScale.Rate => count / overlap[bin],
        CorrelogramScale.ConditionalIntensity => count * Duration / (ReferenceCount * overlap[bin] * Bins.BinWidth),
        CorrelogramScale.Coefficient => (count - ExpectedCount(bin)) * Duration / (overlap[bin] * Math.Sqrt((double)ReferenceCount * TargetCount)),
        _ => throw new ArgumentOutOfRangeException(nameof(scale), scale, "There is no such scale."),
    };
}
