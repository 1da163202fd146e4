using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>Climbs a profile whose parameters are positive and stay within limits, by Newton's method on their logarithms with the exact curvature.</summary>
/// <remarks>
/// Where the profile is not concave, the curvature's absolute eigenvalues are used and the step is an ascent. A parameter at a limit that the profile would cross
/// stays there, and the others go on without it.
/// </remarks>
/// <param name="low">The smallest logarithms.</param>
/// <param name="high">The largest logarithms.</param>
/// <param name="options">Tolerance and iterations.</param>
/// <param name="evaluate">The profile with its derivatives, from parameters and, if known, where the targets start.</param>
internal sealed class ProfileAscent(double[] low, double[] high, HawkesFitOptions options, Func<double[], double[][]?, ProfilePoint> evaluate)
{
    private const double LargestStep = 1;
    private const int MaxHalvings = 20;
    private const double Armijo = 1e-4;

    /// <summary>The optima of the targets: where they start at a point nearby.</summary>
    public static double[][] Variables(ProfilePoint point) => Array.ConvertAll(point.Targets, target => target.Result.Point);

    /// <summary>Climbs from a point that was evaluated.</summary>
    public ProfileAscentResult Climb(ProfilePoint point)
    {
        for (int iteration = 0; ; iteration++)
        {
            double[] at = Array.ConvertAll(point.Decays, Math.Log);
            Limit[] limits = [.. at.Select((value, u) => value <= low[u] && point.Slope[u] < 0 ? Limit.Low : value >= high[u] && point.Slope[u] > 0 ? Limit.High : Limit.None)];
            double[] step = Step(point, [.. Enumerable.Range(0, at.Length).Where(u => limits[u] == Limit.None)], out double decrement, out bool concave);
            ProfileAscentResult Result(FitStatus status) => new(status, point, iteration, decrement, concave, limits);

            if (decrement <= options.Tolerance) return Result(Array.TrueForAll(limits, limit => limit == Limit.None) ? FitStatus.Converged : FitStatus.Separated);
            if (iteration == options.MaxIterations) return Result(FitStatus.IterationLimit);
            if (Search(at, point, step, decrement) is not { } next) return Result(decrement <= options.Tolerance * 1e6 ? FitStatus.Converged : FitStatus.StepFailed);
            point = next;
        }
    }

    private ProfilePoint? Search(double[] at, ProfilePoint point, double[] step, double decrement)
    {
        // Differences of the likelihood below its rounding error say nothing.
        double rounding = 1e-12 * Math.Abs(point.LogLikelihood);
        double scale = Math.Min(1, LargestStep / step.Max(Math.Abs));
        for (int halving = 0; halving < MaxHalvings; halving++, scale /= 2)
        {
            double[] trial = [.. at.Select((value, u) => Math.Exp(Math.Clamp(value + (scale * step[u]), low[u], high[u])))];
            if (trial.Distinct().Count() < trial.Length) continue;
            ProfilePoint next = evaluate(trial, Variables(point));
            if (next.LogLikelihood >= point.LogLikelihood + (Armijo * scale * 2 * decrement) - rounding) return next;
        }

        return null;
    }

    /// <summary>Newton's step in the logarithms of the free parameters, d/d log p = p d/dp, with what it gains in nats to second order.</summary>
    public static double[] Step(ProfilePoint point, int[] free, out double decrement, out bool concave)
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
