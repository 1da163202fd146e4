using SpikeStats.Fitting.Glm;

namespace SpikeStats.Fitting.ModelSelection;

/// <summary>How held-out data are chosen.</summary>
public sealed record CrossValidationOptions
{
    /// <summary>Number of folds; at least 2.</summary>
    /// <value>5 by default.</value>
    public int FoldCount
    {
        get;
        init => field = value >= 2 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Cross-validation needs two folds or more.");
    }

    = 5;

    /// <summary>Whether whole trials are held out, dealt to the folds in turn, rather than contiguous blocks of time.</summary>
    /// <value>False by default.</value>
    public bool IsByTrial { get; init; }

    /// <summary>How each fold is fitted.</summary>
    public GlmFitOptions Fit { get; init; } = new();
}
