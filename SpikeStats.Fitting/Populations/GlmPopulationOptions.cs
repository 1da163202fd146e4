namespace SpikeStats.Fitting.Populations;

/// <summary>How a population is fitted; the defaults are right for almost everybody.</summary>
public sealed record GlmPopulationOptions
{
    /// <summary>Newton decrement at which an optimum counts as reached, in nats.</summary>
    /// <value>10^-14 by default: coefficients within 1.4·10^-7 standard errors.</value>
    public double Tolerance { get; init; } = 1e-14;

    /// <summary>Whether to compute the Hessian of every target at its optimum, and with it covariances, standard errors and tests.</summary>
    /// <remarks>
    /// Costs bins · p² operations for each target of p coefficients, times the share of bins in which a source acts: about a third of all the rest for 250
    /// coefficients and far more for thousands, and memory for one p × p matrix per target. Without it, estimates and log-likelihoods are the
    /// same to the tolerance, and NaN stands for every standard error. The Hessian is that of a point within 10⁻¹⁰ nats of the optimum, which
    /// changes standard errors by less than 10⁻⁵ of themselves.
    /// </remarks>
    /// <value>True by default.</value>
    public bool StandardErrors { get; init; } = true;

    /// <summary>How the products with the features are computed.</summary>
    /// <value><see cref="PopulationMethod.Automatic"/> by default.</value>
    public PopulationMethod Method { get; init; } = PopulationMethod.Automatic;

    /// <summary>Largest number of threads; -1 for one per processor.</summary>
    /// <remarks>Results do not depend on it.</remarks>
    /// <value>-1 by default.</value>
    public int Threads { get; init; } = -1;
}
