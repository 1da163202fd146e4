using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Renewal;

/// <summary>Exponential intervals, those of a Poisson process: f(t) = r e^(-r t).</summary>
/// <param name="Rate">The rate r, in hertz; positive.</param>
public sealed record Exponential(double Rate) : IntervalDistribution
{
    /// <summary>The rate, in hertz.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double Rate { get; init => field = Positive(value, nameof(Rate)); } = Positive(Rate, nameof(Rate));

    /// <inheritdoc/>
    public override string Name => "exponential";

    /// <inheritdoc/>
    public override IReadOnlyList<IntervalParameter> Parameters => [new("rate", "Hz", Rate)];

    /// <inheritdoc/>
    public override double LogDensity(double time) => time < 0 ? double.NegativeInfinity : Math.Log(Rate) - (Rate * time);

    /// <inheritdoc/>
    public override double LogSurvivor(double time) => time < 0 ? 0 : -Rate * time;

    /// <inheritdoc/>
    public override double Hazard(double time) => time < 0 ? 0 : Rate;

    /// <inheritdoc/>
    public override double Mean => 1 / Rate;

    /// <inheritdoc/>
    public override double Variance => 1 / (Rate * Rate);

    /// <inheritdoc/>
    public override double Sample(RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return stream.NextExponential() / Rate;
    }
}
