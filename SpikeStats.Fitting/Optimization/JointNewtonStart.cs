namespace SpikeStats.Fitting.Optimization;

/// <summary>Where <see cref="NewtonConjugateGradients"/> begins with one of the functions.</summary>
/// <param name="Position">Position of the function.</param>
/// <param name="Point">The first point; not changed.</param>
/// <param name="Preconditioner">Factor of an approximation of the Hessian.</param>
/// <param name="Evaluation">Value and gradient at the point, if the function was last evaluated there; null if they are to be computed.</param>
internal sealed record JointNewtonStart(int Position, double[] Point, CholeskyFactor Preconditioner, Evaluation? Evaluation = null);
