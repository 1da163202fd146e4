namespace SpikeStats.Models.Synapses;

/// <summary>Which spikes a spike is paired with.</summary>
public enum SpikePairing
{
    /// <summary>With all earlier spikes of the other side: traces add up.</summary>
    AllToAll = 0,

    /// <summary>With the last earlier one of the other side: traces saturate at 1.</summary>
    NearestNeighbour = 1,
}
