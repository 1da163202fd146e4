using SpikeStats.Models.Synapses;

namespace SpikeStats.Models.SpikeResponses;

/// <summary>What a spike does through a synapse and a passive membrane: (w/τ) ∫ k(s) e^(-(t - s)/τ) ds.</summary>
/// <param name="Kernel">The synaptic current k.</param>
/// <param name="Weight">w: the peak of the current times the resistance, in volts; of a delta the jump, in volts.</param>
/// <param name="MembraneTime">The time constant τ of the membrane, in seconds; positive.</param>
public sealed record SynapticResponse(SynapticKernel Kernel, double Weight, double MembraneTime) : ResponseKernel
{
    private const double TimeConstants = 45;

    /// <summary>The weight, in volts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double Weight { get; init => field = Finite(value); } = Finite(Weight);

    /// <summary>The time constant of the membrane, in seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double MembraneTime { get; init => field = Positive(value); } = Positive(MembraneTime);

    /// <inheritdoc/>
    public override double Support => TimeConstants * (Kernel is DeltaSynapse ? MembraneTime : Math.Max(MembraneTime, 1 / Math.Min(Kernel.SlowRate, Kernel.FastRate)));

    private protected override double Inside(double lag) => (Kernel is DeltaSynapse ? Weight : Weight / MembraneTime) * Kernel.ResponseAt(lag, MembraneTime);

    private static double Finite(double value) =>
        double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The weight must be finite, in volts.");

    private static double Positive(double value) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "The time constant of the membrane must be positive and finite, in seconds.");
}
