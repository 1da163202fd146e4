namespace SpikeStats.Fitting.Hawkes;

/// <summary>An estimated parameter of a Hawkes process.</summary>
/// <param name="Name">For example <c>mu[a]</c>, <c>alpha[a&lt;-b]</c> or <c>beta</c>; with several exponentials followed by their number from 1.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Target">The unit whose rate it raises; empty for a decay.</param>
/// <param name="Source">The unit whose spikes excite; empty for a baseline or a decay.</param>
/// <param name="Estimate">The estimate: hertz for a baseline, dimensionless for a branching ratio, reciprocal seconds for a decay.</param>
/// <param name="StandardError">From the joint observed information, given the bounds that are active, in the unit of the estimate; NaN at a bound or if not identified.</param>
/// <param name="IsAtBound">Whether the estimate is 0 because the likelihood would rise further below it.</param>
public sealed record HawkesParameter(
    string Name, HawkesParameterKind Kind, string Target, string Source, double Estimate, double StandardError, bool IsAtBound)
{
    private const double NormalQuantile = 1.959963984540054;

    /// <summary>Whether it is of either sign, as in a process with inhibition.</summary>
    public bool MayBeNegative { get; init; }

    /// <summary>Lower end of the 95 % interval (Wald), in the unit of the estimate; not below 0 unless it may be negative.</summary>
    public double Lower => MayBeNegative ? Estimate - (NormalQuantile * StandardError) : Math.Max(0, Estimate - (NormalQuantile * StandardError));

    /// <summary>Upper end of the 95 % interval (Wald), in the unit of the estimate.</summary>
    public double Upper => Estimate + (NormalQuantile * StandardError);
}
