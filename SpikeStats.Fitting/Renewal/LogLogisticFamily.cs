using SpikeStats.Models.Renewal;

namespace SpikeStats.Fitting.Renewal;

/// <summary>Log-logistic intervals of shape k and median c.</summary>
public sealed record LogLogisticFamily : IntervalFamily
{
    /// <inheritdoc/>
    public override string Name => "log-logistic";

    /// <inheritdoc/>
    public override int ParameterCount => 2;

    internal override double[] Guess(IntervalSample sample) =>
        [Math.PI / (Math.Sqrt(3) * sample.DeviationLog), Math.Exp(sample.MeanLog)];

    internal override IntervalDistribution Create(ReadOnlySpan<double> parameters) => new LogLogistic(parameters[0], parameters[1]);

    internal override void AddDensity(ReadOnlySpan<double> parameters, double time, ParameterDerivatives sum)
    {
        // log f = log k - log t + x + 2 log S with the log odds x = k log(t/c).
        (double k, double c) = (parameters[0], parameters[1]);
        sum.Add((1 / k) + Math.Log(time / c), -k / c, -1 / (k * k), -1 / c, k / (c * c));
        AddSurvivor(k, c, time, 2, sum);
    }

    internal override bool TryAddSurvivor(ReadOnlySpan<double> parameters, double time, ParameterDerivatives sum)
    {
        AddSurvivor(parameters[0], parameters[1], time, 1, sum);
        return true;
    }

    private static void AddSurvivor(double k, double c, double time, double weight, ParameterDerivatives sum)
    {
        double byShape = Math.Log(time / c), byScale = -k / c, died = 1 / (1 + Math.Exp(-k * byShape));
        double first = -weight * died, second = first * (1 - died);
        sum.Add(
            first * byShape, first * byScale, second * byShape * byShape, (second * byShape * byScale) - (first / c),
            (second * byScale * byScale) + (first * k / (c * c)));
    }
}
