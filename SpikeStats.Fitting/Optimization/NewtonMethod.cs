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

    // Variables that depend on others are found at the start. Curvature that is lost later on was lost on the way to infinity, and is followed as far as rounding allows.
    private const double LaterRankTolerance = 1e-13;

    // A variable whose curvature has fallen to this share of that at the start may be on the way to infinity.
    private const double LostShare = 1e-8;

    // Newton steps of a likelihood whose supremum lies at infinity shrink the decrement by e^-1 each time, never faster.
    private const int LinearSteps = 3;

    /// <summary>Minimises an objective.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="start">Where to start.</param>
    /// <param name="leftOut">Variables to hold at their start.</param>
    /// <param name="settings">Tolerances and limits.</param>
    /// <param name="recessionNear">From the step against which the iterates run away, one against which the objective falls forever, or null if it is not sure
    /// that there is one; asked only when convergence is as slow as it then is, or where the curvature was lost on the way.</param>
    /// <param name="progress">Told the iteration.</param>
    /// <param name="cancellationToken">Cancels the minimisation.</param>
    public static NewtonResult Minimize(
        IObjective objective, double[] start, bool[] leftOut, NewtonSettings settings, Func<double[], double[]?>? recessionNear = null,
        IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        double[] point = (double[])start.Clone();
        Evaluation current = objective.Evaluate(point, withCurvature: true, cancellationToken);
        CholeskyFactor factor = CholeskyFactor.Of(current.Hessian!, objective.VariableCount, settings.RankTolerance, leftOut);
        bool[] held = [.. factor.IsAliased];
        double[] hessian = current.Hessian!;
        CholeskyFactor first = factor;
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

            if (decrement <= settings.Tolerance)
            {
                // Near a finite optimum, however far, the last steps converge quadratically, and every direction keeps its curvature.
                double[][] flat = recessionNear is null ? [] : FlatDirections(factor, hessian, first, point, start);
                if (flat.Select(direction => recessionNear!(direction)).FirstOrDefault(found => found is not null) is { } flatRecession)
                    return Result(FitStatus.Separated) with { Direction = flatRecession };
                return Result(isRunningAway ? FitStatus.Separated : FitStatus.Converged);
            }

            if (iteration == settings.MaxIterations) return Result(FitStatus.IterationLimit);

            bool withCurvature = decrement > ChordDecrement || !settings.CurvatureIsDear;
            Evaluation? next = Search(objective, point, step, current, decrement, withCurvature, cancellationToken);
            if (next is null) return Result(decrement <= settings.Tolerance * 1e4 ? FitStatus.Converged : FitStatus.StepFailed);
            current = next;
            if (current.Hessian is null) continue;
            hessian = current.Hessian;
            factor = CholeskyFactor.Of(hessian, objective.VariableCount, LaterRankTolerance, held);
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

    // Steps along which the curvature was lost since the start: one for each variable concerned and its opposite, and first the one that has been gone.
    private static double[][] FlatDirections(CholeskyFactor factor, double[] hessian, CholeskyFactor first, double[] point, double[] start)
    {
        int size = point.Length;
        int[] lost = [.. Enumerable.Range(0, size).Where(variable => !first.IsAliased[variable] && factor.Pivot(variable) <= LostShare * first.Pivot(variable))];
        if (lost.Length == 0) return [];
        double[][] flat = Array.ConvertAll(lost, variable =>
        {
            // The others follow the variable where the objective is flattest.
            double[] column = [.. Enumerable.Range(0, size).Select(row => row == variable ? 0 : -hessian[(Math.Max(row, variable) * size) + Math.Min(row, variable)])];
            bool[] others = [.. factor.IsAliased];
            others[variable] = true;
            double[] direction = CholeskyFactor.Of(hessian, size, LaterRankTolerance, others).Solve(column);
            direction[variable] = 1;
            return direction;
        });
        double[] gone = new double[size];
        for (int i = 0; i < lost.Length; i++) TensorPrimitives.MultiplyAdd(flat[i], point[lost[i]] - start[lost[i]], gone, gone);
        return [gone, .. flat, .. flat.Select(direction => Array.ConvertAll(direction, value => -value))];
    }
}
