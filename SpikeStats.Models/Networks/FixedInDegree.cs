using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Networks;

/// <summary>Every target hears the same number of sources, each drawn from all of them alike: with replacement, and itself not excluded.</summary>
/// <param name="InDegree">K, the number of inputs per target; not negative.</param>
public sealed record FixedInDegree(int InDegree) : Connectivity
{
    private const int WordBits = 32;

    internal override string? Objection(int sourceCount, int targetCount) => InDegree < 0 ? $"the in-degree is {InDegree}; it must not be negative" : null;

    internal override void AddSources(int target, int sourceCount, RandomStream stream, List<int> sources)
    {
        // 32 bits times the number of sources: uniform to 2⁻³² of it.
        for (int i = 0; i < InDegree; i += 2)
        {
            ulong bits = stream.NextUInt64();
            sources.Add((int)((uint)bits * (ulong)sourceCount >> WordBits));
            if (i + 1 < InDegree) sources.Add((int)((bits >> WordBits) * (ulong)sourceCount >> WordBits));
        }
    }

    private protected override double MeanInDegree(int sourceCount) => InDegree;
}
