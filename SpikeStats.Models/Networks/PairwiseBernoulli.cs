using SpikeStats.Models.ScalarFunctions;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Networks;

/// <summary>Every pair of a source and a target is connected with the same probability, independently; a neuron may hear itself.</summary>
/// <param name="Probability">The probability, from 0 to 1.</param>
public sealed record PairwiseBernoulli(double Probability) : Connectivity
{
    internal override string? Objection(int sourceCount, int targetCount) =>
        Probability is >= 0 and <= 1 ? null : FormattableString.Invariant($"the probability of a connection is {Probability}; it must lie between 0 and 1");

    internal override void AddSources(int target, int sourceCount, RandomStream stream, List<int> sources)
    {
        if (Probability == 0) return;

        // Gaps between successes of independent trials are geometric. At a probability of 1 the logarithm is -∞ and every gap 0.
        double scale = 1 / Exponentials.LogOnePlus(-Probability);
        for (double source = Gap(); source < sourceCount; source += 1 + Gap()) sources.Add((int)source);

        double Gap() => Math.Floor(Math.Log(stream.NextDouble()) * scale);
    }

    private protected override double MeanInDegree(int sourceCount) => Probability * sourceCount;
}
