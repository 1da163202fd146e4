using SpikeStats.Models.Neurons;

namespace SpikeStats.Models.MeanField;

/// <summary>Where the regimes of a network part.</summary>
public sealed record PhaseDiagramOptions
{
    /// <summary>The coefficient of variation below which firing is called regular, dimensionless.</summary>
    /// <value>0.5 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double RegularBelow { get; init => field = Require.NotNegative(value, nameof(value), "The coefficient of variation", "dimensionless"); } = 0.5;

    /// <summary>The frequency from which an oscillation is called fast, in hertz.</summary>
    /// <value>70 Hz by default, between the two families of Brunel's network.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double FastFrom { get; init => field = Require.Positive(value, nameof(value), "The frequency", "in hertz"); } = 70;

    /// <summary>The modes to look for.</summary>
    /// <value>Up to 1000 Hz by default.</value>
    public DelayStabilityOptions Stability { get; init; } = new();
}
