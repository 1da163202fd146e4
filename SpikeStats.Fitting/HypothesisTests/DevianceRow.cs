namespace SpikeStats.Fitting.HypothesisTests;

/// <summary>What one term adds to those before it.</summary>
/// <param name="Term">Name of the term.</param>
/// <param name="Test">Test against the model without it and without the terms after it; its statistic is the deviance that the term explains.</param>
/// <param name="ResidualDeviance">Deviance that is left, in nats.</param>
public sealed record DevianceRow(string Term, LikelihoodRatioTest Test, double ResidualDeviance);
