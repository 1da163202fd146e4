using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Models.Neurons;

/// <summary>The adaptive exponential integrate-and-fire neuron (AdEx).</summary>
/// <remarks>
/// <para>C dV/dt = -g_L (V - E_L) + g_L Δ e^((V - V_T)/Δ) - w + I(t), τ_w dw/dt = a (V - E_L) - w. As V rises through <see cref="Cut"/> there is a spike: V becomes V_r and w grows by b. The
/// drive I is a current in amperes.</para>
/// <para>The voltage reaches infinity in finite time; at the cut it is away from there by no more than C/g_L e^(-(cut - V_T)/Δ), 1e-13 s with the defaults, so that the spike times do not
/// depend on the cut as long as it lies well above V_T; w at the spike hardly does. The exponent is limited to 600, so that a step that is tried beyond the cut stays finite.</para>
/// <para><b>Source:</b> Brette and Gerstner, J Neurophysiol 94:3637 (2005), whose values are the defaults; Touboul and Brette, Biol Cybern 99:319 (2008) for the rheobases.</para>
/// </remarks>
public sealed record AdaptiveExponential : SmoothNeuron
{
    private const double LargestExponent = 600;

    private static readonly double[] scales = [1e-3, 1e-12];

    /// <summary>The capacitance C, in farads.</summary>
    /// <value>281 pF by default; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double Capacitance { get; init => field = Positive(value, "capacitance", "farads"); } = 281e-12;

    /// <summary>The leak conductance g_L, in siemens.</summary>
    /// <value>30 nS by default; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double LeakConductance { get; init => field = Positive(value, "leak conductance", "siemens"); } = 30e-9;

    /// <summary>The reversal potential E_L of the leak, in volts.</summary>
    /// <value>-70.6 mV by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double LeakReversal { get; init => field = Finite(value, "reversal potential of the leak", "volts"); } = -70.6e-3;

    /// <summary>The voltage V_T from which the spike starts, in volts.</summary>
    /// <value>-50.4 mV by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double Onset { get; init => field = Finite(value, "onset of the spike", "volts"); } = -50.4e-3;

    /// <summary>The sharpness Δ of the onset, in volts.</summary>
    /// <value>2 mV by default; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double Sharpness { get; init => field = Positive(value, "sharpness of the spike onset", "volts"); } = 2e-3;

    /// <summary>The coupling a of the adaptation to the voltage, in siemens.</summary>
    /// <value>4 nS by default; may be negative.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double AdaptationConductance { get; init => field = Finite(value, "coupling of the adaptation", "siemens"); } = 4e-9;

    /// <summary>The time constant τ_w of the adaptation, in seconds.</summary>
    /// <value>144 ms by default; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double AdaptationTime { get; init => field = Positive(value, "time constant of the adaptation", "seconds"); } = 144e-3;

    /// <summary>The growth b of the adaptation at a spike, in amperes.</summary>
    /// <value>80.5 pA by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double AdaptationStep { get; init => field = Finite(value, "growth of the adaptation", "amperes"); } = 80.5e-12;

    /// <summary>The voltage V_r after a spike, in volts.</summary>
    /// <value>-70.6 mV by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double ResetVoltage { get; init => field = Finite(value, "voltage after a spike", "volts"); } = -70.6e-3;

    /// <summary>The voltage at which a spike is cut off and counted, in volts.</summary>
    /// <value>0 mV by default; above the reset.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double Cut { get; init => field = Finite(value, "cut of the spike", "volts"); }

    /// <summary>The time constant C/g_L of the membrane, in seconds.</summary>
    public double MembraneTime => Capacitance / LeakConductance;

    /// <summary>The current I_SN at which the equilibria meet and vanish, in amperes: (g_L + a)(V_T - E_L - Δ + Δ ln(1 + a/g_L)).</summary>
    /// <value>NaN if a ≤ -g_L: there is a single equilibrium then, and it is not stable.</value>
    public double SaddleNodeCurrent => 1 + Ratio > 0
        ? (LeakConductance + AdaptationConductance) * (Onset - LeakReversal - Sharpness + (Sharpness * Exponentials.LogOnePlus(Ratio)))
        : double.NaN;

    /// <summary>The current I_H at which the equilibrium begins to oscillate, in amperes: (g_L + a)(V* - E_L) - g_L Δ (1 + τ_m/τ_w) at V* = V_T + Δ ln(1 + τ_m/τ_w).</summary>
    /// <remarks>It is reached before the saddle-node only if <see cref="LosesStabilityByOscillation"/>; otherwise it is a formula without meaning.</remarks>
    public double HopfCurrent
    {
        get
        {
            double times = MembraneTime / AdaptationTime, voltage = Onset + (Sharpness * Exponentials.LogOnePlus(times));
            return ((LeakConductance + AdaptationConductance) * (voltage - LeakReversal)) - (LeakConductance * Sharpness * (1 + times));
        }
    }

    /// <summary>Whether the resting state is lost by oscillation (Hopf bifurcation) and not by a saddle-node: a/g_L above τ_m/τ_w.</summary>
    public bool LosesStabilityByOscillation => Ratio > MembraneTime / AdaptationTime;

    /// <summary>The rheobase: the weakest lasting current under which the neuron has no stable resting state, in amperes.</summary>
    /// <value>NaN if a ≤ -g_L, where no resting state is stable.</value>
    public double Rheobase => LosesStabilityByOscillation ? HopfCurrent : SaddleNodeCurrent;

    /// <summary>E_L, in volts.</summary>
    public override double StartingVoltage => LeakReversal;

    /// <summary>The <see cref="Cut"/>, in volts.</summary>
    public override double SpikeLevel => Cut;

    /// <summary>The <see cref="MembraneTime"/>, in seconds.</summary>
    public override double NoiseTimeConstant => MembraneTime;

    internal override string Description => "adaptive exponential integrate-and-fire neuron";

    internal override string DriveUnit => "A";

    internal override ReadOnlySpan<double> Scales => scales;

    internal override bool IsReset => true;

    internal override double FastestRate => Math.Max(1 / MembraneTime, 1 / AdaptationTime);

    private double Ratio => AdaptationConductance / LeakConductance;

    internal override void Slope(ReadOnlySpan<double> state, double drive, Span<double> slope)
    {
        double distance = state[0] - LeakReversal, onset = Sharpness * Math.Exp(Math.Min((state[0] - Onset) / Sharpness, LargestExponent));
        slope[0] = ((LeakConductance * (onset - distance)) - state[1] + drive) / Capacitance;
        slope[1] = ((AdaptationConductance * distance) - state[1]) / AdaptationTime;
    }

    internal override void StateAt(double voltage, Span<double> state) => (state[0], state[1]) = (voltage, AdaptationConductance * (voltage - LeakReversal));

    internal override void Reset(Span<double> state) => (state[0], state[1]) = (ResetVoltage, state[1] + AdaptationStep);

    internal override double RestingVoltage(double drive)
    {
        double total = LeakConductance + AdaptationConductance, fold = Onset + (Sharpness * Math.Log(1 + Ratio));

        // The current that is missing rises with the voltage up to the fold.
        if (!(total > 0)) return double.NaN;
        double asymptote = LeakReversal + (drive / total), low = Math.Min(asymptote, fold);
        return Missing(fold).Value < 0 ? double.NaN : IncreasingRoot.Find(Missing, low, fold);

        (double Value, double Slope) Missing(double voltage)
        {
            double exponential = Math.Exp((voltage - Onset) / Sharpness);
            return ((total * (voltage - LeakReversal)) - (LeakConductance * Sharpness * exponential) - drive, total - (LeakConductance * exponential));
        }
    }

    internal override void Validate()
    {
        if (ResetVoltage >= Cut) throw new ArgumentException(FormattableString.Invariant($"The voltage after a spike ({ResetVoltage} V) must lie below the cut ({Cut} V)."));
        if (Onset >= Cut) throw new ArgumentException(FormattableString.Invariant($"The cut of the spike ({Cut} V) must lie above its onset ({Onset} V)."));
    }
}
