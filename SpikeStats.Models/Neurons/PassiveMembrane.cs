using System.Numerics;
using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Models.Neurons;

/// <summary>A membrane below its threshold: τ dV/dt = E_L - V + R I(t).</summary>
/// <remarks>
/// What a current does to it (rheobase, strength and duration, filter), and what a conductance does, such as that of a light-gated channel: it pulls towards its reversal
/// potential and makes the membrane faster. <b>Accuracy:</b> closed forms to rounding, tested against values computed elsewhere. <b>Source:</b> Koch, Biophysics of Computation
/// (1999), chapters 1 and 14.
/// </remarks>
public sealed record PassiveMembrane
{
    /// <summary>The input resistance R, in ohms.</summary>
    /// <value>100 MΩ by default; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double Resistance { get; init => field = Require.Positive(value, nameof(value), "The input resistance", "in ohms"); } = 100e6;

    /// <summary>The time constant τ, in seconds.</summary>
    /// <value>20 ms by default; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double TimeConstant { get; init => field = Require.Positive(value, nameof(value), "The time constant of the membrane", "in seconds"); } = 20e-3;

    /// <summary>The resting potential E_L, in volts.</summary>
    /// <value>-65 mV by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double RestingPotential { get; init => field = Require.Finite(value, nameof(value), "The resting potential", "in volts"); } = -65e-3;

    /// <summary>The threshold θ, in volts.</summary>
    /// <value>-50 mV by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double Threshold { get; init => field = Require.Finite(value, nameof(value), "The threshold", "in volts"); } = -50e-3;

    /// <summary>The rheobase (θ - E_L)/R, in amperes: the weakest lasting current that makes it fire; negative if it fires without any.</summary>
    public double Rheobase => (Threshold - RestingPotential) / Resistance;

    /// <summary>The pole -1/τ of its filter, per second.</summary>
    public double Pole => -1 / TimeConstant;

    /// <summary>The frequency 1/(2πτ) at which its gain has fallen by √2 (3 dB), in hertz.</summary>
    public double CornerFrequency => 1 / (2 * Math.PI * TimeConstant);

    /// <summary>The weakest current pulse of any duration.</summary>
    /// <returns>Lapicque's curve, in amperes.</returns>
    /// <exception cref="InvalidOperationException">The membrane rests above its threshold.</exception>
    public StrengthDurationCurve StrengthDuration()
    {
        RequireRest();
        return new StrengthDurationCurve(Rheobase, TimeConstant);
    }

    /// <summary>The impedance R/(1 + 2πifτ); its logarithm and phase over log f are the Bode plot.</summary>
    /// <param name="frequency">f, in hertz.</param>
    /// <returns>Ohms; its phase lies between 0 and -π/2.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The frequency is not finite.</exception>
    public Complex Impedance(double frequency) => double.IsFinite(frequency)
        ? Resistance / new Complex(1, 2 * Math.PI * frequency * TimeConstant)
        : throw new ArgumentOutOfRangeException(nameof(frequency), frequency, "The frequency must be finite, in hertz.");

    /// <summary>The mean input μ = E_L + R I of a current, to which the membrane would go without a threshold.</summary>
    /// <param name="current">I, in amperes.</param>
    /// <returns>Volts.</returns>
    public double MeanInput(double current) => RestingPotential + (Resistance * current);

    /// <summary>The integrate-and-fire neuron that this membrane makes; its input is <see cref="MeanInput"/>.</summary>
    /// <param name="reset">V_r, in volts.</param>
    /// <param name="refractoryPeriod">t_ref, in seconds.</param>
    /// <returns>The neuron.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public LeakyIntegrateAndFire ToNeuron(double reset, double refractoryPeriod) =>
        new() { TimeConstant = TimeConstant, Threshold = Threshold, Reset = reset, RefractoryPeriod = refractoryPeriod };

    /// <summary>The membrane while a conductance g is open: R, τ divided by 1 + gR, and at rest where leak and g balance, (E_L + gR E)/(1 + gR).</summary>
    /// <param name="conductance">g, in siemens; not negative.</param>
    /// <param name="reversal">E, in volts.</param>
    /// <returns>The membrane.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public PassiveMembrane WithConductance(double conductance, double reversal)
    {
        double ratio = Require.NotNegative(conductance, nameof(conductance), "The conductance", "in siemens") * Resistance, total = 1 + ratio;
        return this with { Resistance = Resistance / total, TimeConstant = TimeConstant / total, RestingPotential = RestingPotential + (ratio / total * (Require.Finite(reversal, nameof(reversal), "The reversal potential", "in volts") - RestingPotential)) };
    }

    /// <summary>The weakest lasting conductance that makes it fire, (θ - E_L)/(R (E - θ)).</summary>
    /// <param name="reversal">E, in volts; near 0 for channelrhodopsin-2.</param>
    /// <returns>Siemens; infinite if the reversal potential does not lie above the threshold.</returns>
    /// <exception cref="InvalidOperationException">The membrane rests above its threshold.</exception>
    public double RheobaseConductance(double reversal)
    {
        RequireRest();
        double driving = Require.Finite(reversal, nameof(reversal), "The reversal potential", "in volts") - Threshold;
        return driving > 0 ? Rheobase / driving : double.PositiveInfinity;
    }

    /// <summary>The weakest conductance that makes it fire within a duration.</summary>
    /// <remarks>The membrane becomes faster the more it opens, so that short pulses need less of it than Lapicque's law for currents says.</remarks>
    /// <param name="duration">d, in seconds; positive.</param>
    /// <param name="reversal">E, in volts.</param>
    /// <returns>Siemens; infinite if the reversal potential does not lie above the threshold.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The duration is not positive.</exception>
    /// <exception cref="InvalidOperationException">The membrane rests above its threshold.</exception>
    public double ThresholdConductance(double duration, double reversal)
    {
        double lasting = RheobaseConductance(reversal);
        if (!(duration > 0)) throw new ArgumentOutOfRangeException(nameof(duration), duration, "The duration of the pulse must be positive, in seconds.");
        if (double.IsInfinity(lasting)) return lasting;
        double share = (Threshold - RestingPotential) / (reversal - RestingPotential), time = duration / TimeConstant, low = Math.Log(lasting * Resistance), high = low;
        while (Miss(high).Value < 0) high += 1;
        return Math.Exp(IncreasingRoot.Find(Miss, low, high)) / Resistance;

        // With a = gR the membrane gets a/(1 + a) (1 - e^(-(1 + a) d/τ)) of the way to the reversal potential.
        (double Value, double Slope) Miss(double logRatio)
        {
            double a = Math.Exp(logRatio), total = 1 + a, reached = -Exponentials.MinusOne(-total * time);
            return ((a / total * reached) - share, (a / (total * total) * reached) + (a * a / total * time * (1 - reached)));
        }
    }

    private void RequireRest()
    {
        if (!(RestingPotential < Threshold))
            throw new InvalidOperationException(FormattableString.Invariant($"The membrane rests at {RestingPotential} V, not below its threshold of {Threshold} V: it fires without input."));
    }
}
