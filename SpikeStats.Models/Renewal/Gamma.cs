using MathNet.Numerics;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Renewal;

/// <summary>Gamma intervals: f(t) = b^a t^(a-1) e^(-b t) / Γ(a).</summary>
/// <remarks>
/// Shape 1 is the exponential distribution; larger shapes are more regular, with CV = 1/√a, and refractory.
/// <para><b>Accuracy:</b> the survivor is right to 10^-12 relative for shapes up to 1000, in both tails; tested against SciPy.</para>
/// </remarks>
/// <param name="Shape">The shape a, dimensionless; positive.</param>
/// <param name="Rate">The rate b, in hertz; positive.</param>
public sealed record Gamma(double Shape, double Rate) : IntervalDistribution
{
    /// <summary>The shape, dimensionless.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double Shape { get; init => field = Positive(value, nameof(Shape)); } = Positive(Shape, nameof(Shape));

    /// <summary>The rate, in hertz.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double Rate { get; init => field = Positive(value, nameof(Rate)); } = Positive(Rate, nameof(Rate));

    /// <inheritdoc/>
    public override string Name => "gamma";

    /// <inheritdoc/>
    public override IReadOnlyList<IntervalParameter> Parameters => [new("shape", "1", Shape), new("rate", "Hz", Rate)];

    /// <inheritdoc/>
    public override double LogDensity(double time)
    {
        if (time < 0) return double.NegativeInfinity;
        double power = Shape == 1 ? 0 : (Shape - 1) * Math.Log(Rate * time);
        return Math.Log(Rate) + power - (Rate * time) - SpecialFunctions.GammaLn(Shape);
    }

    /// <inheritdoc/>
    public override double LogSurvivor(double time) => time <= 0 ? 0 : GammaTail.LogSurvivor(Shape, Rate * time);

    /// <inheritdoc/>
    public override double LaplaceTransform(double rate) => Math.Exp(-Shape * SpecialFunctions.Log1p(NotNegative(rate, nameof(rate)) / Rate));

    /// <inheritdoc/>
    public override double Mean => Shape / Rate;

    /// <inheritdoc/>
    public override double Variance => Shape / (Rate * Rate);

    /// <summary>Draws an interval by rejection.</summary>
    /// <remarks><b>Source:</b> Marsaglia and Tsang, ACM Transactions on Mathematical Software 26:363 (2000).</remarks>
    /// <param name="stream">The stream of random numbers.</param>
    /// <returns>Seconds.</returns>
    public override double Sample(RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);

        // A shape below 1 is raised by 1 and corrected by a power of a uniform number.
        double correction = Shape < 1 ? Math.Exp(Math.Log(stream.NextDouble()) / Shape) : 1;
        double d = (Shape < 1 ? Shape + 1 : Shape) - (1.0 / 3), c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = stream.NextGaussian(), root = 1 + (c * x);
            if (root <= 0) continue;
            double v = root * root * root;
            if (Math.Log(stream.NextDouble()) < (0.5 * x * x) + (d * (1 - v + Math.Log(v)))) return correction * d * v / Rate;
        }
    }
}
