using SpikeStats.Fitting.Glm;

namespace SpikeStats.Fitting.Stability;

/// <summary>What a <see cref="StableRefit"/> asks of the refitted model.</summary>
public sealed record StableRefitOptions
{
    /// <summary>By how much stronger everything that drives the unit may become before it loses stability, a fraction; not negative.</summary>
    /// <remarks>The verdict is an approximation, and a model on its very edge escapes now and then.</remarks>
    /// <value>0.1 by default.</value>
    public double Margin { get; init; } = 0.1;

    /// <summary>Rate that counts as run away, in hertz; null for that of the verdict.</summary>
    /// <value>null by default.</value>
    public double? MaximalRate { get; init; }

    /// <summary>How the model is fitted.</summary>
    /// <value>The defaults of <see cref="GlmFitOptions"/>.</value>
    public GlmFitOptions Fit { get; init; } = new();

    internal void Validate()
    {
        if (!(Margin >= 0) || !double.IsFinite(Margin)) throw new ArgumentOutOfRangeException(nameof(Margin), Margin, "The margin must be finite and not negative.");
    }
}
