namespace SpikeStats.Fitting.Optimization;

/// <summary>Tolerances and limits of <see cref="NewtonMethod"/>.</summary>
internal sealed record NewtonSettings
{
    /// <summary>Newton decrement at which the optimum counts as reached.</summary>
    public double Tolerance { get; init; } = 1e-16;

    /// <summary>Largest number of iterations.</summary>
    public int MaxIterations { get; init; } = 100;

    /// <summary>Schur complement, relative to the diagonal, below which a variable depends on those before it.</summary>
    public double RankTolerance { get; init; } = 1e-10;

    /// <summary>Whether a Hessian costs much more than a gradient, so that the last steps should do without new ones.</summary>
    public bool CurvatureIsDear { get; init; }
}
