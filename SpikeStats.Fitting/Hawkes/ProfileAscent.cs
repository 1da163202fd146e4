using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>Climbs a profile whose parameters are positive and stay within limits, by Newton's method on their logarithms with the exact curvature.</summary>
/// <remarks>
/// Where the profile is not concave, the curvature's absolute eigenvalues are used and the step is an ascent. A parameter at a limit that the profile would cross
/// stays there, and the others go on without it. While the parameters have far to go, the targets may be almost at their optima: the slopes of
/// <see cref="ProfilePoint"/> are corrected for that, and a step takes both on.
/// </remarks>
/// <param name="low">The smallest logarithms.</param>
/// <param name="high">The largest logarithms.</param>
/// <param name="tolerance">How far below the maximum the climb may end, in nats.</param>
/// <param name="maxIterations">The largest number of steps.</param>
/// <param name="evaluate">The profile with its derivatives, from parameters, a point nearby if there is one, and how far the targets may stay from their optima, in nats.</param>
internal sealed class ProfileAscent(double[] low, double[] high, double tolerance, int maxIterations, Func<double[], ProfilePoint?, double, ProfilePoint> evaluate)
{
    private const double LargestStep = 1;
    private const int MaxHalvings = 20;
    private const double Armijo = 1e-4;

    // How far targets may stay behind, in nats, and as a part of what is still ahead.
    private const double TargetTolerance = 1e-4;
    private const double TargetShare = 0.01;

    // A climb that rounding stops so close to the maximum, as a multiple of the tolerance, has reached it.
    private const double RoundingAllowance = 1e6;

    /// <summary>Climbs from given parameters.</summary>
    /// <param name="start">The parameters.</param>
    /// <param name="near">A point from which the targets may start; null if there is none.</param>
    public ProfileAscentResult Climb(double[] start, ProfilePoint? near)
    {
        ProfilePoint point = evaluate(start, near, Math.Max(tolerance, TargetTolerance));
        bool isSettled = false;
        for (int iteration = 0; ; iteration++)
        {
            double[] at = Array.ConvertAll(point.Decays, Math.Log);
            Limit[] limits = [.. at.Select((value, u) => value <= low[u] && point.Slope[u] < 0 ? Limit.Low : value >= high[u] && point.Slope[u] > 0 ? Limit.High : Limit.None)];
            bool isInside = Array.TrueForAll(limits, limit => limit == Limit.None);
            double[] step = Step(point, [.. Enumerable.Range(0, at.Length).Where(u => limits[u] == Limit.None)], out double decrement, out bool concave);
            ProfileAscentResult Result(FitStatus status) => new(status, point, iteration, decrement, concave, limits);

            double ahead = decrement + point.TargetDecrement;
            if (ahead <= tolerance) return Result(isInside ? FitStatus.Converged : FitStatus.Separated);
            if (iteration == maxIterations) return Result(FitStatus.IterationLimit);
            if (!double.IsFinite(ahead)) return Result(FitStatus.StepFailed);
            if (decrement > 0 && Search(at, point, step, decrement, Math.Clamp(TargetShare * ahead, tolerance, Math.Max(tolerance, TargetTolerance))) is { } next)
            {
                (point, isSettled) = (next, false);
                continue;
            }

            if (!isSettled && point.TargetDecrement > tolerance)
            {
                (point, isSettled) = (evaluate(point.Decays, point, tolerance), true);
                continue;
            }

            return Result(!isInside ? FitStatus.Separated : decrement <= tolerance * RoundingAllowance ? FitStatus.Converged : FitStatus.StepFailed);
        }
    }

    private ProfilePoint? Search(double[] at, ProfilePoint point, double[] step, double decrement, double targetTolerance)
    {
        // Differences of the likelihood below its rounding error say nothing.
        double rounding = 1e-12 * Math.Abs(point.LogLikelihood);
        double scale = Math.Min(1, LargestStep / step.Max(Math.Abs));
        for (int halving = 0; halving < MaxHalvings; halving++, scale /= 2)
        {
            double[] trial = [.. at.Select((value, u) => Math.Exp(Math.Clamp(value + (scale * step[u]), low[u], high[u])))];
            if (trial.Distinct().Count() < trial.Length) continue;
            ProfilePoint next = evaluate(trial, point, targetTolerance);
            if (next.LogLikelihood >= point.LogLikelihood + (Armijo * scale * 2 * decrement) - rounding) return next;
        }

        return null;
    }

    // Newton's step in the logarithms of the free parameters, d/d log p = p d/dp, with what it gains in nats to second order.
    private static double[] Step(ProfilePoint point, int[] free, out double decrement, out bool concave)
    {
        double[] step = new double[point.Decays.Length];
        (decrement, concave) = (0, free.Length > 0);
        if (free.Length == 0) return step;
        Matrix<double> curvature = Matrix<double>.Build.Dense(free.Length, free.Length, (a, b) =>
        {
            (int u, int v) = (free[a], free[b]);
            double mean = 0.5 * (point.Curvature[u, v] + point.Curvature[v, u]);
            return (-point.Decays[u] * point.Decays[v] * mean) - (u == v ? point.Decays[u] * point.Slope[u] : 0);
        });
        Vector<double> slope = Vector<double>.Build.Dense(free.Length, a => point.Decays[free[a]] * point.Slope[free[a]]);
        Evd<double> eigen = curvature.Evd(Symmetricity.Symmetric);
        double largest = eigen.EigenValues.Max(value => Math.Abs(value.Real));
        concave = largest > 0 && eigen.EigenValues.All(value => value.Real > 1e-10 * largest);
        Vector<double> ascent = Vector<double>.Build.Dense(free.Length);
        for (int e = 0; e < free.Length && largest > 0; e++)
        {
            Vector<double> direction = eigen.EigenVectors.Column(e);
            ascent += direction * (direction.DotProduct(slope) / Math.Max(Math.Abs(eigen.EigenValues[e].Real), 1e-10 * largest));
        }

        decrement = 0.5 * ascent.DotProduct(slope);
        for (int a = 0; a < free.Length; a++) step[free[a]] = ascent[a];
        return step;
    }
}
