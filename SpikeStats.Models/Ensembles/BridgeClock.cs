using SpikeStats.Models.Renewal;
using SpikeStats.Models.ScalarFunctions;
using SpikeStats.Models.Theory;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Ensembles;

/// <summary>The path of a leaky membrane between the ends of a step, as a Brownian bridge.</summary>
/// <remarks>
/// As a function of s = σ² (e^(2t/τ) - 1)/2 the quantity e^(t/τ) (V - μ) is a Brownian motion, and the threshold a curve that is straight but for terms of second order in the step.
/// Against a straight one, from a distance D₀ to D₁ over a stretch S, the motion crosses with probability exp(-2 D₀ D₁/S), and S s/(S - s) of the instant of the crossing has an inverse
/// Gaussian law of mean D₀ S/|D₁| and shape D₀², whether or not it ends beyond.
/// </remarks>
internal readonly struct BridgeClock
{
    // Keeps the mean of the law finite for a path that ends on the threshold.
    private const double Least = 1e-12;

    private readonly double step, growth, stretch;

    /// <summary>The clock of a step.</summary>
    /// <param name="step">Its length, in time constants.</param>
    /// <param name="lost">1 - e^(-step).</param>
    public BridgeClock(double step, double lost)
    {
        this.step = step;
        growth = 1 / (1 - lost);
        stretch = lost * (2 - lost) * growth * growth;
    }

    /// <summary>2/(σ² sinh h), the exponent of the probability of a crossing for a unit product of both distances.</summary>
    public double Exponent(double sigma) => 4 * growth / (sigma * sigma * stretch);

    /// <summary>Draws the instant of a crossing, in time constants from the beginning.</summary>
    /// <param name="before">The distance below the threshold at the beginning; positive.</param>
    /// <param name="after">The distance at the end; of either sign.</param>
    /// <param name="input">Mean and noise.</param>
    /// <param name="threshold">The threshold.</param>
    /// <param name="events">The stream of random numbers.</param>
    public double Instant(double before, double after, WhiteNoiseInput input, double threshold, RandomStream events)
    {
        double variance = 0.5 * input.Sigma * input.Sigma, clock = variance * stretch, end = Math.Abs(after) * growth;

        // So little noise that its square is none: the path of the drift.
        if (!(clock > 0)) return Math.Min(step, Exponentials.LogOnePlus(before / (input.Mean - threshold)));
        double odds = InverseGaussian.Draw(before * clock / Math.Max(end, Least * before), before * before, events);
        return Math.Min(step, 0.5 * Exponentials.LogOnePlus(stretch * odds / (clock + odds)));
    }
}
