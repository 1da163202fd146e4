using System.Numerics.Tensors;

namespace SpikeStats.Fitting.Optimization;

/// <summary>Newton's method with backtracking on the true objective.</summary>
/// <remarks>
/// The stopping rule is the Newton decrement ½ gᵀH⁻¹g, the distance from the optimum in the units of the objective (nats), which is
/// computed from the gradient and so stays meaningful far below the rounding error of the objective itself.
/// <para><b>Source:</b> Boyd and Vandenberghe, Convex Optimization (2004), section 9.5.</para>
/// </remarks>
internal static class NewtonMethod
{
    private const int MaxHalvings = 30;
    private const double Armijo = 1e-4;

    // Below this decrement (coefficients within 4.5e-3 standard errors) the curvature no longer changes to any effect, and one old
    // Hessian serves the last steps. Only worthwhile, and only used, where a Hessian is dear.
    private const double ChordDecrement = 1e-5;

    // Newton steps of a likelihood whose supremum lies at infinity shrink the decrement by e^-1 each time, never faster.
    private const int LinearSteps = 3;

    /// <summary>Minimises an objective.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="start">Where to start.</param>
    /// <param name="leftOut">Variables to hold at their start.</param>
    /// <param name="settings">Tolerances and limits.</param>
    /// <param name="recessionNear">From the step against which the iterates run away, one against which the objective falls forever, or null if it is not sure
    /// that there is one; asked only when convergence is as slow as it then is.</param>
    /// <param name="progress">Told the iteration.</param>
    /// <param name="cancellationToken">Cancels the minimisation.</param>
    public static NewtonResult Minimize(
        IObjective objective, double[] start, bool[] leftOut, NewtonSettings settings, Func<double[], double[]?>? recessionNear = null,
        IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        double[] point = (double[])start.Clone();
        Evaluation current = objective.Evaluate(point, withCurvature: true, cancellationToken);
        CholeskyFactor factor = Factor(current.Hessian!, objective.VariableCount, settings, leftOut);
        bool[] held = [.. factor.IsAliased];
        int linear = 0;
        double previous = double.PositiveInfinity;
        for (int iteration = 0; ; iteration++)
        {
            progress?.Report(iteration);
            double[] step = factor.Solve(current.Gradient);
            double decrement = 0.5 * TensorPrimitives.Dot<double>(step, current.Gradient);
            NewtonResult Result(FitStatus status) => new(status, point, current, factor, held, iteration, decrement, step);

            linear = decrement is var now && now > 0.2 * previous && now < 0.6 * previous ? linear + 1 : 0;
            previous = decrement;
            bool isRunningAway = linear >= LinearSteps && recessionNear is not null;
            if (isRunningAway && recessionNear!(step) is { } recession) return Result(FitStatus.Separated) with { Direction = recession };

            // Near a finite optimum, however far, the last steps converge quadratically.
            if (decrement <= settings.Tolerance) return Result(isRunningAway ? FitStatus.Separated : FitStatus.Converged);
            if (iteration == settings.MaxIterations) return Result(FitStatus.IterationLimit);

            bool withCurvature = decrement > ChordDecrement || !settings.CurvatureIsDear;
            Evaluation? next = Search(objective, point, step, current, decrement, withCurvature, cancellationToken);
            if (next is null) return Result(decrement <= settings.Tolerance * 1e4 ? FitStatus.Converged : FitStatus.StepFailed);
            current = next;
            if (current.Hessian is not null) factor = Factor(current.Hessian, objective.VariableCount, settings, held);
        }
    }

    // Moves the point to the first of step, step/2, step/4, ... that decreases the objective enough; null if none does.
    private static Evaluation? Search(
        IObjective objective, double[] point, double[] step, Evaluation current, double decrement, bool withCurvature, CancellationToken cancellationToken)
    {
        // The value is a sum of many terms: differences below its rounding error say nothing.
        double rounding = 1e-12 * Math.Abs(current.Value);
        double scale = 1;
        for (int halving = 0; halving < MaxHalvings; halving++, scale /= 2)
        {
            double[] trial = new double[point.Length];
            for (int i = 0; i < trial.Length; i++) trial[i] = point[i] - (scale * step[i]);
            Evaluation evaluation = objective.Evaluate(trial, withCurvature, cancellationToken);
            if (!(evaluation.Value <= current.Value - (Armijo * scale * 2 * decrement) + rounding)) continue;
            trial.CopyTo(point, 0);
            return evaluation;
        }

        return null;
    }

    private static CholeskyFactor Factor(double[] hessian, int size, NewtonSettings settings, bool[] leftOut) =>
        CholeskyFactor.Of(hessian, size, settings.RankTolerance, leftOut);
}
