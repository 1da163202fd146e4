using MathNet.Numerics;
using SpikeStats.Models.ScalarFunctions;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Renewal;

/// <summary>Weibull intervals, whose hazard is a power of the time since the last spike: S(t) = exp(-(t/c)^k).</summary>
/// <param name="Shape">The shape k, dimensionless; positive. Above 1 the hazard rises, below 1 it falls.</param>
/// <param name="Scale">The scale c, in seconds; positive.</param>
public sealed record Weibull(double Shape, double Scale) : IntervalDistribution
{
    /// <summary>The shape, dimensionless.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double Shape { get; init => field = Positive(value, nameof(Shape)); } = Positive(Shape, nameof(Shape));

    /// <summary>The scale, in seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double Scale { get; init => field = Positive(value, nameof(Scale)); } = Positive(Scale, nameof(Scale));

    /// <inheritdoc/>
    public override string Name => "weibull";

    /// <inheritdoc/>
    public override IReadOnlyList<IntervalParameter> Parameters => [new("shape", "1", Shape), new("scale", "s", Scale)];

    /// <inheritdoc/>
    public override double LogDensity(double time) => time < 0 ? double.NegativeInfinity : LogHazard(time) + LogSurvivor(time);

    /// <inheritdoc/>
    public override double LogSurvivor(double time) => time <= 0 ? 0 : -Math.Pow(time / Scale, Shape);

    /// <inheritdoc/>
    public override double Hazard(double time) => time < 0 ? 0 : Math.Exp(LogHazard(time));

    /// <inheritdoc/>
    public override double Mean => Scale * SpecialFunctions.Gamma(1 + (1 / Shape));

    /// <inheritdoc/>
    public override double Variance
    {
        get
        {
            double first = SpecialFunctions.GammaLn(1 + (1 / Shape)), second = SpecialFunctions.GammaLn(1 + (2 / Shape));
            return Scale * Scale * Math.Exp(2 * first) * Exponentials.MinusOne(second - (2 * first));
        }
    }

    /// <inheritdoc/>
    public override double Sample(RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Scale * Math.Pow(stream.NextExponential(), 1 / Shape);
    }

    private double LogHazard(double time) => Math.Log(Shape / Scale) + (Shape == 1 ? 0 : (Shape - 1) * Math.Log(time / Scale));
}
