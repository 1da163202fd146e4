namespace SpikeStats.Fitting.Glm;

/// <summary>How a GLM is fitted; the defaults are right for almost everybody.</summary>
public sealed record GlmFitOptions
{
    /// <summary>Newton decrement at which the optimum counts as reached, in nats.</summary>
    /// <value>10^-16 by default: coefficients within 1.4·10^-8 standard errors.</value>
    public double Tolerance { get; init; } = 1e-16;

    /// <summary>Largest number of Newton iterations on all data.</summary>
    /// <value>100 by default.</value>
    public int MaxIterations { get; init; } = 100;

    /// <summary>Largest number of threads; -1 for one per processor.</summary>
    /// <remarks>Results do not depend on it.</remarks>
    /// <value>-1 by default.</value>
    public int Threads { get; init; } = -1;
}
