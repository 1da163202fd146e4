using System.Buffers;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Hawkes;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>The log-likelihood maximised over baselines and branching ratios, as a function of the decays.</summary>
/// <remarks>
/// At given decays the targets are independent convex problems. The derivatives of the profile follow from theirs: the slope is ∂ℓ/∂β at the
/// optimum (envelope theorem) and the curvature the Schur complement ∂²ℓ/∂β² + Σ_i B_iᵀ H_i⁻¹ B_i, B_i the mixed derivatives.
/// </remarks>
internal static class DecayProfile
{
    private const int ManyTargets = 16;
    private const double LeastBaseline = 1e-3;

    public static ProfilePoint Evaluate(
        MarkedEvents events, double[] decays, bool withDerivatives, double[][]? starts, NewtonSettings settings, int threads,
        Action? targetDone, CancellationToken cancellationToken)
    {
        double[][] storage = Array.ConvertAll(decays, _ => ArrayPool<double>.Shared.Rent(events.Count));
        DecayScan[] scans = new DecayScan[decays.Length];
        for (int u = 0; u < decays.Length; u++) scans[u] = new DecayScan(events, decays[u], storage[u]);
        Exposure exposure = Exposure.Of(events, scans);
        TargetEstimate[] targets = new TargetEstimate[events.UnitCount];
        // Targets first; only where these are few do threads work within a target, too.
        int inner = events.UnitCount >= ManyTargets ? 1 : threads < 0 ? threads : Math.Max(1, threads / events.UnitCount);
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, events.UnitCount, parallel, target =>
        {
            double[] start = Start(events, target, decays.Length);
            if (starts is not null)
            {
                // A baseline of zero that was best elsewhere may leave a spike here without any intensity, and the likelihood infinite.
                double leastBaseline = LeastBaseline * start[^1];
                start = [.. starts[target]];
                start[^1] = Math.Max(start[^1], leastBaseline);
            }

            targets[target] = Maximize(events, scans, exposure, target, withDerivatives, start, settings, inner, cancellationToken);
            targetDone?.Invoke();
        });
        foreach (double[] rented in storage) ArrayPool<double>.Shared.Return(rented);
        return new ProfilePoint(decays, targets);
    }

    private static TargetEstimate Maximize(
        MarkedEvents events, DecayScan[] scans, Exposure exposure, int target, bool withDerivatives, double[] start, NewtonSettings settings,
        int threads, CancellationToken cancellationToken)
    {
        using TargetDesign design = new(events, scans, target, withDerivatives, threads);
        using TargetLikelihood likelihood = new(design, exposure, threads);
        NonNegativeResult result = NonNegativeNewton.Minimize(likelihood, start, settings, cancellationToken);
        CholeskyFactor information = CholeskyFactor.Of(result.Evaluation.Hessian!, likelihood.VariableCount, settings.RankTolerance, result.AtBound);
        return new TargetEstimate(result, information, withDerivatives ? likelihood.DifferentiateByDecays(result.Point) : null);
    }

    // Half of the spikes from the baseline, the other half from all columns alike: feasible, and far from every bound.
    private static double[] Start(MarkedEvents events, int target, int decays)
    {
        int columns = events.UnitCount * decays;
        double[] start = new double[columns + 1];
        Array.Fill(start, 0.5 * events.Counts[target] / Math.Max(1, events.Count) / decays);
        start[columns] = 0.5 * events.Counts[target] / events.Observed.Duration;
        return start;
    }
}
