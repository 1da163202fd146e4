namespace SpikeStats.Fitting.ModelSelection;

/// <summary>One strength that was tried.</summary>
/// <param name="Factor">Factor of all penalties of the specification, dimensionless.</param>
/// <param name="Score">Log evidence or held-out log-likelihood, in nats; larger is better.</param>
public sealed record StrengthScore(double Factor, double Score);
