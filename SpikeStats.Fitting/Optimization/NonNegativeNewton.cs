namespace SpikeStats.Fitting.Optimization;

/// <summary>Newton's method for a convex function of variables that must not be negative.</summary>
/// <remarks>
/// Each step minimises the quadratic model exactly over the orthant and is shortened until the function itself falls by Armijo's rule. The
/// stopping rule is the fall that the model still promises, which is the Newton decrement ½ gᵀH⁻¹g when no bound is active: the
/// distance from the optimum, in the units of the objective.
/// </remarks>
internal static class NonNegativeNewton
{
    private const int MaxHalvings = 40;
    private const double Armijo = 1e-4;

    /// <summary>Minimises an objective.</summary>
    /// <param name="objective">The objective. Of the Hessian, rows and columns of variables at zero whose slope is positive need not be valid.</param>
    /// <param name="start">Where to start; not negative.</param>
    /// <param name="settings">Tolerances and limits.</param>
    /// <param name="cancellationToken">Cancels the minimisation.</param>
    public static NonNegativeResult Minimize(IObjective objective, double[] start, NewtonSettings settings, CancellationToken cancellationToken = default)
    {
        double[] point = (double[])start.Clone();
        Evaluation current = objective.Evaluate(point, withCurvature: true, cancellationToken);
        for (int iteration = 0; ; iteration++)
        {
            bool[] atBound = AtBound(point, current.Gradient);
            double[] goal = NonNegativeQuadratic.Minimize(current.Hessian!, current.Gradient, point, atBound);
            double slope = 0;
            for (int i = 0; i < goal.Length; i++) slope += current.Gradient[i] * (goal[i] - point[i]);
            // At the minimum of the model dᵀHd = -gᵀd, but for bounds that became active on the way, which only add to the fall.
            double decrement = Math.Max(0, -0.5 * slope);
            NonNegativeResult Result(FitStatus status) => new(status, point, current, AtBound(point, current.Gradient), iteration, decrement);

            if (decrement <= settings.Tolerance) return Result(FitStatus.Converged);
            if (iteration == settings.MaxIterations) return Result(FitStatus.IterationLimit);
            Evaluation? next = Search(objective, point, goal, current, slope, cancellationToken);
            if (next is null) return Result(decrement <= settings.Tolerance * 1e4 ? FitStatus.Converged : FitStatus.StepFailed);
            current = next;
        }
    }

    private static bool[] AtBound(double[] point, double[] gradient)
    {
        bool[] atBound = new bool[point.Length];
        for (int i = 0; i < point.Length; i++) atBound[i] = point[i] <= 0 && gradient[i] >= 0;
        return atBound;
    }

    private static Evaluation? Search(
        IObjective objective, double[] point, double[] goal, Evaluation current, double slope, CancellationToken cancellationToken)
    {
        // The value is a sum of many terms: differences below its rounding error say nothing.
        double rounding = 1e-12 * Math.Abs(current.Value);
        double scale = 1;
        for (int halving = 0; halving < MaxHalvings; halving++, scale /= 2)
        {
            double[] trial = new double[point.Length];
            for (int i = 0; i < trial.Length; i++) trial[i] = scale == 1 ? goal[i] : Math.Max(0, point[i] + (scale * (goal[i] - point[i])));
            Evaluation evaluation = objective.Evaluate(trial, withCurvature: true, cancellationToken);
            if (!(evaluation.Value <= current.Value + (Armijo * scale * slope) + rounding)) continue;
            trial.CopyTo(point, 0);
            return evaluation;
        }

        return null;
    }
}
