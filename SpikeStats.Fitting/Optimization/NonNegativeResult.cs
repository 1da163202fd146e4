namespace SpikeStats.Fitting.Optimization;

/// <summary>What <see cref="NonNegativeNewton"/> found.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Point">The last point.</param>
/// <param name="Evaluation">The objective there.</param>
/// <param name="AtBound">Variables that are zero and would be negative without the bound.</param>
/// <param name="Iterations">Steps taken.</param>
/// <param name="Decrement">The fall that the quadratic model still promises.</param>
internal sealed record NonNegativeResult(FitStatus Status, double[] Point, Evaluation Evaluation, bool[] AtBound, int Iterations, double Decrement);
