namespace SpikeStats.Statistics;

/// <summary>How a cell answers a step of drive, by the order of its spikes.</summary>
public enum FiringPattern
{
    /// <summary>No spike.</summary>
    Silent,

    /// <summary>A few spikes at the beginning, then silence (phasic).</summary>
    Transient,

    /// <summary>Spikes at an almost constant rate.</summary>
    Tonic,

    /// <summary>Intervals that grow.</summary>
    Adapting,

    /// <summary>A first spike that comes late for the rate that follows.</summary>
    Delayed,

    /// <summary>A burst at the beginning, then single spikes.</summary>
    InitialBurst,

    /// <summary>Bursts at an almost constant rate.</summary>
    RegularBursting,

    /// <summary>Neighbouring intervals that differ much, without order.</summary>
    Irregular,
}
