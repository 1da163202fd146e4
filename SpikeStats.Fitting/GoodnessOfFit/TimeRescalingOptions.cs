namespace SpikeStats.Fitting.GoodnessOfFit;

/// <summary>Options of <see cref="TimeRescaling"/>.</summary>
public sealed record TimeRescalingOptions
{
    /// <summary>Seed of the uniform numbers that place a spike within its bin; used for models on bins only.</summary>
    /// <remarks>Units draw from streams of their own, by their identifier, whatever other units there are.</remarks>
    /// <value>0 by default.</value>
    public ulong Seed { get; init; }

    /// <summary>What becomes of the first interval of each stretch of observation.</summary>
    /// <value><see cref="FirstInterval.Include"/> by default.</value>
    public FirstInterval FirstInterval { get; init; }

    /// <summary>What becomes of the wait that the end of a stretch of observation cuts off.</summary>
    /// <value><see cref="Censoring.CarryOver"/> by default.</value>
    public Censoring Censoring { get; init; }

    /// <summary>How often the test of a model on bins is repeated with new uniform numbers, so that the verdict does not hang on one draw; positive.</summary>
    /// <value>21 by default.</value>
    public int Draws { get; init; } = 21;

    /// <summary>Number of lags of the autocorrelation, not negative; at most a fifth of the intervals are used.</summary>
    /// <value>20 by default.</value>
    public int Lags { get; init; } = 20;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Draws, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Lags);
        if (!Enum.IsDefined(FirstInterval)) throw new ArgumentOutOfRangeException(nameof(FirstInterval), FirstInterval, "There is no such choice.");
        if (!Enum.IsDefined(Censoring)) throw new ArgumentOutOfRangeException(nameof(Censoring), Censoring, "There is no such choice.");
    }
}
