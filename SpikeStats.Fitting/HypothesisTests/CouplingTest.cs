namespace SpikeStats.Fitting.HypothesisTests;

/// <summary>Test of whether the past of one unit helps to predict another beyond everything else in the model.</summary>
/// <param name="Source">The unit whose spikes act.</param>
/// <param name="Target">The unit they act on.</param>
/// <param name="Test">The model with the coupling against the model without it.</param>
/// <param name="AdjustedPValue">p-value adjusted for the number of tests (Benjamini and Hochberg).</param>
/// <param name="IsSignificant">Whether the adjusted p-value is at most the false discovery rate that was asked for.</param>
/// <param name="FilterSum">Sum of the coupling filter over its lags, dimensionless: positive for excitation.</param>
public sealed record CouplingTest(
    string Source, string Target, LikelihoodRatioTest Test, double AdjustedPValue, bool IsSignificant, double FilterSum);
