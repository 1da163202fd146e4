using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Models.Theory;

/// <summary>Stochastic resonance: a signal too weak to make a neuron fire is carried best at a certain noise.</summary>
/// <remarks>
/// For the input μ + A cos(2πft) and linear response, SNR = (A²/4) |χ(f)|²/S₀(f) with the two-sided spectrum S₀ of the train without signal. The noise that
/// gives the best SNR is not the one that gives the largest gain.
/// <para><b>Accuracy:</b> that of the transfer; the best σ to 10⁻⁷ relative.</para>
/// <para><b>Source:</b> Lindner, Garcia-Ojalvo, Neiman and Schimansky-Geier, Phys Rep 392:321 (2004).</para>
/// </remarks>
public sealed class StochasticResonance
{
    private const double Step = 1.15;
    private const double Precision = 1e-8;

    private readonly IRateTransfer transfer;

    /// <summary>States the signal.</summary>
    /// <param name="transfer">The neuron.</param>
    /// <param name="mean">μ, in volts.</param>
    /// <param name="amplitude">A, in volts; positive.</param>
    /// <param name="frequency">f, in hertz; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public StochasticResonance(IRateTransfer transfer, double mean, double amplitude, double frequency)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        if (!double.IsFinite(mean)) throw new ArgumentOutOfRangeException(nameof(mean), mean, "The mean input must be finite, in volts.");
        if (!(amplitude > 0) || !double.IsFinite(amplitude)) throw new ArgumentOutOfRangeException(nameof(amplitude), amplitude, "The amplitude of the signal must be positive, in volts.");
        if (!(frequency > 0) || !double.IsFinite(frequency)) throw new ArgumentOutOfRangeException(nameof(frequency), frequency, "The frequency of the signal must be positive, in hertz.");
        this.transfer = transfer;
        Mean = mean;
        Amplitude = amplitude;
        Frequency = frequency;
    }

    /// <summary>μ, in volts.</summary>
    public double Mean { get; }

    /// <summary>A, in volts.</summary>
    public double Amplitude { get; }

    /// <summary>f, in hertz.</summary>
    public double Frequency { get; }

    /// <summary>The transmission at a level of noise.</summary>
    /// <param name="sigma">σ, in volts; positive.</param>
    /// <returns>Gain, background and their ratio.</returns>
    public ResonancePoint At(double sigma)
    {
        WhiteNoiseInput input = new(Mean, sigma);
        double gain = transfer.Susceptibility(input, Frequency).Magnitude, background = transfer.PowerSpectrum(input, Frequency);
        return new ResonancePoint(sigma, gain, background, 0.25 * Amplitude * Amplitude * gain * gain / background, Amplitude * gain / transfer.Rate(input));
    }

    /// <summary>The noise with the best ratio of signal to noise.</summary>
    /// <param name="smallest">The smallest σ to consider, in volts; positive.</param>
    /// <param name="largest">The largest σ to consider, in volts.</param>
    /// <returns>The best point; at an end of the range if the ratio rises or falls all the way.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty or not positive.</exception>
    public ResonancePoint BestForSignalToNoise(double smallest, double largest) => Best(smallest, largest, point => point.SignalToNoise);

    /// <summary>The noise with the largest gain.</summary>
    /// <param name="smallest">The smallest σ to consider, in volts; positive.</param>
    /// <param name="largest">The largest σ to consider, in volts.</param>
    /// <returns>The best point; at an end of the range if the gain rises or falls all the way.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty or not positive.</exception>
    public ResonancePoint BestForGain(double smallest, double largest) => Best(smallest, largest, point => point.Gain);

    // The ratio may have several maxima: a coarse scan finds the highest, golden section refines it.
    private ResonancePoint Best(double smallest, double largest, Func<ResonancePoint, double> score)
    {
        if (!(smallest > 0) || !(largest > smallest) || !double.IsFinite(largest))
            throw new ArgumentOutOfRangeException(nameof(smallest), smallest, FormattableString.Invariant($"The range of noise must be positive and not empty; it is {smallest} to {largest} V."));
        double best = smallest, highest = Score(smallest);
        for (double sigma = smallest; sigma < largest;)
        {
            sigma = Math.Min(sigma * Step, largest);
            double value = Score(sigma);
            if (value > highest) (best, highest) = (sigma, value);
        }

        return At(GoldenSection.Minimum(sigma => -Score(sigma), Math.Max(smallest, best / Step), Math.Min(largest, best * Step), Precision));

        // Without a spike there is nothing to transmit.
        double Score(double sigma) => score(At(sigma)) is var value && double.IsNaN(value) ? 0 : value;
    }
}
