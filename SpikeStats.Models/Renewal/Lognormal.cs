using SpikeStats.Models.ScalarFunctions;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Renewal;

/// <summary>Lognormal intervals: the logarithm of the interval is normal.</summary>
/// <remarks>
/// f(t) = φ((log t - m) / s) / (s t).
/// <para><b>Accuracy:</b> the survivor is right to 10^-12 relative in both tails; tested against SciPy.</para>
/// </remarks>
/// <param name="Mu">The mean m of the logarithm of the interval in seconds; dimensionless, finite.</param>
/// <param name="Sigma">The standard deviation s of the logarithm, dimensionless; positive.</param>
public sealed record Lognormal(double Mu, double Sigma) : IntervalDistribution
{
    /// <summary>The mean of the logarithm of the interval in seconds, dimensionless.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double Mu { get; init => field = Finite(value, nameof(Mu)); } = Finite(Mu, nameof(Mu));

    /// <summary>The standard deviation of the logarithm, dimensionless.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double Sigma { get; init => field = Positive(value, nameof(Sigma)); } = Positive(Sigma, nameof(Sigma));

    /// <inheritdoc/>
    public override string Name => "lognormal";

    /// <inheritdoc/>
    public override IReadOnlyList<IntervalParameter> Parameters => [new("mu", "1", Mu), new("sigma", "1", Sigma)];

    /// <inheritdoc/>
    public override double LogDensity(double time)
    {
        if (time <= 0) return double.NegativeInfinity;
        double logTime = Math.Log(time), z = (logTime - Mu) / Sigma;
        return (-0.5 * z * z) - NormalTail.HalfLogTwoPi - Math.Log(Sigma) - logTime;
    }

    /// <inheritdoc/>
    public override double LogSurvivor(double time) => time <= 0 ? 0 : NormalTail.LogSurvivor((Math.Log(time) - Mu) / Sigma);

    /// <inheritdoc/>
    public override double Mean => Math.Exp(Mu + (0.5 * Sigma * Sigma));

    /// <inheritdoc/>
    public override double Variance => (Math.Exp(Sigma * Sigma) - 1) * Math.Exp((2 * Mu) + (Sigma * Sigma));

    /// <inheritdoc/>
    public override double Sample(RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Math.Exp(Mu + (Sigma * stream.NextGaussian()));
    }
}
