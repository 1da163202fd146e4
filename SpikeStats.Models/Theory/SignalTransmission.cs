using MathNet.Numerics;
using MathNet.Numerics.Integration;
using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Models.Theory;

/// <summary>How much of a weak Gaussian signal in the mean input a spike train carries: coherence and a lower bound of the information.</summary>
/// <remarks>
/// With the two-sided spectrum S_s of the signal and S₀ of the train without it, the part of the train that follows the signal linearly has the spectrum |χ|² S_s, and the coherence is
/// C = |χ|² S_s/(S₀ + |χ|² S_s). A decoder that is linear in the spikes gets -½ log₂(1 - C) bits per hertz of the two-sided band and second; a better one may get more.
/// <para><b>Assumptions:</b> linear response, |χ| √(variance of the signal) well below the rate; the signal is Gaussian and adds to the noise of the neuron.</para>
/// <para><b>Accuracy:</b> that of the transfer; the integral to 10⁻⁹ relative. Tested against 18-digit values and sums.</para>
/// <para><b>Source:</b> Borst and Theunissen, Nat Neurosci 2:947 (1999); Lindner and Schimansky-Geier, Phys Rev Lett 86:2934 (2001).</para>
/// </remarks>
public static class SignalTransmission
{
    private const double Precision = 1e-9;
    private const int Depth = 12;

    /// <summary>The ratio |χ(f)|²/S₀(f) of transmitted signal to background, per unit of the spectrum of the signal.</summary>
    /// <param name="transfer">The neuron.</param>
    /// <param name="input">Mean and noise.</param>
    /// <param name="frequency">f, in hertz.</param>
    /// <returns>Hertz per volt squared.</returns>
    public static double SignalToNoise(IRateTransfer transfer, WhiteNoiseInput input, double frequency)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        double gain = transfer.Susceptibility(input, frequency).Magnitude;
        return gain * gain / transfer.PowerSpectrum(input, frequency);
    }

    /// <summary>The coherence of signal and spike train.</summary>
    /// <param name="transfer">The neuron.</param>
    /// <param name="input">Mean and noise.</param>
    /// <param name="frequency">f, in hertz.</param>
    /// <param name="signalSpectrum">S_s(f), two-sided, in volts squared per hertz; not negative.</param>
    /// <returns>Between 0 and 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The spectrum is negative or not finite.</exception>
    public static double Coherence(IRateTransfer transfer, WhiteNoiseInput input, double frequency, double signalSpectrum)
    {
        double ratio = SignalToNoise(transfer, input, frequency) * NotNegative(signalSpectrum);
        return ratio / (1 + ratio);
    }

    /// <summary>The lower bound of the rate of information about the signal in a band, -∫ log₂(1 - C(f)) df: the negative frequencies carry the other half.</summary>
    /// <param name="transfer">The neuron.</param>
    /// <param name="input">Mean and noise.</param>
    /// <param name="signalSpectrum">S_s by frequency in hertz; two-sided, in volts squared per hertz; not negative.</param>
    /// <param name="lowest">The lower end of the band, in hertz; not negative.</param>
    /// <param name="highest">The upper end of the band, in hertz.</param>
    /// <returns>Bits per second; 0 for an empty band.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The spectrum is negative or not finite, or the ends of the band are not in order.</exception>
    public static double InformationRate(IRateTransfer transfer, WhiteNoiseInput input, Func<double, double> signalSpectrum, double lowest, double highest)
    {
        ArgumentNullException.ThrowIfNull(signalSpectrum);
        if (!(lowest >= 0) || !(highest >= lowest) || !double.IsFinite(highest))
            throw new ArgumentOutOfRangeException(nameof(lowest), lowest, FormattableString.Invariant($"The band must begin at 0 or above and end not before; it is {lowest} to {highest} Hz."));
        if (lowest == highest) return 0;
        double nats = GaussKronrodRule.Integrate(
            frequency => Exponentials.LogOnePlus(SignalToNoise(transfer, input, frequency) * NotNegative(signalSpectrum(frequency))), lowest, highest, out _, out _, Precision, Depth, 31);
        return nats / Constants.Ln2;
    }

    private static double NotNegative(double spectrum) => spectrum >= 0 && double.IsFinite(spectrum)
        ? spectrum
        : throw new ArgumentOutOfRangeException(nameof(spectrum), spectrum, "The spectrum of the signal must be finite and not negative, in volts squared per hertz.");
}
