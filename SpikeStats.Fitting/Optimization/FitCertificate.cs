namespace SpikeStats.Fitting.Optimization;

/// <summary>What is known about how far an estimate is from the optimum, and whether there is one.</summary>
/// <param name="Status">How the fit ended.</param>
/// <param name="Message">The same in a sentence or two, with the names of the terms concerned.</param>
/// <param name="Iterations">Newton iterations on all data.</param>
/// <param name="NewtonDecrement">½ gᵀH⁻¹g at the estimate, in nats: to second order, how far the objective is from its optimum.</param>
/// <param name="GradientNorm">Largest absolute component of the gradient of the objective at the estimate, in nats per unit of the coefficient.</param>
/// <param name="Rank">The number of parameters that the data identify.</param>
/// <param name="ParameterCount">The number of parameters asked for.</param>
public sealed record FitCertificate(
    FitStatus Status, string Message, int Iterations, double NewtonDecrement, double GradientNorm, int Rank, int ParameterCount)
{
    /// <summary>Whether the estimate is the unique optimum to the stated tolerance.</summary>
    public bool IsConverged => Status == FitStatus.Converged;
}
