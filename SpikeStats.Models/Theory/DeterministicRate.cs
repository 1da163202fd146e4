using SpikeStats.Models.Neurons;
using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Models.Theory;

/// <summary>The rate of a leaky integrate-and-fire neuron without noise against its input (f-I curve), and its inverse.</summary>
/// <remarks>
/// ν = 1/(t_ref + τ log((μ - V_r)/(μ - θ))) above the threshold, 0 up to it: the rheobase is μ = θ. For a current I into a membrane of resistance R at rest E_L,
/// μ = E_L + R I (<see cref="PassiveMembrane"/>).
/// <para><b>Accuracy:</b> 10⁻¹⁴ relative, tested against 16-digit values.</para>
/// <para><b>Source:</b> Lapicque, J Physiol Pathol Gen 9:620 (1907); Stein, Biophys J 5:173 (1965).</para>
/// </remarks>
public static class DeterministicRate
{
    /// <summary>The rate.</summary>
    /// <param name="neuron">The neuron.</param>
    /// <param name="mean">μ, in volts.</param>
    /// <returns>Hertz; 0 up to the threshold.</returns>
    /// <exception cref="ArgumentException">The reset is not below the threshold.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The mean is not finite.</exception>
    public static double At(LeakyIntegrateAndFire neuron, double mean)
    {
        Validate(neuron, mean);
        return mean > neuron.Threshold ? 1 / Interval(neuron, mean) : 0;
    }

    /// <summary>The slope ∂ν/∂μ = ν² τ (θ - V_r)/((μ - θ)(μ - V_r)).</summary>
    /// <param name="neuron">The neuron.</param>
    /// <param name="mean">μ, in volts.</param>
    /// <returns>Hertz per volt; 0 up to the threshold, from where it rises without bound.</returns>
    /// <exception cref="ArgumentException">The reset is not below the threshold.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The mean is not finite.</exception>
    public static double Slope(LeakyIntegrateAndFire neuron, double mean)
    {
        double rate = At(neuron, mean);
        return rate == 0 ? 0 : rate * rate * neuron.TimeConstant * ((neuron.Threshold - neuron.Reset) / (mean - neuron.Threshold)) / (mean - neuron.Reset);
    }

    /// <summary>The mean input that makes the neuron fire at a rate, θ + (θ - V_r)/(e^(T/τ) - 1) with T = 1/ν - t_ref.</summary>
    /// <param name="neuron">The neuron.</param>
    /// <param name="rate">ν, in hertz; positive and below 1/t_ref.</param>
    /// <returns>μ, in volts.</returns>
    /// <exception cref="ArgumentException">The reset is not below the threshold.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No input gives this rate.</exception>
    public static double Mean(LeakyIntegrateAndFire neuron, double rate)
    {
        ArgumentNullException.ThrowIfNull(neuron);
        neuron.Validate();
        double passage = Passage(neuron, rate);
        return neuron.Threshold + ((neuron.Threshold - neuron.Reset) / Exponentials.MinusOne(passage / neuron.TimeConstant));
    }

    // 1/ν for a mean above the threshold.
    internal static double Interval(LeakyIntegrateAndFire neuron, double mean) =>
        neuron.RefractoryPeriod + (neuron.TimeConstant * Exponentials.LogOnePlus((neuron.Threshold - neuron.Reset) / (mean - neuron.Threshold)));

    // 1/ν - t_ref, without cancellation.
    internal static double Passage(LeakyIntegrateAndFire neuron, double rate)
    {
        double free = Math.FusedMultiplyAdd(-rate, neuron.RefractoryPeriod, 1);
        if (!(rate > 0) || !(free > 0) || !double.IsFinite(rate))
        {
            throw new ArgumentOutOfRangeException(
                nameof(rate), rate, FormattableString.Invariant($"No input gives this rate: it must lie above 0 and below 1/t_ref = {1 / neuron.RefractoryPeriod} Hz."));
        }

        return free / rate;
    }

    private static void Validate(LeakyIntegrateAndFire neuron, double mean)
    {
        ArgumentNullException.ThrowIfNull(neuron);
        if (!double.IsFinite(mean)) throw new ArgumentOutOfRangeException(nameof(mean), mean, "The mean input must be finite, in volts.");
        neuron.Validate();
    }
}
