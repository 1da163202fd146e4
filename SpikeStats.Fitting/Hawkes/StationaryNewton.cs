using MathNet.Numerics.LinearAlgebra;
using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>Newton's method for all targets together, the spectral radius of their branching matrix being at most a limit.</summary>
/// <remarks>
/// Sequential quadratic programming. The radius is linear in the model step, dρ = Σ w_ij dα_ij with w = l rᵀ / l·r, so that one multiplier ν separates it into
/// targets; ν is found by bisection. When the bounds that are active stay, the step is that of Newton for the Karush-Kuhn-Tucker equations, with the curvature of the
/// radius: convergence is quadratic. Points beyond the limit are scaled back to it, which is exact because ρ is homogeneous. The set of allowed
/// matrices is not convex; the optimum is a local one, reached downhill from the unconstrained optimum scaled to the limit.
/// <para><b>Cost:</b> a pass over the data per iteration, and cubic in the number of parameters of all targets that are not at a bound.</para>
/// </remarks>
internal sealed class StationaryNewton(double limit, int pieces, NewtonSettings settings)
{
    private const int MaxHalvings = 30;
    private const double Armijo = 1e-4;

    /// <summary>Minimises.</summary>
    /// <param name="unlimited">The optimum without the limit.</param>
    /// <param name="evaluate">Evaluates all targets with curvature.</param>
    public StationaryOptimum Minimize(TargetEstimate[] unlimited, Func<double[][], Evaluation[]> evaluate)
    {
        double[][] points = Retract(Array.ConvertAll(unlimited, target => target.Result.Point));
        Evaluation[] current = evaluate(points);
        for (int iteration = 0; ; iteration++)
        {
            PerronRoot root = PerronRoot.Of(points, pieces);
            if (!root.IsSimple) return Result(FitStatus.StepFailed, points, current, root, 0, iteration, double.NaN);
            Step first = ModelStep(points, current, root), best = NewtonStep(points, current, root, first) ?? first;
            double decrement = best.Decrement;
            if (decrement <= settings.Tolerance) return Result(FitStatus.Converged, points, current, root, best.Multiplier, iteration, decrement);
            if (iteration == settings.MaxIterations) return Result(FitStatus.IterationLimit, points, current, root, best.Multiplier, iteration, decrement);
            if (Search(ref points, ref current, best, evaluate) || (best != first && Search(ref points, ref current, first, evaluate))) continue;
            return Result(decrement <= settings.Tolerance * 1e4 ? FitStatus.Converged : FitStatus.StepFailed, points, current, root, best.Multiplier, iteration, decrement);
        }
    }

    private bool Search(ref double[][] points, ref Evaluation[] current, Step step, Func<double[][], Evaluation[]> evaluate)
    {
        double value = current.Sum(evaluation => evaluation.Value), rounding = 1e-12 * Math.Abs(value), scale = 1;
        for (int halving = 0; halving < MaxHalvings; halving++, scale /= 2)
        {
            double[][] trial = Retract([.. points.Zip(step.Moves, (point, move) => point.Zip(move, (x, d) => Math.Max(0, x + (scale * d))).ToArray())]);
            Evaluation[] evaluations = evaluate(trial);
            if (!(evaluations.Sum(evaluation => evaluation.Value) <= value - (Armijo * scale * 2 * step.Decrement) + rounding)) continue;
            (points, current) = (trial, evaluations);
            return true;
        }

        return false;
    }

    private double[][] Retract(double[][] points)
    {
        double radius = PerronRoot.Of(points, pieces).Value;
        return radius <= limit ? points : Array.ConvertAll(points, point => point.Select((x, c) => c < point.Length - pieces ? x * (limit / radius) : x).ToArray());
    }

    // The minimum of the quadratic model under the linear limit: what the limit costs is chosen such that it is just kept.
    private Step ModelStep(double[][] points, Evaluation[] current, PerronRoot root)
    {
        double slack = limit - root.Value;
        Step At(double multiplier)
        {
            double[][] moves = new double[points.Length][];
            for (int i = 0; i < points.Length; i++)
            {
                double[] gradient = Lagrangian(current[i].Gradient, root, i, multiplier), point = points[i];
                bool[] held = [.. point.Select((x, c) => x <= 0 && current[i].Gradient[c] >= 0)];
                double[] goal = NonNegativeQuadratic.Minimize(current[i].Hessian!, gradient, point, held);
                moves[i] = [.. goal.Zip(point, (to, from) => to - from)];
            }

            return StepOf(moves, multiplier, current, root);
        }

        double Excess(Step step) => Rise(step.Moves, root) - slack;
        Step low = At(0);
        if (Excess(low) <= 0) return low;
        double high = 1;
        Step above = At(high);
        for (; Excess(above) > 0 && high < 1e300; high *= 4) above = At(high);
        // The excess is piecewise linear and falls: the secant, where it makes headway, ends the search at once.
        double lowest = 0, highest = above.Multiplier;
        for (int round = 0; round < 100 && highest - lowest > 1e-15 * highest; round++)
        {
            double secant = lowest + ((highest - lowest) * Excess(low) / (Excess(low) - Excess(above)));
            Step middle = At(round % 3 == 2 ? 0.5 * (lowest + highest) : secant);
            double excess = Excess(middle);
            if (Math.Abs(excess) <= 1e-15) return middle;
            if (excess > 0) (low, lowest) = (middle, middle.Multiplier);
            else (above, highest) = (middle, middle.Multiplier);
        }

        return above;
    }

    // Newton's step for the equations of Karush, Kuhn and Tucker, the bounds being those of the model step; null if it is of no use.
    private Step? NewtonStep(double[][] points, Evaluation[] current, PerronRoot root, Step model)
    {
        if (model.Multiplier <= 0) return null;
        List<(int Target, int Variable)> free = [];
        for (int i = 0; i < points.Length; i++)
        {
            for (int a = 0; a < points[i].Length; a++)
            {
                bool leaves = points[i][a] + model.Moves[i][a] > 0;
                if (!leaves && points[i][a] > 0) return null;
                if (leaves && current[i].Hessian![(a * points[i].Length) + a] > 0) free.Add((i, a));
            }
        }

        Matrix<double> bordered = Bordered(free, points[0].Length, current, root, model.Multiplier);
        Vector<double> right = Vector<double>.Build.Dense(free.Count + 1, f => f == free.Count ? limit - root.Value : -current[free[f].Target].Gradient[free[f].Variable]);
        Vector<double> solution = bordered.Solve(right);
        double[][] moves = Array.ConvertAll(points, point => new double[point.Length]);
        for (int f = 0; f < free.Count; f++) moves[free[f].Target][free[f].Variable] = solution[f];
        if (!solution.All(double.IsFinite) || !(solution[free.Count] > 0)) return null;
        Step step = StepOf(moves, solution[free.Count], current, root);
        bool inside = free.TrueForAll(place => points[place.Target][place.Variable] + moves[place.Target][place.Variable] >= 0);
        return inside && step.IsDescent ? step : null;
    }

    // [H + ν ∇²ρ, w; wᵀ, 0] on the free variables.
    private Matrix<double> Bordered(List<(int Target, int Variable)> free, int perTarget, Evaluation[] current, PerronRoot root, double multiplier)
    {
        int units = current.Length, columns = perTarget - pieces;
        Func<int, int, int, int, double> curvature = root.Curvature();
        Matrix<double> bordered = Matrix<double>.Build.Dense(free.Count + 1, free.Count + 1);
        for (int f = 0; f < free.Count; f++)
        {
            (int i, int a) = free[f];
            for (int g = 0; g <= f; g++)
            {
                (int k, int b) = free[g];
                double value = i == k ? current[i].Hessian![(a * perTarget) + b] : 0;
                if (a < columns && b < columns) value += multiplier * curvature(i, a % units, k, b % units);
                bordered[f, g] = bordered[g, f] = value;
            }

            if (a < columns) bordered[f, free.Count] = bordered[free.Count, f] = root.Slope(i, a % units);
        }

        return bordered;
    }

    private StationaryOptimum Result(FitStatus status, double[][] points, Evaluation[] current, PerronRoot root, double multiplier, int iterations, double decrement)
    {
        int perTarget = points[0].Length;
        double[,] covariances = new double[points.Length * perTarget, points.Length * perTarget];
        NonNegativeResult[] results = new NonNegativeResult[points.Length];
        List<(int Target, int Variable)> free = [];
        for (int i = 0; i < points.Length; i++)
        {
            Evaluation evaluation = root.IsSimple ? current[i] with { Gradient = Lagrangian(current[i].Gradient, root, i, multiplier) } : current[i];
            bool[] atBound = [.. points[i].Select((x, a) => x <= 0 && evaluation.Gradient[a] >= 0)];
            results[i] = new NonNegativeResult(status, points[i], evaluation, atBound, iterations, i == 0 ? decrement : 0);
            CholeskyFactor factor = CholeskyFactor.Of(evaluation.Hessian!, perTarget, settings.RankTolerance, atBound);
            for (int a = 0; a < perTarget; a++)
            {
                if (!factor.IsAliased[a]) free.Add((i, a));
            }
        }

        if (root.IsSimple)
        {
            Matrix<double> inverse = Bordered(free, perTarget, current, root, multiplier).Inverse();
            for (int f = 0; f < free.Count; f++)
            {
                for (int g = 0; g < free.Count; g++)
                    covariances[(free[f].Target * perTarget) + free[f].Variable, (free[g].Target * perTarget) + free[g].Variable] = 0.5 * (inverse[f, g] + inverse[g, f]);
            }
        }

        return new StationaryOptimum(results, limit, multiplier, covariances);
    }

    private Step StepOf(double[][] moves, double multiplier, Evaluation[] current, PerronRoot root)
    {
        // By the slope of the Lagrangian, which vanishes at the optimum; that of the objective does not, and its product would be rounding.
        double slope = 0;
        for (int i = 0; i < moves.Length; i++) slope += Lagrangian(current[i].Gradient, root, i, multiplier).Zip(moves[i], (g, d) => g * d).Sum();
        return new Step(moves, multiplier, Math.Max(0, -0.5 * slope), slope <= 0);
    }

    private double Rise(double[][] moves, PerronRoot root)
    {
        double rise = 0;
        for (int i = 0; i < moves.Length; i++)
        {
            for (int c = 0; c < moves[i].Length - pieces; c++) rise += root.Slope(i, c % moves.Length) * moves[i][c];
        }

        return rise;
    }

    private double[] Lagrangian(double[] gradient, PerronRoot root, int target, double multiplier)
    {
        double[] lagrangian = (double[])gradient.Clone();
        int units = root.Size;
        for (int c = 0; c < gradient.Length - pieces; c++) lagrangian[c] += multiplier * root.Slope(target, c % units);
        return lagrangian;
    }

    private sealed record Step(double[][] Moves, double Multiplier, double Decrement, bool IsDescent);
}
