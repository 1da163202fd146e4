namespace SpikeStats.Models.Renewal;

/// <summary>What a renewal process says about the wait from the start of an observed interval to its first spike.</summary>
public enum RenewalStart
{
    /// <summary>
    /// Nothing: the likelihood is conditional on the first spike of each observed interval, and an observed interval without a spike has no
    /// part in it.
    /// </summary>
    FirstSpike = 0,

    /// <summary>
    /// The process has run forever before: the wait has the density S(t) / mean, and an observed interval without a spike the probability of
    /// so long a silence.
    /// </summary>
    Equilibrium = 1,
}
