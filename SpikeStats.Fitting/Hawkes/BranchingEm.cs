using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Hawkes;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>Expectation and maximisation over who triggered whom.</summary>
/// <remarks>
/// The expected number of spikes that came through column c is w_c Σ_k r_kc/λ_k; divided by the exposure G_c it is the next w_c. The sums over pairs of the
/// textbook form are inner sums of r.
/// </remarks>
internal static class BranchingEm
{
    public static BranchingEmResult Run(
        BasisHawkesSpecification specification, MarkedEvents events, BranchingEmOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        double[] exposure = LaggedDesign.ExposureOf(events, specification.Basis);
        double[,] noPenalty = new double[specification.Basis.ColumnCount, specification.Basis.ColumnCount];
        double[][] points = new double[events.UnitCount][];
        List<double>[] paths = new List<double>[events.UnitCount];
        FitStatus status = FitStatus.Converged;
        for (int target = 0; target < events.UnitCount; target++)
        {
            LaggedDesign design = new(events, specification.Basis, exposure, target, cancellationToken);
            points[target] = BasisHawkesFitter.Start(design);
            (paths[target], bool converged) = Climb(new LaggedLikelihood(design, noPenalty, threads: -1), design, points[target], options, cancellationToken);
            if (!converged) status = FitStatus.IterationLimit;
            progress?.Report((target + 1.0) / events.UnitCount);
        }

        double[] total = [.. Enumerable.Range(0, paths.Max(path => path.Count)).Select(iteration => paths.Sum(path => path[Math.Min(iteration, path.Count - 1)]))];
        return new BranchingEmResult(BasisHawkesFitter.ModelOf(specification, points), total, status);
    }

    private static (List<double> LogLikelihoods, bool Converged) Climb(
        LaggedLikelihood likelihood, LaggedDesign design, double[] point, BranchingEmOptions options, CancellationToken cancellationToken)
    {
        List<double> path = [];
        for (int iteration = 0; ; iteration++)
        {
            Evaluation evaluation = likelihood.Evaluate(point, withCurvature: false, cancellationToken);
            path.Add(-evaluation.Value);
            if (iteration > 0 && path[^1] - path[^2] <= options.Tolerance) return (path, true);
            if (iteration == options.MaxIterations) return (path, false);
            // The gradient is G - Σ r/λ, so that the sum over spikes is G minus it.
            for (int c = 0; c < design.Columns; c++)
            {
                if (design.Exposure[c] > 0) point[c] *= Math.Max(0, 1 - (evaluation.Gradient[c] / design.Exposure[c]));
            }

            point[^1] *= 1 - (evaluation.Gradient[^1] / design.Duration);
        }
    }
}
