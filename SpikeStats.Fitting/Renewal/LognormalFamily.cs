using SpikeStats.Models.Renewal;

namespace SpikeStats.Fitting.Renewal;

/// <summary>Lognormal intervals, whose logarithm has the mean m and the standard deviation s.</summary>
public sealed record LognormalFamily : IntervalFamily
{
    /// <inheritdoc/>
    public override string Name => "lognormal";

    /// <inheritdoc/>
    public override int ParameterCount => 2;

    internal override bool IsPositive(int parameter) => parameter == 1;

    internal override double[] Guess(IntervalSample sample) => [sample.MeanLog, sample.DeviationLog];

    internal override IntervalDistribution Create(ReadOnlySpan<double> parameters) => new Lognormal(parameters[0], parameters[1]);

    internal override void AddDensity(ReadOnlySpan<double> parameters, double time, ParameterDerivatives sum)
    {
        double s = parameters[1], z = (Math.Log(time) - parameters[0]) / s, square = s * s;
        sum.Add(z / s, ((z * z) - 1) / s, -1 / square, -2 * z / square, (1 - (3 * z * z)) / square);
    }

    internal override bool TryAddSurvivor(ReadOnlySpan<double> parameters, double time, ParameterDerivatives sum)
    {
        double s = parameters[1], z = (Math.Log(time) - parameters[0]) / s, square = s * s;

        // d log S / dz is minus the hazard of the standard normal distribution, which that of the interval gives.
        double hazard = new Lognormal(parameters[0], s).Hazard(time) * time * s, slope = hazard * (hazard - z);
        sum.Add(
            hazard / s, hazard * z / s, -slope / square, -((slope * z) + hazard) / square, -((slope * z * z) + (2 * hazard * z)) / square);
        return true;
    }
}
