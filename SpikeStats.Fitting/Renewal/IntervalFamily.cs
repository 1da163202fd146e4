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

    /// <summary>Where a parameter of the distribution stands among the estimated ones; -1 if it is given.</summary>
    internal virtual int EstimateOf(int parameter) => parameter < ParameterCount ? parameter : -1;

    /// <summary>The estimate along whose logarithm, a variable of the same place, the likelihood is so far from normal that intervals come from its profile; -1 if there is none.</summary>
    internal virtual int Ridge => -1;

    /// <summary>Whether the likelihood can be computed there.</summary>
    internal virtual bool IsPossible(ReadOnlySpan<double> parameters, IntervalSample sample) => true;

    /// <summary>The family with an estimate at its limit, and a sentence on it, if the likelihood is largest there and still one of the family.</summary>
    /// <param name="parameters">Where the fit stopped.</param>
    /// <param name="runaway">The estimate that runs to zero, or -1.</param>
    /// <param name="sample">The intervals.</param>
    internal virtual (IntervalFamily Family, string Note)? AtLimit(ReadOnlySpan<double> parameters, int runaway, IntervalSample sample) => null;

    /// <summary>The time among the estimates that has left the scale of the intervals, so that the likelihood is flat there; -1 if none has.</summary>
    internal virtual int Runaway(ReadOnlySpan<double> parameters, IntervalSample sample) => -1;

    /// <summary>What to do when an estimate runs away.</summary>
    internal virtual string LimitWords(int estimate, bool toZero) => "A family with fewer parameters, such as exponential, is the limit.";

    /// <summary>What a reader of converged estimates should know; empty if nothing.</summary>
    internal virtual string Caution(IReadOnlyList<ParameterEstimate> estimates, double[,] covariance) => "";

    /// <summary>Whether a parameter is positive, so that its logarithm is estimated.</summary>
    internal virtual bool IsPositive(int parameter) => true;

    /// <summary>The size of a change of a parameter that is not positive which matters: the unit in which it is estimated.</summary>
    internal virtual double Unit(int parameter) => 1;

    /// <summary>The variables in which the likelihood is maximised: logarithms of positive parameters, and the others in their unit.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="mean">The mean interval of the sample, in seconds.</param>
    internal virtual double[] ToVariables(double[] parameters, double mean) => [.. parameters.Select((value, i) => IsPositive(i) ? Math.Log(value) : value / Unit(i))];

    /// <summary>The parameters at some variables.</summary>
    internal virtual double[] ToParameters(double[] variables, double mean) => [.. variables.Select((value, i) => IsPositive(i) ? Math.Exp(value) : value * Unit(i))];

    /// <summary>The derivatives of <see cref="ToParameters"/>.</summary>
    internal virtual VariableChange ChangeAt(double[] variables, double mean)
    {
        VariableChange change = new(ParameterCount);
        double[] parameters = ToParameters(variables, mean);
        for (int i = 0; i < ParameterCount; i++)
        {
            change.SetFirst(i, i, IsPositive(i) ? parameters[i] : Unit(i));
            if (IsPositive(i)) change.SetSecond(i, i, i, parameters[i]);
        }

        return change;
    }

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
