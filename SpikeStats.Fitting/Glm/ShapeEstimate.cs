namespace SpikeStats.Fitting.Glm;

/// <summary>The shape θ of negative binomial counts, whose variance is μ + μ²/θ.</summary>
/// <param name="Value">The maximum-likelihood estimate, dimensionless; positive.</param>
/// <param name="StandardError">From the observed information of θ with the means held, as R's <c>glm.nb</c> gives it; NaN where the counts are not overdispersed.</param>
public sealed record ShapeEstimate(double Value, double StandardError);
