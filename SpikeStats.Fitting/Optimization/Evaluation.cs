namespace SpikeStats.Fitting.Optimization;

/// <summary>A function at a point.</summary>
/// <param name="Value">The value.</param>
/// <param name="Gradient">The gradient.</param>
/// <param name="Hessian">The Hessian, row after row, of which the lower triangle is valid; null if it was not asked for.</param>
internal sealed record Evaluation(double Value, double[] Gradient, double[]? Hessian);
