namespace SpikeStats.Fitting.Hawkes;

/// <summary>Which limit a parameter of a profile has run into.</summary>
internal enum Limit
{
    /// <summary>None: the parameter is free.</summary>
    None = 0,

    /// <summary>The smallest value that is tried.</summary>
    Low = 1,

    /// <summary>The largest value that is tried.</summary>
    High = 2,
}
