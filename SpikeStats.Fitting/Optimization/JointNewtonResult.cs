namespace SpikeStats.Fitting.Optimization;

/// <summary>What <see cref="NewtonConjugateGradients"/> found for one of the functions.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Point">The last point.</param>
/// <param name="Evaluation">Value and gradient there.</param>
/// <param name="Iterations">Newton steps taken.</param>
/// <param name="Decrement">Estimate of ½ gᵀH⁻¹g at the point.</param>
/// <param name="Direction">Preconditioned gradient at the point.</param>
internal sealed record JointNewtonResult(FitStatus Status, double[] Point, Evaluation Evaluation, int Iterations, double Decrement, double[] Direction);
