namespace SpikeStats.Fitting.Hawkes;

/// <summary>How a Hawkes process is fitted; the defaults are right for almost everybody.</summary>
public sealed record HawkesFitOptions
{
    /// <summary>Fall of the objective that may still be ahead when the optimum counts as reached (Newton decrement), in nats.</summary>
    /// <value>10^-16 by default: estimates within 1.4·10^-8 standard errors.</value>
    public double Tolerance { get; init; } = 1e-16;

    /// <summary>Largest number of Newton iterations of each target, and of the decays.</summary>
    /// <value>100 by default.</value>
    public int MaxIterations { get; init; } = 100;

    /// <summary>Largest number of targets that are fitted at the same time; -1 for one per processor.</summary>
    /// <remarks>Results do not depend on it.</remarks>
    /// <value>-1 by default.</value>
    public int Threads { get; init; } = -1;

    internal void Validate()
    {
        if (!(Tolerance > 0)) throw new ArgumentOutOfRangeException(nameof(Tolerance), Tolerance, "The tolerance must be positive.");
        if (MaxIterations < 1) throw new ArgumentOutOfRangeException(nameof(MaxIterations), MaxIterations, "At least one iteration is needed.");
        if (Threads is 0 or < -1) throw new ArgumentOutOfRangeException(nameof(Threads), Threads, "Threads are a positive number, or -1 for one per processor.");
    }
}
