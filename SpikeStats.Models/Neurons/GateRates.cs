using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Models.Neurons;

/// <summary>The rates at which a gate of Hodgkin and Huxley opens and closes, per millisecond; voltages from rest in millivolts, as in the paper.</summary>
internal readonly record struct GateRates(double Opening, double Closing)
{
    public double Equilibrium => Opening / (Opening + Closing);

    /// <summary>In milliseconds.</summary>
    public double TimeConstant => 1 / (Opening + Closing);

    public static GateRates SodiumActivation(double voltage) => new(Linear((25 - voltage) / 10), 4 * Math.Exp(-voltage / 18));

    public static GateRates SodiumInactivation(double voltage) => new(0.07 * Math.Exp(-voltage / 20), 1 / (Math.Exp((30 - voltage) / 10) + 1));

    public static GateRates PotassiumActivation(double voltage) => new(0.1 * Linear((10 - voltage) / 10), 0.125 * Math.Exp(-voltage / 80));

    /// <summary>The derivative of the open share.</summary>
    public double Slope(double open) => (Opening * (1 - open)) - (Closing * open);

    /// <summary>The open share after a time at constant voltage, in milliseconds.</summary>
    public double After(double open, double time) => open + ((Equilibrium - open) * Exponentials.OneMinusExp((Opening + Closing) * time));

    // x/(e^x - 1), which is 1 at x = 0.
    private static double Linear(double x) => x == 0 ? 1 : x / Exponentials.MinusOne(x);
}
