namespace SpikeStats.Fitting.Glm;

/// <summary>How a GLM is fitted; the defaults are right for almost everybody.</summary>
public sealed record GlmFitOptions
{
    /// <summary>Newton decrement at which the optimum counts as reached, in nats; positive.</summary>
    /// <value>10^-16 by default: coefficients within 1.4·10^-8 standard errors.</value>
    public double Tolerance
    {
        get;
        init => field = value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The tolerance must be positive and finite.");
    }

    = 1e-16;

    /// <summary>Largest number of Newton iterations on all data; positive.</summary>
    /// <value>100 by default.</value>
    public int MaxIterations
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "At least one iteration must be allowed.");
    }

    = 100;

    /// <summary>Largest number of threads; -1 for one per processor.</summary>
    /// <remarks>Results do not depend on it.</remarks>
    /// <value>-1 by default.</value>
    public int Threads
    {
        get;
        init => field = value is -1 or > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Give a positive number of threads, or -1 for one per processor.");
    }

    = -1;
}
