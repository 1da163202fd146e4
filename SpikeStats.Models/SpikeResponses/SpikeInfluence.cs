namespace SpikeStats.Models.SpikeResponses;

/// <summary>How the spikes of a unit act on a spike response neuron.</summary>
/// <param name="Source">Identifier of the unit.</param>
/// <param name="Kernel">What a spike adds to the membrane.</param>
public sealed record SpikeInfluence(string Source, ResponseKernel Kernel);
