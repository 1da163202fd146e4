using SpikeStats.Models.Neurons;
using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Models.Theory;

/// <summary>Which mean, or which noise, makes a leaky integrate-and-fire neuron fire at a given rate.</summary>
/// <remarks>
/// The rate rises with μ and with σ everywhere: its slopes are differences between threshold and reset of h(y) = e^(y²)(1 + erf y) and of y h(y), which both grow with y.
/// Hence each inverse is unique: every rate in (0, 1/t_ref) has one μ, and every rate between that without noise and 1/t_ref has one σ.
/// <para><b>Accuracy:</b> <see cref="Siegert.Rate"/> of the result is the rate to 10⁻¹² relative, or as near as a double allows where the rate is steep. <b>Cost:</b> about 1 µs.</para>
/// <para><b>Source:</b> Newton's method between bounds, on the logarithm of the passage time; ours.</para>
/// </remarks>
public static class SiegertInverse
{
    /// <summary>The mean input for a rate.</summary>
    /// <param name="neuron">The neuron.</param>
    /// <param name="rate">ν, in hertz; positive and below 1/t_ref.</param>
    /// <param name="sigma">σ, in volts; finite and not negative.</param>
    /// <returns>μ, in volts.</returns>
    /// <exception cref="ArgumentException">The reset is not below the threshold.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No input gives this rate, or σ is negative or not finite.</exception>
    public static double Mean(LeakyIntegrateAndFire neuron, double rate, double sigma)
    {
        double quiet = DeterministicRate.Mean(neuron, rate);
        WhiteNoiseInput at = new(neuron.Threshold, sigma);
        if (Siegert.IsDeterministic(neuron, at.Mean - neuron.Threshold + neuron.Reset, sigma)) return quiet;
        LeakyIntegrateAndFire unresting = neuron with { RefractoryPeriod = 0 };
        double target = LogPassageRate(neuron, rate), step = Math.Max(sigma, neuron.Threshold - neuron.Reset), low = neuron.Threshold, high = neuron.Threshold;
        for (; Miss(low).Value > 0; step *= 2) low -= step;
        for (; Miss(high).Value < 0; step *= 2) high += step;
        return low == high ? low : IncreasingRoot.Find(Miss, low, high);

        (double Value, double Slope) Miss(double mean)
        {
            SiegertRate found = Siegert.Evaluate(unresting, at with { Mean = mean });
            return (found.LogRate - target, found.SlopeInMean / found.Rate);
        }
    }

    /// <summary>The noise for a rate.</summary>
    /// <param name="neuron">The neuron.</param>
    /// <param name="rate">ν, in hertz; above the rate without noise and below 1/t_ref.</param>
    /// <param name="mean">μ, in volts; finite.</param>
    /// <returns>σ, in volts; 0 where it is below the smallest number.</returns>
    /// <exception cref="ArgumentException">The reset is not below the threshold.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No noise gives this rate, or the mean is not finite.</exception>
    public static double Sigma(LeakyIntegrateAndFire neuron, double rate, double mean)
    {
        double quiet = DeterministicRate.At(neuron, mean), target = LogPassageRate(neuron, rate);
        if (rate <= quiet)
            throw new ArgumentOutOfRangeException(nameof(rate), rate, FormattableString.Invariant($"Noise only adds to the rate, which is {quiet} Hz without any at a mean of {mean} V."));
        LeakyIntegrateAndFire unresting = neuron with { RefractoryPeriod = 0 };
        double low = Math.Log(Math.Max(neuron.Threshold - neuron.Reset, Math.Abs(neuron.Threshold - mean))), high = low;
        for (double step = 1; Miss(low).Value > 0; step *= 2)
        {
            low -= step;
            if (Math.Exp(low) == 0) return 0;
        }

        for (double step = 1; Miss(high).Value < 0; step *= 2) high += step;
        return Math.Exp(low == high ? low : IncreasingRoot.Find(Miss, low, high));

        (double Value, double Slope) Miss(double logSigma)
        {
            double sigma = Math.Exp(logSigma);
            SiegertRate found = Siegert.Evaluate(unresting, new WhiteNoiseInput(mean, sigma));
            return (found.LogRate - target, sigma * found.SlopeInSigma / found.Rate);
        }
    }

    // log of 1/(1/ν - t_ref).
    private static double LogPassageRate(LeakyIntegrateAndFire neuron, double rate) =>
        DeterministicRate.Passage(neuron, rate) is var passage && double.IsFinite(passage) ? -Math.Log(passage) : Math.Log(rate);
}
