namespace SpikeStats.Fitting.Thresholds;

/// <summary>How rheobase and time constant are fitted; the defaults are right for almost everybody.</summary>
public sealed record RheobaseFitOptions
{
    /// <summary>Newton decrement at which the optimum counts as reached, in nats; positive.</summary>
    /// <value>10^-16 by default: estimates within 1.4·10^-8 standard errors.</value>
    public double Tolerance { get; init; } = 1e-16;

    /// <summary>Largest number of Newton iterations.</summary>
    /// <value>100 by default.</value>
    public int MaxIterations { get; init; } = 100;

    internal void Validate()
    {
        if (!(Tolerance > 0)) throw new ArgumentOutOfRangeException(nameof(Tolerance), Tolerance, "The tolerance must be positive.");
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxIterations, 1);
    }
}
