using MathNet.Numerics;
using SpikeStats.Models.Renewal;

namespace SpikeStats.Fitting.Renewal;

/// <summary>Weibull intervals of shape k and scale c.</summary>
public sealed record WeibullFamily : IntervalFamily
{
    /// <inheritdoc/>
    public override string Name => "weibull";

    /// <inheritdoc/>
    public override int ParameterCount => 2;

    internal override double[] Guess(IntervalSample sample)
    {
        // The logarithm has a Gumbel distribution, of standard deviation π / (k √6).
        double shape = Math.PI / (Math.Sqrt(6) * sample.DeviationLog);
        return [shape, Math.Exp(sample.MeanLog + (Constants.EulerMascheroni / shape))];
    }

    internal override IntervalDistribution Create(ReadOnlySpan<double> parameters) => new Weibull(parameters[0], parameters[1]);

    internal override void AddDensity(ReadOnlySpan<double> parameters, double time, ParameterDerivatives sum)
    {
        (double k, double c) = (parameters[0], parameters[1]);
        sum.Add((1 / k) + Math.Log(time / c), -k / c, -1 / (k * k), -1 / c, k / (c * c));
        TryAddSurvivor(parameters, time, sum);
    }

    internal override bool TryAddSurvivor(ReadOnlySpan<double> parameters, double time, ParameterDerivatives sum)
    {
        (double k, double c) = (parameters[0], parameters[1]);
        double log = Math.Log(time / c), u = Math.Exp(k * log);
        sum.Add(-u * log, k * u / c, -u * log * log, u * (1 + (k * log)) / c, -k * (k + 1) * u / (c * c));
        return true;
    }
}
