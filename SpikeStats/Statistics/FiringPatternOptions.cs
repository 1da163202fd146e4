namespace SpikeStats.Statistics;

/// <summary>The criteria of <see cref="FiringPatternReport"/>.</summary>
/// <remarks>The defaults tell the named cells of the simulation literature apart; for a question of your own state your own.</remarks>
public sealed record FiringPatternOptions
{
    /// <summary>When the drive was on.</summary>
    /// <value>Default: none, from the start to the end of the observed time.</value>
    public TimeInterval? Window { get; init; }

    /// <summary>The ratio of the late intervals to the first one from which a train adapts.</summary>
    /// <value>1.5 by default; above 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 1.</exception>
    public double AdaptationRatio { get; init => field = AboveOne(value, "ratio of adaptation"); } = 1.5;

    /// <summary>The ratio of the latency to the median interval from which a train is delayed.</summary>
    /// <value>2 by default; above 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 1.</exception>
    public double DelayRatio { get; init => field = AboveOne(value, "ratio of the delay"); } = 2;

    /// <summary>The ratio of intervals between bursts to intervals within them.</summary>
    /// <value>3 by default; above 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 1.</exception>
    public double BurstRatio { get; init => field = AboveOne(value, "ratio of bursts"); } = 3;

    /// <summary>How far the logarithms of short and long intervals lie apart, as a ratio to their root mean square standard deviation, for bursts to be seen.</summary>
    /// <value>4 by default, well above what the two halves of exponential (2.8) or uniform (3.5) values give; above 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 1.</exception>
    public double BurstSeparation { get; init => field = AboveOne(value, "separation of bursts"); } = 4;

    /// <summary>The coefficient of variation of the times between bursts up to which they are regular.</summary>
    /// <value>0.25 by default; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public double BurstVariation { get; init => field = Positive(value, "variation of the times between bursts"); } = 0.25;

    /// <summary>The local variation from which a train is irregular, as a ratio to that of a Poisson train.</summary>
    /// <value>0.3 by default; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public double LocalVariation { get; init => field = Positive(value, "local variation"); } = 0.3;

    private static double AboveOne(double value, string name) => value > 1 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"The {name} must be above 1 and finite.");

    private static double Positive(double value, string name) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"The {name} must be positive and finite.");
}
