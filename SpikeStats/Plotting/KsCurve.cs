namespace SpikeStats.Plotting;

/// <summary>One curve of a Kolmogorov-Smirnov plot of rescaled intervals.</summary>
/// <param name="Label">Which model or which correction, for the legend; may be empty if there is only one curve.</param>
/// <param name="Values">Rescaled intervals u = 1 - exp(-z), which are uniform on (0, 1) under the true model; any order, length n.</param>
/// <param name="PValue">The p value of the test, for the caption; NaN if it is not known.</param>
public sealed record KsCurve(string Label, ReadOnlyMemory<double> Values, double PValue = double.NaN);
