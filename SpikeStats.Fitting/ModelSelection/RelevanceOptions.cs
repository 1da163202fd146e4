using SpikeStats.Fitting.Glm;

namespace SpikeStats.Fitting.ModelSelection;

/// <summary>Options of <see cref="RelevanceDetermination"/>.</summary>
public sealed record RelevanceOptions
{
    /// <summary>Slope of the log evidence at which a strength counts as found, in nats per unit of its logarithm; positive.</summary>
    /// <value>10^-4 by default.</value>
    public double Tolerance
    {
        get;
        init => field = value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The tolerance must be positive and finite.");
    }

    = 1e-4;

    /// <summary>Largest number of fits; positive.</summary>
    /// <value>200 by default.</value>
    public int MaxIterations
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "At least one fit must be allowed.");
    }

    = 200;

    /// <summary>How each fit is made.</summary>
    public GlmFitOptions Fit { get; init; } = new();
}
