using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Networks;

/// <summary>Where the neurons of a block stand.</summary>
/// <param name="FirstNeuron">The first neuron, counted through the network.</param>
/// <param name="FirstInPopulation">The same, counted through its population.</param>
/// <param name="Count">The number of neurons; at most 65,536, so that 16 bits count them.</param>
/// <param name="IsRecorded">Whether its spikes are written down.</param>
internal readonly record struct BlockAddress(int FirstNeuron, int FirstInPopulation, int Count, bool IsRecorded)
{
    /// <summary>The number of neurons, filled up to whole vectors.</summary>
    public int Width => (Count + RandomLanes.Count - 1) / RandomLanes.Count * RandomLanes.Count;
}
