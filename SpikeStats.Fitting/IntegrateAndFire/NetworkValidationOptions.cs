namespace SpikeStats.Fitting.IntegrateAndFire;

/// <summary>How a simulated network is held against mean-field theory.</summary>
public sealed record NetworkValidationOptions
{
    /// <summary>The largest |z| that counts as agreement, in units of the standard error.</summary>
    /// <value>4 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double Bound { get; init => field = Positive(value, "The bound must be positive and finite, in units of the standard error."); } = 4;

    /// <summary>The relative difference of a rate that counts as agreement however small the standard error, since theory is an approximation; dimensionless.</summary>
    /// <value>0.03 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double RateTolerance { get; init => field = Positive(value, "The tolerance must be positive and finite, dimensionless."); } = 0.03;

    /// <summary>The same of a coefficient of variation, dimensionless.</summary>
    /// <value>0.05 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double VariationTolerance { get; init => field = Positive(value, "The tolerance must be positive and finite, dimensionless."); } = 0.05;

    private static double Positive(double value, string message) => value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, message);
}
