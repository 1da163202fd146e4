using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Networks;

/// <summary>Neuron i of the source is connected to neuron i of the target.</summary>
public sealed record OneToOne : Connectivity
{
    internal override string? Objection(int sourceCount, int targetCount) =>
        sourceCount == targetCount ? null : $"one-to-one connections need populations of the same size, not {sourceCount} and {targetCount}";

    internal override void AddSources(int target, int sourceCount, RandomStream stream, List<int> sources) => sources.Add(target);

    private protected override double MeanInDegree(int sourceCount) => 1;
}
