using System.Numerics;
using MathNet.Numerics.IntegralTransforms;
using SpikeStats.Models.MeanField;
using SpikeStats.Statistics;

namespace SpikeStats.Models.Networks;

/// <summary>How a network fires, read from its spikes alone: simulated ones or recorded ones.</summary>
/// <remarks>
/// A network is synchronous if its population rate is modulated by more than chance: with n spikes per bin, depth² = (var n - mean n)/(mean n)². Of N independent neurons the depth is 0; chance
/// fluctuations of a network that is not synchronous shrink as 1/√N, oscillations of one that is do not. It is fast by the peak of the spectrum, and regular by the coefficient of variation of
/// single neurons.
/// <para><b>Accuracy:</b> tested at the four places of Brunel's figure 8. <b>Source:</b> Brunel, J Comput Neurosci 8:183 (2000), section 6.</para>
/// </remarks>
/// <param name="Rate">The mean rate per neuron, in hertz.</param>
/// <param name="CoefficientOfVariation">The mean over neurons of that of their interspike intervals, dimensionless; NaN if no neuron has enough.</param>
/// <param name="ModulationDepth">The standard deviation of the population rate beyond that of independent Poisson neurons, relative to its mean, dimensionless; 0 if it is less variable than those.</param>
/// <param name="PairCorrelation">The mean correlation coefficient of the spike counts of two neurons in a bin, dimensionless; NaN below two neurons or without spikes.</param>
/// <param name="PeakFrequency">The frequency of the highest peak of the spectrum of the population rate, in hertz; NaN if no segment fits into the recording.</param>
/// <param name="PeakRatio">The height of that peak relative to the level of independent Poisson neurons, dimensionless; NaN if no segment fits into the recording.</param>
/// <param name="Regime">The name of the state.</param>
public sealed record NetworkActivity(
    double Rate, double CoefficientOfVariation, double ModulationDepth, double PairCorrelation, double PeakFrequency, double PeakRatio, NetworkRegime Regime)
{
    // Coefficients of variation of fewer intervals are biased.
    private const int LeastIntervals = 5;

    /// <summary>Reads the state.</summary>
    /// <param name="recording">The spikes of the neurons.</param>
    /// <param name="options">Where states part.</param>
    /// <returns>The state; that of a silent network is asynchronous and irregular.</returns>
    /// <exception cref="ArgumentException">The recording has no unit.</exception>
    public static NetworkActivity Of(Recording recording, NetworkActivityOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(recording);
        if (recording.UnitCount == 0) throw new ArgumentException("The activity of a network without units is not defined.", nameof(recording));
        options ??= new NetworkActivityOptions();
        BinGrid grid = new(recording.Observed, options.BinWidth);
        SpikeCounts counts = SpikeCounts.FromRecording(recording, grid);
        double[] population = new double[grid.BinCount];
        double own = 0;
        for (int unit = 0; unit < recording.UnitCount; unit++)
        {
            ReadOnlySpan<int> bins = counts.BinsOf(unit);
            foreach (int bin in bins) population[bin]++;
            own += VarianceOf(bins, grid.BinCount);
        }

        double mean = population.Average(), variance = population.Sum(count => (count - mean) * (count - mean)) / grid.BinCount;
        double depth = mean > 0 ? Math.Sqrt(Math.Max(0, variance - mean)) / mean : 0;
        double correlation = ((variance / own) - 1) / (recording.UnitCount - 1);
        double[] variations = [.. recording.Trains.Select(InterspikeIntervals.Of).Where(intervals => intervals.Count >= LeastIntervals).Select(intervals => intervals.CoefficientOfVariation)];
        double variation = variations.Length > 0 ? variations.Average() : double.NaN;
        (double frequency, double height) = Peak(population, grid, options);
        NetworkRegime regime = (depth >= options.SynchronousFrom, variation < options.RegularBelow) switch
        {
            (false, false) => NetworkRegime.AsynchronousIrregular,
            (false, true) => NetworkRegime.AsynchronousRegular,
            (true, true) => NetworkRegime.SynchronousRegular,
            _ => frequency >= options.FastFrom ? NetworkRegime.SynchronousIrregularFast : NetworkRegime.SynchronousIrregularSlow,
        };
        return new NetworkActivity(mean / options.BinWidth / recording.UnitCount, variation, depth, correlation, frequency, height, regime);
    }

    // The bins of the spikes ascend.
    private static double VarianceOf(ReadOnlySpan<int> bins, int binCount)
    {
        double square = 0, mean = (double)bins.Length / binCount;
        for (int i = 0; i < bins.Length;)
        {
            int first = i;
            while (i < bins.Length && bins[i] == bins[first]) i++;
            square += (double)(i - first) * (i - first);
        }

        return (square / binCount) - (mean * mean);
    }

    private static (double Frequency, double Ratio) Peak(double[] population, BinGrid grid, NetworkActivityOptions options)
    {
        int length = (int)(options.SegmentDuration / options.BinWidth);
        double[] power = new double[(length / 2) + 1];
        double spikes = 0;
        int segments = 0;
        foreach (BinSegment observed in grid.Segments)
        {
            for (int start = observed.FirstBin; start + length <= observed.FirstBin + observed.BinCount; start += length)
            {
                ReadOnlySpan<double> counts = population.AsSpan(start, length);
                double mean = 0;
                foreach (double count in counts) mean += count / length;
                Complex[] transform = new Complex[length];
                for (int i = 0; i < length; i++) transform[i] = (counts[i] - mean) * Math.Sqrt(2.0 / 3) * (1 - Math.Cos(2 * Math.PI * (i + 0.5) / length));
                Fourier.Forward(transform, FourierOptions.NoScaling);
                for (int k = 0; k < power.Length; k++) power[k] += (transform[k].Real * transform[k].Real) + (transform[k].Imaginary * transform[k].Imaginary);
                spikes += mean * length;
                segments++;
            }
        }

        if (segments == 0 || power.Length < 3) return (double.NaN, double.NaN);

        // Hann's taper leaks over the frequency next to 0, from which the mean was taken off.
        int peak = 2;
        for (int k = 2; k < power.Length; k++)
        {
            if (power[k] > power[peak]) peak = k;
        }

        return (peak / (length * options.BinWidth), power[peak] / spikes);
    }
}
