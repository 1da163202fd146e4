using MathNet.Numerics.Integration;
using SpikeStats.Models.ScalarFunctions;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Renewal;

/// <summary>The intervals of a leaky integrate-and-fire neuron with a soft threshold: h = ρ₀ e^((u - θ)/β) on the membrane u = μ + (V_r - μ) e^(-s/τ), s the time after the refractory period.</summary>
/// <remarks>
/// Integrated, with x = (μ - V_r)/β: H(s) = ρ₀ τ e^((μ - θ)/β) (E₁(x e^(-s/τ)) - E₁(x)), in the exponential integral. The reset must not lie above the mean input.
/// <para><b>Accuracy:</b> survivor 10⁻¹¹ relative in its logarithm, mean 10⁻¹⁰ and variance 10⁻⁹ relative, by quadrature; tested against brute-force integration of the hazard and another tool.</para>
/// <para><b>Source:</b> Gerstner, Kistler, Naud and Paninski, Neuronal Dynamics (2014), section 9.1.</para>
/// </remarks>
/// <param name="RateAtThreshold">ρ₀, in hertz; positive.</param>
/// <param name="Softness">β, in volts; positive.</param>
/// <param name="MeanInput">μ, where the membrane tends to, in volts.</param>
/// <param name="Threshold">θ, in volts.</param>
/// <param name="Reset">V_r, in volts; not above μ.</param>
/// <param name="MembraneTime">τ, in seconds; positive.</param>
/// <param name="RefractoryPeriod">The absolute refractory period, in seconds; not negative.</param>
public sealed record EscapeRate(
    double RateAtThreshold, double Softness, double MeanInput, double Threshold, double Reset, double MembraneTime, double RefractoryPeriod = 0) : IntervalDistribution
{
    private const int Order = 20;

    // Between two of these integrated hazards the density is smooth on one scale, so that one Gauss rule is exact to rounding; e^-50 of the intervals are longer than the last.
    private static readonly double[] quantiles = [1e-9, 1e-6, 1e-4, 1e-2, 0.1, 0.3, 0.6, 1, 1.5, 2.2, 3, 4, 6, 9, 14, 21, 32, 50];

    /// <summary>ρ₀, in hertz.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double RateAtThreshold { get; init => field = Positive(value, nameof(RateAtThreshold)); } = Positive(RateAtThreshold, nameof(RateAtThreshold));

    /// <summary>β, in volts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double Softness { get; init => field = Positive(value, nameof(Softness)); } = Positive(Softness, nameof(Softness));

    /// <summary>μ, in volts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double MeanInput { get; } = Finite(MeanInput, nameof(MeanInput));

    /// <summary>θ, in volts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double Threshold { get; init => field = Finite(value, nameof(Threshold)); } = Finite(Threshold, nameof(Threshold));

    /// <summary>V_r, in volts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite, or lies above the mean input.</exception>
    public double Reset { get; } = Finite(Reset, nameof(Reset)) <= MeanInput
        ? Reset
        : throw new ArgumentOutOfRangeException(nameof(Reset), Reset, "The reset must not lie above the mean input.");

    /// <summary>τ, in seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double MembraneTime { get; init => field = Positive(value, nameof(MembraneTime)); } = Positive(MembraneTime, nameof(MembraneTime));

    /// <summary>The absolute refractory period, in seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double RefractoryPeriod { get; init => field = NotNegative(value, nameof(RefractoryPeriod)); } = NotNegative(RefractoryPeriod, nameof(RefractoryPeriod));

    /// <inheritdoc/>
    public override string Name => "escape-rate";

    /// <inheritdoc/>
    public override IReadOnlyList<IntervalParameter> Parameters =>
    [
        new("rateAtThreshold", "Hz", RateAtThreshold), new("softness", "V", Softness), new("meanInput", "V", MeanInput), new("threshold", "V", Threshold),
        new("reset", "V", Reset), new("membraneTime", "s", MembraneTime), new("refractoryPeriod", "s", RefractoryPeriod),
    ];

    /// <inheritdoc/>
    public override double LogDensity(double time) => time <= RefractoryPeriod ? double.NegativeInfinity : LogHazard(time) + LogSurvivor(time);

    /// <inheritdoc/>
    public override double LogSurvivor(double time) => time <= RefractoryPeriod ? 0 : -Integrated(time - RefractoryPeriod);

    /// <inheritdoc/>
    public override double Hazard(double time) => time <= RefractoryPeriod ? 0 : Math.Exp(LogHazard(time));

    /// <inheritdoc/>
    public override double Mean
    {
        get
        {
            double[] edges = Edges();
            return RefractoryPeriod + edges[0] + Quadrature(edges, age => Math.Exp(-Integrated(age))) - HeadExcess(edges[0]);
        }
    }

    /// <inheritdoc/>
    public override double Variance
    {
        get
        {
            double mean = Mean - RefractoryPeriod;
            double[] edges = [0, .. Edges()];
            return Quadrature(edges, age => (age - mean) * (age - mean) * Hazard(RefractoryPeriod + age) * Math.Exp(-Integrated(age)));
        }
    }

    /// <summary>Draws an interval by inverting the integrated hazard.</summary>
    /// <param name="stream">The stream of random numbers.</param>
    /// <returns>Seconds.</returns>
    public override double Sample(RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return RefractoryPeriod + AgeAt(stream.NextExponential());
    }

    private double Rise => (MeanInput - Reset) / Softness;

    private double LogHazard(double time) =>
        Math.Log(RateAtThreshold) + ((MeanInput - Threshold) / Softness) - (Rise * Math.Exp((RefractoryPeriod - time) / MembraneTime));

    private double Integrated(double age)
    {
        double x = Rise, elapsed = age / MembraneTime, y = x * Math.Exp(-elapsed), level = (MeanInput - Threshold) / Softness, scale = RateAtThreshold * MembraneTime;

        // Where little has changed the differences below would cancel, and the integrand is nearly constant.
        if (elapsed < 1 && x - y < 0.5) return scale * Math.Exp(level - x) * GaussLegendreRule.Integrate(u => Math.Exp(-x * Exponentials.MinusOne(-u)), 0, elapsed, Order);
        if (x <= 1) return scale * Math.Exp(level) * (elapsed - ExponentialIntegral.EntirePart(x) + ExponentialIntegral.EntirePart(y));

        // The logarithm of y is taken from its exponent, which does not underflow at long times.
        double late = y > 1
            ? Math.Exp(level - y) * ExponentialIntegral.Scaled(y)
            : Math.Exp(level) * (elapsed - Math.Log(x) - ExponentialIntegral.EulerGamma + ExponentialIntegral.EntirePart(y));
        return scale * (late - (Math.Exp(level - x) * ExponentialIntegral.Scaled(x)));
    }

    private double AgeAt(double amount)
    {
        // The hazard grows with age: it is least at the reset, where an interval is longest, and largest in the end.
        double level = (MeanInput - Threshold) / Softness, shortest = amount / (RateAtThreshold * Math.Exp(level)), high = shortest + MembraneTime;
        if (Rise == 0) return shortest;
        while (Integrated(high) < amount) high *= 2;
        return IncreasingRoot.Find(age => (Integrated(age) - amount, Math.Exp(LogHazard(RefractoryPeriod + age))), 0, high);
    }

    private double[] Edges() => Array.ConvertAll(quantiles, AgeAt);

    // What the survivor lacks to 1 up to the first quantile, of the order of 10⁻⁹ of that time.
    private double HeadExcess(double age) => GaussLegendreRule.Integrate(u => -Exponentials.MinusOne(-Integrated(u)), 0, age, Order);

    private static double Quadrature(double[] edges, Func<double, double> integrand)
    {
        double sum = 0;
        for (int i = 1; i < edges.Length; i++)
            sum += GaussLegendreRule.Integrate(integrand, edges[i - 1], edges[i], Order);
        return sum;
    }
}
