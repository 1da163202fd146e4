namespace SpikeStats.Fitting.Decoding;

/// <summary>How tuning curves are estimated from a recording and a position signal.</summary>
public sealed record TuningCurveOptions
{
    /// <summary>Lowest position, in the unit of the signal; null for the smallest value that was seen.</summary>
    /// <value>null by default.</value>
    public double? Lowest { get; init; }

    /// <summary>Highest position, in the unit of the signal; null for the largest value that was seen.</summary>
    /// <value>null by default.</value>
    public double? Highest { get; init; }

    /// <summary>Number of equal cells between the lowest and the highest position; at least 2.</summary>
    /// <value>50 by default.</value>
    public int PositionCount { get; init; } = 50;

    /// <summary>Standard deviation of the Gaussian that smooths spikes and occupancy before they are divided, in the unit of the signal; 0 for none.</summary>
    /// <value>0 by default: what is smoothed is said by who smooths.</value>
    public double Smoothing { get; init; }

    /// <summary>Width of the bins of time in which spikes and positions are brought together, in seconds.</summary>
    /// <value>0.01 by default.</value>
    public double BinWidth { get; init; } = 0.01;

    /// <summary>Lower bound of every rate, in hertz; positive, so that one stray spike cannot exclude a position altogether.</summary>
    /// <value>0.01 by default.</value>
    public double MinimumRate { get; init; } = 0.01;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(PositionCount, 2);
        if (!(Smoothing >= 0) || !double.IsFinite(Smoothing)) throw new ArgumentOutOfRangeException(nameof(Smoothing), Smoothing, "The smoothing must not be negative.");
        if (!(MinimumRate > 0) || !double.IsFinite(MinimumRate)) throw new ArgumentOutOfRangeException(nameof(MinimumRate), MinimumRate, "The lower bound of the rates must be positive.");
        if (Lowest is not null && !double.IsFinite(Lowest.Value)) throw new ArgumentOutOfRangeException(nameof(Lowest), Lowest, "The lowest position must be finite.");
        if (Highest is not null && !double.IsFinite(Highest.Value)) throw new ArgumentOutOfRangeException(nameof(Highest), Highest, "The highest position must be finite.");
    }
}
