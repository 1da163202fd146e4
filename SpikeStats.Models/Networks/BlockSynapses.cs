namespace SpikeStats.Models.Networks;

/// <summary>The synapses of a projection on a block, and where their effects go.</summary>
/// <param name="Table">The synapses.</param>
/// <param name="SourceBlocks">The blocks of the source population.</param>
/// <param name="Weight">What a spike adds to <paramref name="Arrivals"/>, in volts.</param>
/// <param name="Delay">In steps.</param>
/// <param name="Arrivals">Where it is added.</param>
internal sealed record BlockSynapses(SynapseTable Table, Range SourceBlocks, double Weight, int Delay, ArrivalRing Arrivals);
