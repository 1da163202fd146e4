using SpikeStats.Fitting.GoodnessOfFit;

namespace SpikeStats.Fitting.Comparison;

/// <summary>How candidates are compared.</summary>
public sealed record ComparisonOptions
{
    /// <summary>Number of folds; at least 2.</summary>
    /// <value>5 by default.</value>
    public int FoldCount
    {
        get;
        init => field = value >= 2 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Held-out scores need two folds or more.");
    }

    = 5;

    /// <summary>Whether whole trials are held out, dealt to the folds in turn, rather than contiguous blocks of time.</summary>
    /// <value>False by default.</value>
    public bool IsByTrial { get; init; }

    /// <summary>Time before each held-out block on which no model is fitted, in seconds; the longest lag of any candidate if that is longer.</summary>
    /// <value>0.2 s by default.</value>
    public double GuardBand
    {
        get;
        init => field = value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A guard band is a finite time that is not negative.");
    }

    = 0.2;

    /// <summary>Time rescaling of the fits to the whole recording.</summary>
    public TimeRescalingOptions Rescaling { get; init; } = new();
}
