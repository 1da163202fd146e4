using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Models.Neurons;

/// <summary>Hodgkin and Huxley's squid giant axon, a patch of membrane at 6.3 °C.</summary>
/// <remarks>
/// <para>C dV/dt = -g_Na m³ h (V - E_Na) - g_K n⁴ (V - E_K) - g_L (V - E_L) + I(t) and dx/dt = α_x (1 - x) - β_x x for the gates m, h, n. Voltages count from rest, depolarisation is
/// positive. The drive I is a current density in amperes per square metre: 10 µA/cm² are 0.1 A/m².</para>
/// <para>Rates per millisecond, V in millivolts: α_m = 0.1 (25 - V)/(e^((25 - V)/10) - 1), β_m = 4 e^(-V/18), α_h = 0.07 e^(-V/20), β_h = 1/(e^((30 - V)/10) + 1),
/// α_n = 0.01 (10 - V)/(e^((10 - V)/10) - 1), β_n = 0.125 e^(-V/80). Where a denominator vanishes, the quotient is taken through e^x - 1 and has no gap.</para>
/// <para>The resting state and firing are both stable between 62.6 and 97.8 mA/m²: what happens there depends on where it starts.</para>
/// <para><b>Source:</b> Hodgkin and Huxley, J Physiol 117:500 (1952), with the sign of voltage turned.</para>
/// </remarks>
public sealed record HodgkinHuxley : SmoothNeuron
{
    /// <summary>The leak reversal that textbooks round to, 10.6 mV, in volts.</summary>
    public const double RoundedLeakReversal = 10.6e-3;

    private const double MillivoltsPerVolt = 1e3, PerSecond = 1e3;

    private static readonly double[] scales = [1e-3, 1e-2, 1e-2, 1e-2];

    /// <summary>The capacitance C, in farads per square metre.</summary>
    /// <value>0.01 F/m² by default (1 µF/cm²); positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double Capacitance { get; init => field = Positive(value, "capacitance", "farads per square metre"); } = 1e-2;

    /// <summary>The largest sodium conductance g_Na, in siemens per square metre.</summary>
    /// <value>1200 S/m² by default (120 mS/cm²); not negative.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double SodiumConductance { get; init => field = NotNegative(value, "sodium conductance", "siemens per square metre"); } = 1200;

    /// <summary>The largest potassium conductance g_K, in siemens per square metre.</summary>
    /// <value>360 S/m² by default (36 mS/cm²); not negative.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double PotassiumConductance { get; init => field = NotNegative(value, "potassium conductance", "siemens per square metre"); } = 360;

    /// <summary>The leak conductance g_L, in siemens per square metre.</summary>
    /// <value>3 S/m² by default (0.3 mS/cm²); positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double LeakConductance { get; init => field = Positive(value, "leak conductance", "siemens per square metre"); } = 3;

    /// <summary>The sodium reversal potential E_Na from rest, in volts.</summary>
    /// <value>115 mV by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double SodiumReversal { get; init => field = Finite(value, "sodium reversal potential", "volts"); } = 115e-3;

    /// <summary>The potassium reversal potential E_K from rest, in volts.</summary>
    /// <value>-12 mV by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double PotassiumReversal { get; init => field = Finite(value, "potassium reversal potential", "volts"); } = -12e-3;

    /// <summary>The leak reversal potential E_L from rest, in volts.</summary>
    /// <value>10.613 mV by default, as in table 3 of the paper; others round it (<see cref="RoundedLeakReversal"/>), which shifts spikes by microseconds and more with every period.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double LeakReversal { get; init => field = Finite(value, "leak reversal potential", "volts"); } = 10.613e-3;

    /// <summary>The voltage from rest whose upward crossing is counted as a spike, in volts.</summary>
    /// <value>50 mV by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double CountingLevel { get; init => field = Finite(value, "counting level", "volts"); } = 50e-3;

    /// <summary>The resting voltage without a drive, in volts: 3.6 µV with the defaults.</summary>
    public override double StartingVoltage => RestingVoltage(0);

    /// <summary>The <see cref="CountingLevel"/>, in volts.</summary>
    public override double SpikeLevel => CountingLevel;

    /// <summary>C/g_L, in seconds.</summary>
    public override double NoiseTimeConstant => Capacitance / LeakConductance;

    internal override string Description => "Hodgkin-Huxley squid axon";

    internal override string DriveUnit => "A/m²";

    internal override ReadOnlySpan<double> Scales => scales;

    internal override bool IsReset => false;

    // Of the gates m at the ends of the range of voltages; the membrane itself is faster only for moments at the peak of a spike.
    internal override double FastestRate => Math.Max(RateOfSodiumActivation(PotassiumReversal), RateOfSodiumActivation(SodiumReversal));

    /// <summary>The gates in equilibrium at a voltage.</summary>
    /// <param name="voltage">V from rest, in volts.</param>
    /// <returns>m, h and n, from 0 to 1, and their time constants, in seconds.</returns>
    public static GateEquilibrium GatesAt(double voltage)
    {
        GateRates m = GateRates.SodiumActivation(voltage * MillivoltsPerVolt), h = GateRates.SodiumInactivation(voltage * MillivoltsPerVolt), n = GateRates.PotassiumActivation(voltage * MillivoltsPerVolt);
        return new GateEquilibrium(m.Equilibrium, h.Equilibrium, n.Equilibrium, m.TimeConstant / PerSecond, h.TimeConstant / PerSecond, n.TimeConstant / PerSecond);
    }

    /// <summary>The smallest constant drive at which the resting state begins to oscillate (Hopf bifurcation), in amperes per square metre.</summary>
    /// <returns>97.754 mA/m² with the defaults; NaN if the resting state is stable up to 50 mV.</returns>
    public double HopfDrive()
    {
        const double Stride = 0.25e-3, Highest = 50e-3;
        double low = StartingVoltage;
        while (low < Highest && Growth(low + Stride) < 0) low += Stride;
        if (low >= Highest) return double.NaN;
        return SteadyCurrent(IncreasingRoot.Find(voltage => (Growth(voltage), double.NaN), low, low + Stride));

        double Growth(double voltage) => LeadingEigenvalue(voltage, SteadyCurrent(voltage)).Real;
    }

    internal override void Slope(ReadOnlySpan<double> state, double drive, Span<double> slope)
    {
        double voltage = state[0], millivolts = voltage * MillivoltsPerVolt, m = state[1], h = state[2], n = state[3];
        double sodium = SodiumConductance * m * m * m * h, potassium = PotassiumConductance * n * n * n * n;
        slope[0] = (drive - (sodium * (voltage - SodiumReversal)) - (potassium * (voltage - PotassiumReversal)) - (LeakConductance * (voltage - LeakReversal))) / Capacitance;
        slope[1] = PerSecond * GateRates.SodiumActivation(millivolts).Slope(m);
        slope[2] = PerSecond * GateRates.SodiumInactivation(millivolts).Slope(h);
        slope[3] = PerSecond * GateRates.PotassiumActivation(millivolts).Slope(n);
    }

    internal override void StateAt(double voltage, Span<double> state)
    {
        GateEquilibrium gates = GatesAt(voltage);
        (state[0], state[1], state[2], state[3]) = (voltage, gates.SodiumActivation, gates.SodiumInactivation, gates.PotassiumActivation);
    }

    internal override double RestingVoltage(double drive)
    {
        // Below all reversal potentials the steady current flows in, above all of them out.
        double shift = drive / LeakConductance;
        double low = Math.Min(PotassiumReversal, Math.Min(SodiumReversal, LeakReversal)) + Math.Min(0, shift);
        double high = Math.Max(PotassiumReversal, Math.Max(SodiumReversal, LeakReversal)) + Math.Max(0, shift);
        return IncreasingRoot.Find(voltage => (SteadyCurrent(voltage) - drive, double.NaN), low, high);
    }

    /// <summary>The step of exponential Euler: every variable relaxes to its equilibrium at the state before the step.</summary>
    internal void ExponentialEulerStep(Span<double> state, double drive, double step)
    {
        double voltage = state[0], millivolts = voltage * MillivoltsPerVolt, m = state[1], h = state[2], n = state[3];
        double sodium = SodiumConductance * m * m * m * h, potassium = PotassiumConductance * n * n * n * n, total = sodium + potassium + LeakConductance;
        double target = (drive + (sodium * SodiumReversal) + (potassium * PotassiumReversal) + (LeakConductance * LeakReversal)) / total;
        state[0] = voltage + ((target - voltage) * Exponentials.OneMinusExp(step * total / Capacitance));
        state[1] = GateRates.SodiumActivation(millivolts).After(m, step * PerSecond);
        state[2] = GateRates.SodiumInactivation(millivolts).After(h, step * PerSecond);
        state[3] = GateRates.PotassiumActivation(millivolts).After(n, step * PerSecond);
    }

    private static double RateOfSodiumActivation(double voltage) => PerSecond / GateRates.SodiumActivation(voltage * MillivoltsPerVolt).TimeConstant;

    // The drive that holds a voltage.
    private double SteadyCurrent(double voltage)
    {
        GateEquilibrium gates = GatesAt(voltage);
        double m = gates.SodiumActivation, n = gates.PotassiumActivation;
        return (SodiumConductance * m * m * m * gates.SodiumInactivation * (voltage - SodiumReversal))
            + (PotassiumConductance * n * n * n * n * (voltage - PotassiumReversal)) + (LeakConductance * (voltage - LeakReversal));
    }
}
