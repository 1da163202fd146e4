using System.Numerics.Tensors;

namespace SpikeStats.Fitting.Optimization;

/// <summary>Minimises a smooth convex objective plus a sparsity penalty.</summary>
/// <remarks>
/// Proximal Newton steps (a quadratic model of the smooth part, the penalty as it is, a line search on the true sum) find which variables are zero. Once
/// the conditions of Karush, Kuhn and Tucker hold at the zeros, Newton steps on the other variables alone, where the sum is smooth, converge
/// quadratically. The optimum counts as reached when those conditions hold and the Newton decrement of the others is below the tolerance.
/// <para><b>Source:</b> Lee, Sun and Saunders, SIAM Journal on Optimization 24:1420 (2014).</para>
/// </remarks>
internal static class ProximalNewton
{
    private const int MaxHalvings = 40;
    private const double Armijo = 1e-4;

    // Slack of the conditions at the zeros, relative to the strength of the penalty.
    private const double ZeroSlack = 1e-9;

    /// <summary>Minimises an objective.</summary>
    /// <param name="objective">The smooth part.</param>
    /// <param name="sparsity">The penalty.</param>
    /// <param name="start">Where to start.</param>
    /// <param name="leftOut">Variables to hold at their start.</param>
    /// <param name="settings">Tolerances and limits.</param>
    /// <param name="progress">Told the iteration.</param>
    /// <param name="cancellationToken">Cancels the minimisation.</param>
    /// <returns>The value is that of the smooth part, the gradient the smallest subgradient of the sum, the factor that of the smooth part on the variables
    /// that are not zero.</returns>
    public static NewtonResult Minimize(
        IObjective objective, Sparsity sparsity, double[] start, bool[] leftOut, NewtonSettings settings, IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        int size = objective.VariableCount;
        bool[] penalised = sparsity.Penalised();
        double[] point = (double[])start.Clone();
        Evaluation current = objective.Evaluate(point, withCurvature: true, cancellationToken);
        bool[] held = HeldAt(current, leftOut, penalised, settings);
        for (int iteration = 0; ; iteration++)
        {
            progress?.Report(iteration);
            double[] hessian = Symmetric(current.Hessian!, size), residual = sparsity.Residual(point, current.Gradient);
            bool[] fixedNow = Either(held, sparsity.Zeros(point));
            double[] curved = (double[])hessian.Clone();
            sparsity.AddCurvature(point, curved);
            double[] step = CholeskyFactor.Of(curved, size, settings.RankTolerance, fixedNow).Solve(residual);
            double decrement = 0.5 * TensorPrimitives.Dot<double>(step, residual);
            bool zerosHold = ZerosHold(sparsity, point, residual, current.Gradient);
            NewtonResult Result(FitStatus status) => new(
                status, point, current with { Gradient = residual }, CholeskyFactor.Of(hessian, size, settings.RankTolerance, fixedNow), held, iteration, decrement, step);

            if (zerosHold && decrement <= settings.Tolerance) return Result(FitStatus.Converged);
            if (iteration == settings.MaxIterations) return Result(FitStatus.IterationLimit);
            double total = current.Value + sparsity.Value(point);
            double rounding = 1e-12 * Math.Abs(total);
            Evaluation? next = zerosHold ? TryManifoldStep(objective, sparsity, point, step, total - (Armijo * decrement) + rounding, cancellationToken) : null;
            next ??= Search(objective, sparsity, point, current, hessian, held, penalised, settings, total, rounding, cancellationToken);
            if (next is null) return Result(zerosHold && decrement <= settings.Tolerance * 1e4 ? FitStatus.Converged : FitStatus.StepFailed);
            current = next;
        }
    }

    // A Newton step on the variables that are not zero; refused if one of them would change its sign or the objective would not fall.
    private static Evaluation? TryManifoldStep(
        IObjective objective, Sparsity sparsity, double[] point, double[] step, double target, CancellationToken cancellationToken)
    {
        double[] trial = new double[point.Length];
        for (int j = 0; j < trial.Length; j++)
        {
            trial[j] = point[j] - step[j];
            if (sparsity.Lasso[j] > 0 && Math.Sign(trial[j]) != Math.Sign(point[j])) return null;
        }

        Evaluation evaluation = objective.Evaluate(trial, withCurvature: true, cancellationToken);
        if (!(evaluation.Value + sparsity.Value(trial) <= target)) return null;
        trial.CopyTo(point, 0);
        return evaluation;
    }

    private static Evaluation? Search(
        IObjective objective, Sparsity sparsity, double[] point, Evaluation current, double[] hessian, bool[] held, bool[] penalised, NewtonSettings settings,
        double total, double rounding, CancellationToken cancellationToken)
    {
        CholeskyFactor smooth = CholeskyFactor.Of(hessian, point.Length, settings.RankTolerance, Either(held, penalised));
        double[] full = new SparseModel(point, current.Gradient, hessian, sparsity, smooth).Minimize();
        double[] trial = (double[])full.Clone(), step = [.. full.Zip(point, (to, from) => to - from)];
        double promised = TensorPrimitives.Dot<double>(current.Gradient, step) + sparsity.Value(full) - sparsity.Value(point);
        double scale = 1;
        for (int halving = 0; halving < MaxHalvings; halving++, scale /= 2)
        {
            // The full step lands on exact zeros.
            if (halving > 0) trial = [.. point.Zip(step, (from, move) => from + (scale * move))];
            Evaluation evaluation = objective.Evaluate(trial, withCurvature: true, cancellationToken);
            if (!(evaluation.Value + sparsity.Value(trial) <= total + (Armijo * scale * promised) + rounding)) continue;
            if (trial.AsSpan().SequenceEqual(point)) return null;
            trial.CopyTo(point, 0);
            return evaluation;
        }

        return null;
    }

    private static bool ZerosHold(Sparsity sparsity, double[] point, double[] residual, double[] gradient)
    {
        bool[] zeros = sparsity.Zeros(point);
        for (int j = 0; j < zeros.Length; j++)
        {
            if (zeros[j] && Math.Abs(residual[j]) > ZeroSlack * Math.Abs(gradient[j])) return false;
        }

        return true;
    }

    // Among variables without a penalty of this kind those that depend on others are left out; the penalty decides about the rest.
    private static bool[] HeldAt(Evaluation evaluation, bool[] leftOut, bool[] penalised, NewtonSettings settings)
    {
        CholeskyFactor factor = CholeskyFactor.Of(evaluation.Hessian!, penalised.Length, settings.RankTolerance, Either(leftOut, penalised));
        return [.. penalised.Select((own, j) => leftOut[j] || (!own && factor.IsAliased[j]))];
    }

    private static bool[] Either(bool[] first, bool[] second) => [.. first.Zip(second, (a, b) => a || b)];

    private static double[] Symmetric(double[] lower, int size)
    {
        double[] full = (double[])lower.Clone();
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < i; j++) full[(j * size) + i] = full[(i * size) + j];
        }

        return full;
    }
}
