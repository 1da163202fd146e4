using SpikeStats.Models.Neurons;

namespace SpikeStats.Models.Theory;

/// <summary>The stationary firing rate of a leaky integrate-and-fire neuron under white Gaussian noise.</summary>
/// <remarks>
/// 1/ν = t_ref + τ √π ∫ e^(u²) (1 + erf u) du from (V_r - μ)/σ to (θ - μ)/σ, defined for every input: without noise, far below and far above the threshold,
/// and for a reset just below it. Voltages may be given in another unit than volts and times in another than seconds if all are; rates then come in its inverse.
/// <para><b>Accuracy:</b> 10⁻¹³ relative down to the smallest number, tested against 25-digit values and against threshold integration.
/// <b>Cost:</b> about 25 ns a rate.</para>
/// <para><b>Source:</b> Siegert, Phys Rev 81:617 (1951); Ricciardi, Diffusion Processes (1977); in this form Brunel, J Comput Neurosci 8:183 (2000), equation 21.</para>
/// </remarks>
public static class Siegert
{
    // Points that one thread takes at a time: some 10 µs of work.
    private const int BlockSize = 4096;
    private static readonly double rootPi = Math.Sqrt(Math.PI);

    /// <summary>The rate.</summary>
    /// <param name="neuron">The neuron.</param>
    /// <param name="input">The input, in volts.</param>
    /// <returns>Hertz; 0 where it is below the smallest number.</returns>
    /// <exception cref="ArgumentException">The reset is not below the threshold.</exception>
    public static double Rate(LeakyIntegrateAndFire neuron, WhiteNoiseInput input)
    {
        ArgumentNullException.ThrowIfNull(neuron);
        neuron.Validate();
        return RateAt(neuron, input.Mean, input.Sigma);
    }

    /// <summary>The rate, its logarithm and its slopes.</summary>
    /// <param name="neuron">The neuron.</param>
    /// <param name="input">The input, in volts.</param>
    /// <returns>Rate in hertz, slopes in hertz per volt.</returns>
    /// <exception cref="ArgumentException">The reset is not below the threshold.</exception>
    public static SiegertRate Evaluate(LeakyIntegrateAndFire neuron, WhiteNoiseInput input)
    {
        ArgumentNullException.ThrowIfNull(neuron);
        neuron.Validate();
        if (IsDeterministic(neuron, input.Mean, input.Sigma)) return WithoutNoise(neuron, input.Mean);
        ScaledPassage passage = new(neuron, input.Mean, input.Sigma);
        double scale = neuron.TimeConstant * rootPi, scaledInterval = ScaledInterval(neuron, passage), rate = passage.Decay / scaledInterval;

        // Far below the threshold the slopes are 0 like the rate, but their factors overflow.
        if (rate == 0) return new SiegertRate(0, -passage.Square - Math.Log(scaledInterval), 0, 0);

        // ν² e^(y_θ²) = ν / (e^(-y_θ²) / ν): neither factor overflows.
        double gain = rate / scaledInterval * scale / input.Sigma;
        return new SiegertRate(rate, -passage.Square - Math.Log(scaledInterval), gain * passage.Rise(), gain * passage.WeightedRise());
    }

    /// <summary>Rates of many inputs.</summary>
    /// <remarks>Runs on all processors; the results do not depend on their number.</remarks>
    /// <param name="neuron">The neuron.</param>
    /// <param name="means">μ of each input, in volts.</param>
    /// <param name="sigmas">σ of each input, in volts; as many.</param>
    /// <returns>Hertz, one value per input; empty for none.</returns>
    /// <exception cref="ArgumentException">The numbers of means and sigmas differ, a value is not finite, a σ is negative, or the reset is not below the threshold.</exception>
    public static double[] Rates(LeakyIntegrateAndFire neuron, IReadOnlyList<double> means, IReadOnlyList<double> sigmas)
    {
        ArgumentNullException.ThrowIfNull(neuron);
        ArgumentNullException.ThrowIfNull(means);
        ArgumentNullException.ThrowIfNull(sigmas);
        if (means.Count != sigmas.Count) throw new ArgumentException($"{means.Count} means need as many sigmas, not {sigmas.Count}.", nameof(sigmas));
        neuron.Validate();
        double[] mean = [.. means], sigma = [.. sigmas], rates = new double[mean.Length];
        for (int i = 0; i < mean.Length; i++)
        {
            if (!double.IsFinite(mean[i]) || !(sigma[i] >= 0) || !double.IsFinite(sigma[i]))
                throw new ArgumentException(FormattableString.Invariant($"Input {i} has mean {mean[i]} V and sigma {sigma[i]} V; both must be finite and sigma not negative."), nameof(means));
        }

        Parallel.For(0, (mean.Length + BlockSize - 1) / BlockSize, block =>
        {
            for (int i = block * BlockSize; i < Math.Min((block + 1) * BlockSize, mean.Length); i++) rates[i] = RateAt(neuron, mean[i], sigma[i]);
        });
        return rates;
    }

    /// <summary>The coefficient of variation of the interspike intervals.</summary>
    /// <remarks>Brunel's double integral with its order exchanged, so that one quadrature remains. <b>Cost:</b> about 2 µs.</remarks>
    /// <param name="neuron">The neuron.</param>
    /// <param name="input">The input, in volts.</param>
    /// <returns>Dimensionless; without noise 0 above the threshold, NaN below it.</returns>
    /// <exception cref="ArgumentException">The reset is not below the threshold.</exception>
    public static double CoefficientOfVariation(LeakyIntegrateAndFire neuron, WhiteNoiseInput input)
    {
        ArgumentNullException.ThrowIfNull(neuron);
        neuron.Validate();
        if (IsDeterministic(neuron, input.Mean, input.Sigma)) return input.Mean > neuron.Threshold ? 0 : double.NaN;
        ScaledPassage passage = new(neuron, input.Mean, input.Sigma);
        return neuron.TimeConstant / ScaledInterval(neuron, passage) * Math.Sqrt(PassageVariance.Of(passage));
    }

    private static double RateAt(LeakyIntegrateAndFire neuron, double mean, double sigma)
    {
        if (IsDeterministic(neuron, mean, sigma)) return WithoutNoise(neuron, mean).Rate;
        ScaledPassage passage = new(neuron, mean, sigma);
        return passage.Decay / ScaledInterval(neuron, passage);
    }

    // e^(-y_θ²) / ν.
    internal static double ScaledInterval(LeakyIntegrateAndFire neuron, in ScaledPassage passage) =>
        (passage.Decay * neuron.RefractoryPeriod) + (neuron.TimeConstant * rootPi * passage.Integral);

    // So little noise that y = (V - μ)/σ is not a number any more is no noise.
    internal static bool IsDeterministic(LeakyIntegrateAndFire neuron, double mean, double sigma) =>
        !double.IsFinite((Math.Abs(neuron.Threshold - mean) + Math.Abs(neuron.Reset - mean)) * (1 / sigma));

    private static SiegertRate WithoutNoise(LeakyIntegrateAndFire neuron, double mean)
    {
        if (mean <= neuron.Threshold) return new SiegertRate(0, double.NegativeInfinity, 0, 0);
        double interval = DeterministicRate.Interval(neuron, mean);
        return new SiegertRate(1 / interval, -Math.Log(interval), DeterministicRate.Slope(neuron, mean), 0);
    }
}
