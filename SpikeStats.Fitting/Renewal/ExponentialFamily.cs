using SpikeStats.Models.Renewal;

namespace SpikeStats.Fitting.Renewal;

/// <summary>Exponential intervals; the estimate is spikes over time.</summary>
public sealed record ExponentialFamily : IntervalFamily
{
    /// <inheritdoc/>
    public override string Name => "exponential";

    /// <inheritdoc/>
    public override int ParameterCount => 1;

    internal override bool NeedsSpread => false;

    internal override double[] Guess(IntervalSample sample) => [sample.EventCount / sample.Exposure];

    internal override IntervalDistribution Create(ReadOnlySpan<double> parameters) => new Exponential(parameters[0]);

    internal override void AddDensity(ReadOnlySpan<double> parameters, double time, ParameterDerivatives sum) =>
        sum.Add((1 / parameters[0]) - time, -1 / (parameters[0] * parameters[0]));

    internal override bool TryAddSurvivor(ReadOnlySpan<double> parameters, double time, ParameterDerivatives sum)
    {
        sum.Add(-time, 0);
        return true;
    }
}
