using SpikeStats.Models.Renewal;

namespace SpikeStats.Fitting.Renewal;

/// <summary>A family of interval distributions whose parameters can be estimated.</summary>
/// <remarks>There is one class per distribution; <see cref="All"/> lists them with their defaults.</remarks>
public abstract record IntervalFamily
{
    private protected IntervalFamily()
    {
    }

    /// <summary>Every family, with defaults where it has options.</summary>
    public static IReadOnlyList<IntervalFamily> All { get; } =
    [
        new ExponentialFamily(), new GammaFamily(), new InverseGaussianFamily(), new LognormalFamily(), new WeibullFamily(), new LogLogisticFamily(),
        new RecoveringHazardFamily(),
    ];

    /// <summary>The name of the distribution, in small letters with dashes.</summary>
    public abstract string Name { get; }

    /// <summary>The number of parameters that are estimated.</summary>
    public abstract int ParameterCount { get; }

    /// <summary>No interval can be as short as this, in seconds.</summary>
    public virtual double ShortestInterval => 0;

    /// <summary>Whether equal intervals have no finite estimate, because the density then grows without bound.</summary>
    internal virtual bool NeedsSpread => true;

    /// <summary>Whether a parameter is positive, so that its logarithm is estimated.</summary>
    internal virtual bool IsPositive(int parameter) => true;

    /// <summary>The size of a change of a parameter that is not positive which matters: the unit in which it is estimated.</summary>
    internal virtual double Unit(int parameter) => 1;

    /// <summary>A point near the optimum.</summary>
    internal abstract double[] Guess(IntervalSample sample);

    /// <summary>The distribution with given parameters.</summary>
    internal abstract IntervalDistribution Create(ReadOnlySpan<double> parameters);

    /// <summary>Adds the derivatives of log f at an interval.</summary>
    internal abstract void AddDensity(ReadOnlySpan<double> parameters, double time, ParameterDerivatives sum);

    /// <summary>Adds the derivatives of log S at an interval, if they have a closed form.</summary>
    /// <returns>Whether they have.</returns>
    internal virtual bool TryAddSurvivor(ReadOnlySpan<double> parameters, double time, ParameterDerivatives sum) => false;

    /// <summary>Adds the derivatives of log f at an interval, of a distribution that has been created with the parameters.</summary>
    internal virtual void AddDensity(IntervalDistribution distribution, ReadOnlySpan<double> parameters, double time, ParameterDerivatives sum) => AddDensity(parameters, time, sum);

    /// <summary>Adds the derivatives of log S at an interval, of a distribution that has been created with the parameters, if they have a closed form.</summary>
    internal virtual bool TryAddSurvivor(IntervalDistribution distribution, ReadOnlySpan<double> parameters, double time, ParameterDerivatives sum) =>
        TryAddSurvivor(parameters, time, sum);
}
