namespace SpikeStats.Statistics;

/// <summary>The mean firing rate of a train with its exact confidence interval.</summary>
/// <remarks>
/// Rate = n / T: spikes over observed time. The interval is that of the mean of a Poisson count, divided by T: it holds for a Poisson
/// train and is too wide for a regular one, too narrow for bursts.
/// <para><b>Source:</b> Garwood, Biometrika 28 (1936) 437-442.</para>
/// </remarks>
/// <param name="SpikeCount">Number of spikes.</param>
/// <param name="Duration">Observed time, in seconds.</param>
/// <param name="Rate">Spikes per second; NaN if nothing was observed.</param>
/// <param name="Lower">Lower confidence limit, in spikes per second; 0 without spikes.</param>
/// <param name="Upper">Upper confidence limit, in spikes per second; finite even without spikes.</param>
/// <param name="Level">Coverage of the interval, at least: a probability between 0 and 1.</param>
public sealed record FiringRate(int SpikeCount, double Duration, double Rate, double Lower, double Upper, double Level)
{
    /// <summary>The rate of a train.</summary>
    /// <param name="train">The train.</param>
    /// <param name="level">Coverage of the confidence interval, a probability between 0 and 1.</param>
    /// <returns>The rate; rate and limits are NaN if nothing was observed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The level does not lie between 0 and 1.</exception>
    public static FiringRate Of(SpikeTrain train, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(train);
        double duration = train.Observed.Duration;
        (double lower, double upper) = PoissonLimits.MeanInterval(train.Count, level);
        return duration > 0
            ? new FiringRate(train.Count, duration, train.Count / duration, lower / duration, upper / duration, level)
            : new FiringRate(train.Count, duration, double.NaN, double.NaN, double.NaN, level);
    }
}
