namespace SpikeStats.Statistics;

/// <summary>In what a correlogram is expressed.</summary>
/// <remarks>
/// c is the number of pairs in a bin of width w; n_i and n_j are the numbers of spikes of the reference and the target in the common
/// observed time T; o is the overlap of the bin: the observed time, in seconds, in which the reference can fall so that the target, at a
/// lag of this bin, is still in the same observed interval. E = n_i n_j o w / T² is the number of pairs expected of independent trains.
/// </remarks>
public enum CorrelogramScale
{
    /// <summary>Number of pairs, c, not corrected for edges; E is expected.</summary>
    Count,

    /// <summary>Pairs per second of observation, c / o, in hertz; n_i n_j w / T² is expected.</summary>
    Rate,

    /// <summary>Rate of the target at a lag after a spike of the reference, c T / (n_i o w), in spikes per second; n_j / T is expected.</summary>
    ConditionalIntensity,

    /// <summary>Correlation coefficient, (c - E) T / (o √(n_i n_j)); 0 is expected.</summary>
    /// <remarks>
    /// This is Pearson's coefficient of the two spike counts in bins of width w if the variance of a count is its mean, as it is in bins
    /// so short that they seldom hold two spikes.
    /// </remarks>
    Coefficient,
}
