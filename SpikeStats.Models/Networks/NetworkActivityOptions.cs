namespace SpikeStats.Models.Networks;

/// <summary>How the state of a network is read from its spikes.</summary>
public sealed record NetworkActivityOptions
{
    /// <summary>The width of the bins of the population rate, in seconds.</summary>
    /// <value>0.5 ms by default; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double BinWidth { get; init => field = Positive(value, "The width of a bin must be positive and finite, in seconds."); } = 0.5e-3;

    /// <summary>The length of the segments of the spectrum of the population rate, in seconds; its frequencies are the inverse of it apart.</summary>
    /// <value>0.25 s by default; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double SegmentDuration { get; init => field = Positive(value, "The length of a segment must be positive and finite, in seconds."); } = 0.25;

    /// <summary>The modulation depth from which a network is called synchronous, dimensionless.</summary>
    /// <value>
    /// 0.75 by default: a sinusoid that reaches zero in each cycle has 0.71, and narrow volleys more. Chance fluctuations of Brunel's network of 12,500 neurons in its asynchronous state, which it
    /// amplifies near the frequency of its loop, already have 0.57; they fall as 1/√N.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double SynchronousFrom { get; init => field = Positive(value, "The modulation depth must be positive and finite, dimensionless."); } = 0.75;

    /// <summary>The coefficient of variation below which firing is called regular, dimensionless.</summary>
    /// <value>0.3 by default: below what networks do whose neurons fire at random times, above that of clocks. Theory for white noise draws its line at 0.5, but spikes are not as random as it takes them.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double RegularBelow { get; init => field = Positive(value, "The coefficient of variation must be positive and finite, dimensionless."); } = 0.3;

    /// <summary>The frequency from which an oscillation is called fast, in hertz.</summary>
    /// <value>70 Hz by default, between the two families of Brunel's network.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double FastFrom { get; init => field = Positive(value, "The frequency must be positive and finite, in hertz."); } = 70;

    private static double Positive(double value, string message) => value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, message);
}
