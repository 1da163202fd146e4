using MathNet.Numerics;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Renewal;

/// <summary>Log-logistic intervals: S(t) = 1 / (1 + (t/c)^k), with the median c and a tail that falls as a power.</summary>
/// <param name="Shape">The shape k, dimensionless; positive. The mean exists above 1, the variance above 2.</param>
/// <param name="Scale">The median c, in seconds; positive.</param>
public sealed record LogLogistic(double Shape, double Scale) : IntervalDistribution
{
    /// <summary>The shape, dimensionless.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double Shape { get; init => field = Positive(value, nameof(Shape)); } = Positive(Shape, nameof(Shape));

    /// <summary>The median, in seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double Scale { get; init => field = Positive(value, nameof(Scale)); } = Positive(Scale, nameof(Scale));

    /// <inheritdoc/>
    public override string Name => "log-logistic";

    /// <inheritdoc/>
    public override IReadOnlyList<IntervalParameter> Parameters => [new("shape", "1", Shape), new("scale", "s", Scale)];

    /// <inheritdoc/>
    public override double LogDensity(double time)
    {
        if (time < 0) return double.NegativeInfinity;
        double power = Shape == 1 ? 0 : (Shape - 1) * Math.Log(time / Scale);
        return Math.Log(Shape / Scale) + power + (2 * LogSurvivor(time));
    }

    /// <inheritdoc/>
    public override double LogSurvivor(double time)
    {
        if (time <= 0) return 0;
        double logOdds = Shape * Math.Log(time / Scale);
        return logOdds > 0 ? -logOdds - SpecialFunctions.Log1p(Math.Exp(-logOdds)) : -SpecialFunctions.Log1p(Math.Exp(logOdds));
    }

    /// <inheritdoc/>
    public override double Mean => Shape > 1 ? Scale * Moment(1) : double.PositiveInfinity;

    /// <inheritdoc/>
    public override double Variance => Shape > 2 ? Scale * Scale * (Moment(2) - (Moment(1) * Moment(1))) : double.PositiveInfinity;

    /// <inheritdoc/>
    public override double Sample(RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        double uniform = stream.NextDouble();
        return Scale * Math.Pow(uniform / (1 - uniform), 1 / Shape);
    }

    // E[(T/c)^n] = x / sin x with x = nπ/k.
    private double Moment(int order) => order * Math.PI / Shape / Math.Sin(order * Math.PI / Shape);
}
