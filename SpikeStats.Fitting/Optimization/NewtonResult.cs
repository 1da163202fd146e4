namespace SpikeStats.Fitting.Optimization;

/// <summary>What <see cref="NewtonMethod"/> found.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Point">The last point.</param>
/// <param name="Evaluation">The objective there.</param>
/// <param name="Factor">The factor of the last Hessian.</param>
/// <param name="Held">Variables that were held or found to depend on others.</param>
/// <param name="Iterations">Steps taken.</param>
/// <param name="Decrement">½ gᵀH⁻¹g at the point.</param>
/// <param name="Direction">H⁻¹g at the point; for a separated fit the step against which the objective falls forever.</param>
internal sealed record NewtonResult(
    FitStatus Status, double[] Point, Evaluation Evaluation, CholeskyFactor Factor, bool[] Held, int Iterations, double Decrement, double[] Direction);
