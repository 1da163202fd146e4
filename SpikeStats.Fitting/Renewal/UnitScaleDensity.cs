using MathNet.Numerics;
using SpikeStats.Models.Renewal;

namespace SpikeStats.Fitting.Renewal;

/// <summary>The one-parameter densities g of operational intervals: each family at a scale of 1, which the level of the rate takes over.</summary>
internal sealed class UnitScaleDensity
{
    private readonly IntervalFamily family;

    private UnitScaleDensity(IntervalFamily family) => this.family = family;

    /// <summary>Whether there is a shape to estimate.</summary>
    public bool HasShape => family is not ExponentialFamily;

    /// <summary>What the family calls its shape.</summary>
    public string ShapeName => OfUnitScale(1.5).Parameters[family is InverseGaussianFamily or LognormalFamily ? 1 : 0].Name;

    /// <summary>The densities of a family.</summary>
    /// <exception cref="ArgumentException">The family is not a shape and a scale.</exception>
    public static UnitScaleDensity Of(IntervalFamily family) => family is ExponentialFamily or GammaFamily or InverseGaussianFamily or LognormalFamily or WeibullFamily or LogLogisticFamily
        ? new UnitScaleDensity(family)
        : throw new ArgumentException($"The family {family.Name} has time constants of its own, which have no meaning in operational time; choose another family.", nameof(family));

    /// <summary>The distribution of scale 1.</summary>
    public IntervalDistribution OfUnitScale(double shape) => family switch
    {
        GammaFamily => new Gamma(shape, 1),
        InverseGaussianFamily => new InverseGaussian(1, shape),
        LognormalFamily => new Lognormal(0, shape),
        WeibullFamily => new Weibull(shape, 1),
        LogLogisticFamily => new LogLogistic(shape, 1),
        _ => new Exponential(1),
    };

    /// <summary>The distribution of mean 1.</summary>
    public IntervalDistribution OfUnitMean(double shape) => family switch
    {
        GammaFamily => new Gamma(shape, shape),
        LognormalFamily => new Lognormal(-0.5 * shape * shape, shape),
        WeibullFamily => new Weibull(shape, 1 / OfUnitScale(shape).Mean),
        LogLogisticFamily => new LogLogistic(shape, 1 / OfUnitScale(shape).Mean),
        _ => OfUnitScale(shape),
    };

    /// <summary>A shape near the optimum for intervals of mean 1.</summary>
    public double GuessShape(double[] intervals)
    {
        double variance = intervals.Average(interval => (interval - 1) * (interval - 1)), mean = intervals.Average(Math.Log);
        double deviation = Math.Sqrt(intervals.Average(interval => (Math.Log(interval) - mean) * (Math.Log(interval) - mean)));
        return family switch
        {
            LognormalFamily => deviation,
            WeibullFamily => Math.PI / (Math.Sqrt(6) * deviation),
            LogLogisticFamily => Math.Max(1.1, Math.PI / (Math.Sqrt(3) * deviation)),
            _ => 1 / variance,
        };
    }

    /// <summary>The derivatives of log g.</summary>
    public DensityDerivatives Derivatives(double shape, double time)
    {
        double log = Math.Log(time), square = shape * shape, power = Math.Pow(time, shape), share = power / (1 + power);
        return family switch
        {
            GammaFamily => new DensityDerivatives(
                ((shape - 1) / time) - 1, (1 - shape) / (time * time), log - SpecialFunctions.DiGamma(shape), 1 / time, -GammaFamily.TriGamma(shape)),
            InverseGaussianFamily => new DensityDerivatives(
                (-1.5 / time) - (0.5 * shape * (1 - (1 / (time * time)))), (1.5 / (time * time)) - (shape / (time * time * time)),
                (0.5 / shape) - (0.5 * (time - 1) * (time - 1) / time), -0.5 * (1 - (1 / (time * time))), -0.5 / square),
            LognormalFamily => new DensityDerivatives(
                -(1 + (log / square)) / time, (1 - ((1 - log) / square)) / (time * time), ((log * log / square) - 1) / shape, 2 * log / (square * shape * time),
                (1 - (3 * log * log / square)) / square),
            WeibullFamily => new DensityDerivatives(
                (shape - 1 - (shape * power)) / time, (1 - shape) * (1 + (shape * power)) / (time * time), (1 / shape) + (log * (1 - power)),
                (1 - power - (shape * power * log)) / time, (-1 / square) - (power * log * log)),
            LogLogisticFamily => new DensityDerivatives(
                (shape - 1 - (2 * shape * share)) / time, (1 - shape + (2 * shape * share) - (2 * square * share * (1 - share))) / (time * time),
                (1 / shape) + (log * (1 - (2 * share))), (1 - (2 * share) - (2 * shape * share * (1 - share) * log)) / time,
                (-1 / square) - (2 * share * (1 - share) * log * log)),
            _ => new DensityDerivatives(-1, 0, 0, 0, 0),
        };
    }

    /// <summary>Derivatives of log g by the interval and by the shape.</summary>
    internal readonly record struct DensityDerivatives(double ByTime, double TwiceTime, double ByShape, double Mixed, double TwiceShape);
}
