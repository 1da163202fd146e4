namespace SpikeStats.Fitting.Glm;

/// <summary>One dimension of a <see cref="CoefficientGrid"/>.</summary>
/// <param name="Length">Number of coefficients along it.</param>
/// <param name="IsCyclic">Whether the last is the neighbour of the first.</param>
internal readonly record struct CoefficientMargin(int Length, bool IsCyclic);
