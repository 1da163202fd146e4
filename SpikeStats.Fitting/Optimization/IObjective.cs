namespace SpikeStats.Fitting.Optimization;

/// <summary>A twice differentiable convex function to minimise.</summary>
internal interface IObjective
{
    /// <summary>The number of variables.</summary>
    int VariableCount { get; }

    /// <summary>Evaluates the function.</summary>
    /// <param name="variables">The point.</param>
    /// <param name="withCurvature">Whether the Hessian is wanted too, which usually costs most.</param>
    /// <param name="cancellationToken">Cancels the evaluation.</param>
    Evaluation Evaluate(double[] variables, bool withCurvature, CancellationToken cancellationToken);
}
