namespace SpikeStats.Models.Neurons;

/// <summary>Izhikevich's neuron of two variables: dv/dt = 0.04 v² + 5 v + 140 - u + I, du/dt = a (b v - u) in millivolts and milliseconds.</summary>
/// <remarks>
/// <para>As v rises through the peak of 30 mV there is a spike: v becomes c and u grows by d. Here in volts and seconds: u and the drive I are in volts per second, so that the paper's
/// I = 10 is a drive of 10 V/s (10 mV/ms), and the paper's a = 0.02, b = 0.2, d = 8 are 20 per second, 200 per second and 8 V/s.</para>
/// <para>v has a pole in finite time; with the peak at 30 mV it lies 0.3 ms or so behind the spike. The values of the paper were found with steps of 1 ms, which are not exact: the scheme
/// <see cref="MembraneScheme.Paper2003"/> and the exact solution have different spikes and must not be compared.</para>
/// <para><b>Source:</b> Izhikevich, IEEE Trans Neural Netw 14:1569 (2003); the defaults are its regular spiking cell.</para>
/// </remarks>
public sealed record Izhikevich : SmoothNeuron
{
    // 0.04 per mV and ms, 5 per ms and 140 mV/ms.
    private const double Curvature = 4e4, Linear = 5e3, Constant = 140;

    private static readonly double[] scales = [1e-3, 0.1];

    /// <summary>The rate a at which u recovers, in reciprocal seconds (hertz).</summary>
    /// <value>20 per second by default (0.02 in the paper); not negative, 0 freezes u.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double RecoveryRate { get; init => field = NotNegative(value, "rate of recovery a", "reciprocal seconds"); } = 20;

    /// <summary>The coupling b of u to the voltage, in reciprocal seconds (hertz).</summary>
    /// <value>200 per second by default (0.2 in the paper).</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double RecoveryCoupling { get; init => field = Finite(value, "coupling of the recovery b", "reciprocal seconds"); } = 200;

    /// <summary>The voltage c after a spike, in volts.</summary>
    /// <value>-65 mV by default; below the peak.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double ResetVoltage { get; init => field = Finite(value, "voltage after a spike c", "volts"); } = -65e-3;

    /// <summary>The growth d of u at a spike, in volts per second.</summary>
    /// <value>8 V/s by default (8 in the paper).</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double RecoveryStep { get; init => field = Finite(value, "growth of the recovery d", "volts per second"); } = 8;

    /// <summary>The voltage at which a spike is cut off and counted, in volts.</summary>
    /// <value>30 mV by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double Peak { get; init => field = Finite(value, "peak of the spike", "volts"); } = 30e-3;

    /// <summary>The drive (5 - b)²/0.16 - 140 at which the equilibria meet and vanish, in volts per second.</summary>
    public double SaddleNodeDrive => ((Linear - RecoveryCoupling) * (Linear - RecoveryCoupling) / (4 * Curvature)) - Constant;

    /// <summary>The drive at which the equilibrium at v = (a - 5)/0.08 begins to oscillate (Hopf bifurcation), in volts per second.</summary>
    /// <remarks>The resting state is lost there, before the saddle-node, if a is below b; otherwise it is a formula without meaning.</remarks>
    public double HopfDrive
    {
        get
        {
            double voltage = (RecoveryRate - Linear) / (2 * Curvature);
            return ((RecoveryCoupling - Linear - (Curvature * voltage)) * voltage) - Constant;
        }
    }

    /// <summary>The weakest lasting drive under which the neuron has no stable resting state, in volts per second.</summary>
    public double Rheobase => RecoveryRate < RecoveryCoupling ? HopfDrive : SaddleNodeDrive;

    /// <summary>-65 mV, in volts, from where the paper starts its cells.</summary>
    public override double StartingVoltage => -65e-3;

    /// <summary>The <see cref="Peak"/>, in volts.</summary>
    public override double SpikeLevel => Peak;

    /// <summary>1 ms, in seconds, the paper's unit of time: the model has no membrane time constant.</summary>
    public override double NoiseTimeConstant => 1e-3;

    internal override string Description => "Izhikevich neuron";

    internal override string DriveUnit => "V/s";

    internal override ReadOnlySpan<double> Scales => scales;

    internal override bool IsReset => true;

    internal override double FastestRate => Math.Max(RecoveryRate, Math.Abs(Linear + (2 * Curvature * Math.Min(ResetVoltage, StartingVoltage))));

    internal override void Slope(ReadOnlySpan<double> state, double drive, Span<double> slope)
    {
        slope[0] = (((Curvature * state[0]) + Linear) * state[0]) + Constant - state[1] + drive;
        slope[1] = RecoveryRate * ((RecoveryCoupling * state[0]) - state[1]);
    }

    internal override void StateAt(double voltage, Span<double> state) => (state[0], state[1]) = (voltage, RecoveryCoupling * voltage);

    internal override void Reset(Span<double> state) => (state[0], state[1]) = (ResetVoltage, state[1] + RecoveryStep);

    internal override double RestingVoltage(double drive)
    {
        // The lower root of 0.04 v² + (5 - b) v + 140 + I.
        double half = (Linear - RecoveryCoupling) / 2, discriminant = (half * half) - (Curvature * (Constant + drive));
        return discriminant < 0 ? double.NaN : (-half - Math.Sqrt(discriminant)) / Curvature;
    }

    internal override void Validate()
    {
        if (ResetVoltage >= Peak) throw new ArgumentException(FormattableString.Invariant($"The voltage after a spike ({ResetVoltage} V) must lie below the peak ({Peak} V)."));
    }
}
