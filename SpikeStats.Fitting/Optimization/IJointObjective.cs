namespace SpikeStats.Fitting.Optimization;

/// <summary>Several convex functions that cost little more together than one alone, because they share their data.</summary>
internal interface IJointObjective
{
    /// <summary>The number of variables of each function.</summary>
    int VariableCount { get; }

    /// <summary>Evaluates some of the functions, and remembers their curvature there for <see cref="MultiplyHessian"/>.</summary>
    /// <param name="members">Positions of the functions.</param>
    /// <param name="points">A point for each.</param>
    /// <param name="cancellationToken">Cancels the evaluation.</param>
    /// <returns>Value and gradient of each.</returns>
    Evaluation[] Evaluate(IReadOnlyList<int> members, IReadOnlyList<double[]> points, CancellationToken cancellationToken);

    /// <summary>Multiplies the Hessian of each function, where it was last evaluated, with a direction.</summary>
    /// <param name="members">Positions of the functions.</param>
    /// <param name="directions">A direction for each.</param>
    /// <param name="cancellationToken">Cancels the products.</param>
    /// <returns>The products.</returns>
    double[][] MultiplyHessian(IReadOnlyList<int> members, IReadOnlyList<double[]> directions, CancellationToken cancellationToken);
}
