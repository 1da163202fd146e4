namespace SpikeStats.Fitting.GoodnessOfFit;

/// <summary>What becomes of the wait from the start of an observed interval to its first spike.</summary>
public enum FirstInterval
{
    /// <summary>It counts: the rescaled wait from a fixed instant is exponential too.</summary>
    Include,

    /// <summary>It is left out, and nothing is carried over, for a model whose history before the observed interval is not known.</summary>
    Drop,
}
