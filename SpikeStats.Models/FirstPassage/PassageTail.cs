namespace SpikeStats.Models.FirstPassage;

/// <summary>What is inverted: the density, or the probability on one side of a time.</summary>
internal enum PassageTail
{
    /// <summary>The density: the transform ρ(L) itself.</summary>
    None = 0,

    /// <summary>The probability that the passage came before: ρ(L)/L to the right of its pole at zero.</summary>
    Early = 1,

    /// <summary>The probability that it comes later: -ρ(L)/L to the left of the pole.</summary>
    Late = 2,
}
