namespace SpikeStats.Models.Networks;

/// <summary>All that reaches the neurons of a block from the network.</summary>
/// <param name="Jumps">Jumps of the voltage on their way.</param>
/// <param name="Currents">Synaptic currents, by time constant.</param>
/// <param name="Synapses">The synapses, in the order of the projections.</param>
internal sealed record BlockInputs(ArrivalRing Jumps, SynapticCurrent[] Currents, IReadOnlyList<BlockSynapses> Synapses);
