namespace SpikeStats.Models.Synapses;

/// <summary>A synapse onto a membrane: who fires, and what a spike does.</summary>
/// <param name="Source">Identifier of the presynaptic unit.</param>
/// <param name="Kernel">The course of the current.</param>
/// <param name="Weight">The peak of the current times the membrane's resistance, in volts; of a delta the jump of the membrane, in volts. Negative inhibits.</param>
/// <param name="Delay">From the presynaptic spike to the start of the current, in seconds; finite and not negative.</param>
public sealed record SynapticInput(string Source, SynapticKernel Kernel, double Weight, double Delay = 0)
{
    /// <summary>The weight, in volts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double Weight { get; init => field = Finite(value); } = Finite(Weight);

    /// <summary>The delay, in seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double Delay { get; init => field = NotNegative(value); } = NotNegative(Delay);

    private static double Finite(double value) =>
        double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The weight must be finite, in volts.");

    private static double NotNegative(double value) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "The delay must be finite and not negative, in seconds.");
}
