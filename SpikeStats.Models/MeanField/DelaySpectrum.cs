namespace SpikeStats.Models.MeanField;

/// <summary>The leading modes of a network about a fixed point.</summary>
/// <param name="Eigenvalues">The modes found, by falling growth rate; of a conjugate pair the one with positive frequency.</param>
/// <param name="UnstableCount">The number of growing modes up to the highest frequency, counted by the argument principle; a conjugate pair counts once.</param>
public sealed record DelaySpectrum(IReadOnlyList<DelayEigenvalue> Eigenvalues, int UnstableCount)
{
    /// <summary>Whether no mode up to the highest frequency grows.</summary>
    public bool IsStable => UnstableCount == 0;

    /// <summary>Whether the iterations found as many growing modes as there are.</summary>
    public bool IsComplete => Eigenvalues.Count(value => value.GrowthRate > 0) == UnstableCount;
}
