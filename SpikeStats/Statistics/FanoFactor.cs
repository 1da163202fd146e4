using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MathNet.Numerics.Distributions;

namespace SpikeStats.Statistics;

/// <summary>The variance of spike counts over their mean: 1 for a Poisson train, smaller for a regular one.</summary>
/// <remarks>
/// F = s² / m, with m the mean and s² the variance (divisor n - 1) of n counts.
/// <para><b>Confidence interval:</b> by the delta method on the logarithm of F from the central moments of the counts themselves,
/// F·exp(±z·SE/F) with SE² = [(μ4 - s⁴)/m² - 2 s² μ3/m³ + s⁶/m⁴] / n. It assumes independent counts and no particular distribution; for
/// Poisson counts SE² is 2/n. Below some 30 counts it is too narrow.</para>
/// <para><b>Poisson band:</b> where F lies if the counts are Poisson: quantiles of the gamma distribution with shape (n - 1)/2 and scale
/// 2/(n - 1). This tests a Poisson train; it is no confidence interval of any other.</para>
/// <para><b>Source:</b> Eden and Kramer, Journal of Neuroscience Methods 190 (2010) 149-152 for the band.</para>
/// </remarks>
public sealed class FanoFactor
{
    private readonly int[] counts;

    private FanoFactor(int[] counts, double window, double level)
    {
        PoissonLimits.RequireLevel(level);
        this.counts = counts;
        Window = window;
        Level = level;
        int n = counts.Length;
        long sum = 0;
        foreach (int count in counts) sum += count;
        Mean = (double)sum / n;
        double second = 0, third = 0, fourth = 0;
        foreach (int count in counts)
        {
            double deviation = count - Mean, square = deviation * deviation;
            second += square;
            third += square * deviation;
            fourth += square * square;
        }

        Variance = n > 1 ? second / (n - 1) : double.NaN;
        Value = Variance / Mean;
        StandardError = ErrorOf(Mean, Variance, third / n, fourth / n, n);
        double factor = Math.Exp(Normal.InvCDF(0, 1, (1 + level) / 2) * StandardError / Value);
        (Lower, Upper) = StandardError > 0 ? (Value / factor, Value * factor) : (Value, Value);
    }

    /// <summary>Length of the counting window, in seconds.</summary>
    public double Window { get; }

    /// <summary>Number of spikes in each window.</summary>
    public ReadOnlySpan<int> Counts => counts;

    /// <summary>Number of windows.</summary>
    public int WindowCount => counts.Length;

    /// <summary>Mean count; NaN without windows.</summary>
    public double Mean { get; }

    /// <summary>Variance of the counts, divisor n - 1; NaN with fewer than two windows.</summary>
    public double Variance { get; }

    /// <summary>The Fano factor, dimensionless; NaN with fewer than two windows or without spikes.</summary>
    public double Value { get; }

    /// <summary>Standard error of the Fano factor (delta method), dimensionless; NaN where the Fano factor is.</summary>
    public double StandardError { get; }

    /// <summary>Coverage of the confidence interval, a probability between 0 and 1.</summary>
    public double Level { get; }

    /// <summary>Lower confidence limit of the Fano factor, dimensionless; NaN where the Fano factor is.</summary>
    public double Lower { get; }

    /// <summary>Upper confidence limit of the Fano factor, dimensionless; NaN where the Fano factor is.</summary>
    public double Upper { get; }

    /// <summary>The Fano factor of a train in windows laid side by side.</summary>
    /// <remarks>
    /// Windows start at the start of each observed interval; a last fraction of a window is left out. A spike on an edge to within rounding
    /// belongs to the window that begins there, as in a <see cref="BinGrid"/>.
    /// </remarks>
    /// <param name="train">The train.</param>
    /// <param name="window">Length of a window, in seconds; positive.</param>
    /// <param name="level">Coverage of the confidence interval, a probability between 0 and 1.</param>
    /// <returns>The Fano factor; NaN with fewer than two windows or without spikes. Cost O(n).</returns>
    /// <exception cref="ArgumentOutOfRangeException">The window is not positive, or the level does not lie between 0 and 1.</exception>
    public static FanoFactor Of(SpikeTrain train, double window, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(train);
        BinGrid grid = new(train.Observed, window);
        double slack = (HistogramBins.Slack * window) + (HistogramBins.RoundingOf(train) / 2);
        int[] counts = new int[grid.BinCount];
        foreach (BinSegment segment in grid.Segments)
        {
            ReadOnlySpan<double> times = train.TimesIn(new TimeInterval(segment.Start, segment.Start + (segment.BinCount * window)));
            for (int bin = 0; bin < segment.BinCount; bin++)
            {
                // A spike just below an edge counts as on it, except at the end of the run, where no window begins.
                double edge = segment.Start + ((bin + 1) * window);
                int count = CountBefore(times, bin + 1 == segment.BinCount ? edge : edge - slack);
                counts[segment.FirstBin + bin] = count;
                times = times[count..];
            }
        }

        return new FanoFactor(counts, window, level);
    }

    /// <summary>The Fano factor over trials: one count per trial, in the same window of trial time.</summary>
    /// <param name="train">The train.</param>
    /// <param name="trials">The trials.</param>
    /// <param name="window">The window in trial time, in seconds after each trial's zero; trials in which it was not wholly observed are left out.</param>
    /// <param name="level">Coverage of the confidence interval, a probability between 0 and 1.</param>
    /// <returns>The Fano factor; NaN with fewer than two trials or without spikes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The window is empty, or the level does not lie between 0 and 1.</exception>
    public static FanoFactor OverTrials(SpikeTrain train, IReadOnlyList<Trial> trials, TimeInterval window, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(trials);
        HistogramBins bins = new(window.Start, window.Duration, 1);
        List<int> counts = new(trials.Count);
        foreach (Trial trial in trials)
        {
            TimeInterval counted = window.Shift(trial.Zero);
            TimeIntervals seen = train.Observed.Intersect(TimeIntervals.FromSorted(trial.Interval)).Intersect(TimeIntervals.FromSorted(counted));
            double rounding = 1e-15 * Math.Max(Math.Abs(counted.Start), Math.Abs(counted.End)), slack = (window.Duration * HistogramBins.Slack) + rounding;
            if (seen.Duration < counted.Duration - slack) continue;
            int count = 0;
            foreach (double time in train.TimesIn(new TimeInterval(counted.Start - slack, counted.End)))
            {
                if (bins.BinOf(time - trial.Zero, rounding) == 0) count++;
            }

            counts.Add(count);
        }

        return new FanoFactor([.. counts], window.Duration, level);
    }

    /// <summary>Where the Fano factor of Poisson counts lies.</summary>
    /// <param name="level">Probability of lying in the band, between 0 and 1.</param>
    /// <returns>Lower and upper bound; NaN with fewer than two windows.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The level does not lie between 0 and 1.</exception>
    public (double Lower, double Upper) PoissonBand(double level = 0.95)
    {
        PoissonLimits.RequireLevel(level);
        int freedom = WindowCount - 1;
        return freedom < 1
            ? (double.NaN, double.NaN)
            : (ChiSquared.InvCDF(freedom, (1 - level) / 2) / freedom, ChiSquared.InvCDF(freedom, (1 + level) / 2) / freedom);
    }

    /// <summary>One line of text: the Fano factor, its interval and the windows.</summary>
    /// <returns>The summary, in the invariant culture.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"Fano factor {Value:G4} [{Lower:G4}, {Upper:G4}] in {WindowCount} windows of {Window} s");

    private static double ErrorOf(double mean, double variance, double third, double fourth, int n)
    {
        double square = variance * variance, meanSquare = mean * mean;
        double sum = ((fourth - square) / meanSquare) - (2 * variance * third / (meanSquare * mean)) + (square * variance / (meanSquare * meanSquare));

        // Rounding may leave a sum just below zero; NaN stays NaN.
        return Math.Sqrt(Math.Max(sum, 0) / n);
    }

    private static int CountBefore(ReadOnlySpan<double> ascending, double bound)
    {
        int count = 0;
        ref double first = ref MemoryMarshal.GetReference(ascending);
        Vector512<double> bounds = Vector512.Create(bound);
        while (count <= ascending.Length - Vector512<double>.Count)
        {
            int before = BitOperations.PopCount(Vector512.LessThan(Vector512.LoadUnsafe(ref first, (nuint)count), bounds).ExtractMostSignificantBits());
            count += before;
            if (before < Vector512<double>.Count) return count;
        }

        while (count < ascending.Length && ascending[count] < bound) count++;
        return count;
    }
}
