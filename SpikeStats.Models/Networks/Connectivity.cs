using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Networks;

/// <summary>Who is connected to whom in a projection.</summary>
public abstract record Connectivity
{
    private protected Connectivity()
    {
    }

    /// <summary>What is wrong with the rule between populations of these sizes; null if nothing.</summary>
    internal abstract string? Objection(int sourceCount, int targetCount);

    /// <summary>The synapses on a neuron, as theory sees them: their mean number, and what multiplies the weight.</summary>
    internal virtual IEnumerable<(double InDegree, double Factor)> Inputs(int sourceCount, int targetCount) => [(MeanInDegree(sourceCount), 1)];

    /// <summary>Adds the sources of a target, in any order; a source may stand there several times.</summary>
    internal abstract void AddSources(int target, int sourceCount, RandomStream stream, List<int> sources);

    /// <summary>What multiplies the weight of each synapse; null if all are equal.</summary>
    internal virtual Func<int, int, double>? FactorOf => null;

    private protected abstract double MeanInDegree(int sourceCount);
}
