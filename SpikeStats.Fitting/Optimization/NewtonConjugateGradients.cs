using System.Numerics.Tensors;

namespace SpikeStats.Fitting.Optimization;

/// <summary>Newton's method for several functions in step, each direction found by preconditioned conjugate gradients.</summary>
/// <remarks>
/// With a preconditioner M ≈ H an inner iteration gains a digit or more, and costs one product with the Hessian, which for shared data is
/// a matrix product over all functions. No function waits for another: those that are done drop out.
/// <para>The decrement that is reported and stops the iteration is ½ gᵀM⁻¹g divided by the smallest ratio dᵀHd / dᵀMd met along the search
/// directions if that is below 1: an estimate of ½ gᵀH⁻¹g that errs on the careful side.</para>
/// <para><b>Source:</b> Nocedal and Wright, Numerical Optimization (2006), section 7.1.</para>
/// </remarks>
internal static class NewtonConjugateGradients
{
    private const int MaxHalvings = 30;
    private const double Armijo = 1e-4;
    private const int MaxInner = 200;

    // An inner solution need only be as good as the quadratic model that it solves, whose own error shrinks with the decrement.
    private const double InnerAccuracy = 1e-2;

    /// <summary>Minimises some of the functions.</summary>
    /// <param name="objective">The functions.</param>
    /// <param name="starts">The position of each of them, where it starts, and a factor of M; variables that this leaves out are held.</param>
    /// <param name="settings">Tolerances and limits.</param>
    /// <param name="progress">Told after every pass over the functions.</param>
    /// <param name="cancellationToken">Cancels the minimisation.</param>
    /// <returns>One result for each start.</returns>
    public static JointNewtonResult[] Minimize(
        IJointObjective objective, IReadOnlyList<JointNewtonStart> starts, NewtonSettings settings, IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        Member[] all = [.. starts.Select(start => new Member(start))];
        Member[] unknown = [.. all.Where(member => !member.IsEvaluated)];
        Evaluation[] first = unknown.Length == 0 ? [] : objective.Evaluate(Positions(unknown), [.. unknown.Select(member => member.Point)], cancellationToken);
        for (int i = 0; i < unknown.Length; i++) unknown[i].Accept(unknown[i].Point, first[i]);
        Member[] active = all;
        for (int iteration = 0; ; iteration++)
        {
            foreach (Member member in active) member.Judge(iteration, settings);
            active = [.. active.Where(member => member.Status is null)];
            if (active.Length == 0) return Array.ConvertAll(all, member => member.Result());
            Solve(objective, active, settings, progress, cancellationToken);
            Search(objective, active, progress, cancellationToken);
        }
    }

    // Solves H d = g for every member, each to its own accuracy.
    private static void Solve(
        IJointObjective objective, Member[] members, NewtonSettings settings, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        foreach (Member member in members) member.BeginInner(settings.Tolerance);
        Member[] open = members;
        for (int inner = 0; inner < MaxInner && open.Length > 0; inner++)
        {
            double[][] products = objective.MultiplyHessian(Positions(open), [.. open.Select(member => member.Search)], cancellationToken);
            progress?.Report(open.Length);
            for (int i = 0; i < open.Length; i++) open[i].AdvanceInner(products[i]);
            open = [.. open.Where(member => !member.InnerIsDone)];
        }
    }

    // Moves every member to the first of step, step/2, step/4, ... that decreases its function enough.
    private static void Search(IJointObjective objective, Member[] members, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        Member[] open = members;
        double scale = 1;
        for (int halving = 0; halving < MaxHalvings && open.Length > 0; halving++, scale /= 2)
        {
            double[][] trials = Array.ConvertAll(open, member => member.Trial(scale));
            Evaluation[] evaluations = objective.Evaluate(Positions(open), trials, cancellationToken);
            progress?.Report(open.Length);
            for (int i = 0; i < open.Length; i++)
            {
                if (open[i].Improves(evaluations[i], scale)) open[i].Accept(trials[i], evaluations[i]);
                else open[i].IsRejected = true;
            }

            open = [.. open.Where(member => member.IsRejected)];
            foreach (Member member in open) member.IsRejected = false;
        }

        foreach (Member member in open) member.Status = FitStatus.StepFailed;
    }

    private static int[] Positions(Member[] members) => Array.ConvertAll(members, member => member.Position);

    /// <summary>The state of one function.</summary>
    private sealed class Member(JointNewtonStart start)
    {
        private readonly CholeskyFactor preconditioner = start.Preconditioner;
        private Evaluation? current = start.Evaluation;
        private double[] preconditioned = [];
        private double[] step = [];
        private double[] residual = [];
        private double residualNorm;
        private double residualGoal;
        private double searchNorm;
        private double smallestRatio = 1;
        private double decrement;
        private int iterations;

        public int Position { get; } = start.Position;

        public bool IsEvaluated => current is not null;

        public double[] Point { get; private set; } = start.Point;

        public FitStatus? Status { get; set; }

        public bool IsRejected { get; set; }

        /// <summary>The present search direction of the inner iteration.</summary>
        public double[] Search { get; private set; } = [];

        public bool InnerIsDone => !(residualNorm > residualGoal);

        public void Accept(double[] point, Evaluation evaluation)
        {
            Point = point;
            current = evaluation;
        }

        public void Judge(int iteration, NewtonSettings settings)
        {
            if (Status is not null) return;
            iterations = iteration;
            preconditioned = preconditioner.Solve(current!.Gradient);
            residualNorm = TensorPrimitives.Dot<double>(preconditioned, current.Gradient);
            decrement = 0.5 * residualNorm / smallestRatio;
            if (decrement <= settings.Tolerance) Status = FitStatus.Converged;
            else if (!double.IsFinite(decrement)) Status = FitStatus.StepFailed;
            else if (iteration == settings.MaxIterations) Status = FitStatus.IterationLimit;
        }

        public void BeginInner(double tolerance)
        {
            residualGoal = Math.Max(residualNorm * InnerAccuracy * Math.Min(1, decrement), 0.1 * tolerance);
            step = new double[Point.Length];
            residual = (double[])current!.Gradient.Clone();
            Search = (double[])preconditioned.Clone();
            searchNorm = residualNorm;
        }

        public void AdvanceInner(double[] product)
        {
            double curvature = TensorPrimitives.Dot<double>(Search, product);
            if (!(curvature > 0))
            {
                residualNorm = 0;
                return;
            }

            smallestRatio = Math.Min(smallestRatio, curvature / searchNorm);
            double length = residualNorm / curvature;
            TensorPrimitives.MultiplyAdd(Search, length, step, step);
            TensorPrimitives.MultiplyAdd(product, -length, residual, residual);
            double[] solved = preconditioner.Solve(residual);
            double norm = TensorPrimitives.Dot<double>(solved, residual), ratio = norm / residualNorm;
            TensorPrimitives.MultiplyAdd(Search, ratio, solved, solved);
            Search = solved;

            // dᵀMd follows from conjugacy without a product with M.
            searchNorm = norm + (ratio * ratio * searchNorm);
            residualNorm = norm;
        }

        public double[] Trial(double scale)
        {
            double[] trial = (double[])Point.Clone();
            TensorPrimitives.MultiplyAdd(step, -scale, trial, trial);
            return trial;
        }

        public bool Improves(Evaluation evaluation, double scale)
        {
            // The value is a sum of many terms: differences below its rounding error say nothing.
            double rounding = 1e-12 * Math.Abs(current!.Value);
            double slope = TensorPrimitives.Dot<double>(step, current.Gradient);
            return evaluation.Value <= current.Value - (Armijo * scale * slope) + rounding;
        }

        public JointNewtonResult Result() => new(Status!.Value, Point, current!, iterations, decrement, preconditioned);
    }
}
