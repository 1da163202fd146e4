using System.Buffers;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Hawkes;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>The log-likelihood maximised over baselines and branching ratios, as a function of the decays.</summary>
/// <remarks>
/// At given decays the targets are independent convex problems, unless their spectral radius is limited. The derivatives of the profile follow
/// from theirs: the slope is ∂ℓ/∂β at the optimum (envelope theorem) and the curvature the Schur complement ∂²ℓ/∂β² + Σ_i B_iᵀ H_i⁻¹ B_i, B_i the mixed derivatives.
/// </remarks>
internal sealed class DecayProfile(HawkesBaseline baseline, double? radiusLimit, HawkesFitOptions options, CancellationToken cancellationToken)
{
    private const int ManyTargets = 16;
    private const double LeastBaseline = 1e-3;

    // As many arrays as are ever in use at the same time, each target at work having three, and all only as long as the fit; the shared pool would keep some
    // for every thread that ever worked, and after the fit.
    private const int MostArrays = 64;

    private readonly ArrayPool<double> memory = ArrayPool<double>.Create(1 << 30, MostArrays);

    /// <summary>How many threads may work, and what stops them.</summary>
    public ParallelOptions Threads { get; } = new() { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellationToken };

    /// <summary>Evaluates the profile.</summary>
    /// <param name="events">The spikes.</param>
    /// <param name="decays">The decays.</param>
    /// <param name="withDerivatives">Whether derivatives by the decays are wanted.</param>
    /// <param name="near">A point nearby, from which the starts of the targets follow; null to start anew.</param>
    /// <param name="tolerance">How far from its optimum each target may stay, in nats; the derivatives are corrected for it.</param>
    /// <param name="targetDone">Called after each target.</param>
    public ProfilePoint Evaluate(MarkedEvents events, double[] decays, bool withDerivatives, ProfilePoint? near, double tolerance, Action? targetDone = null)
    {
        double[][]? starts = near?.Predict(decays);
        NewtonSettings settings = new() { Tolerance = tolerance, MaxIterations = options.MaxIterations };
        // One unit streams its columns and needs no scan of all exponentials.
        double[][] storage = Array.ConvertAll(decays, _ => memory.Rent(events.UnitCount == 1 ? 0 : events.Count));
        DecayScan[] scans = [.. decays.Zip(storage, (decay, rented) => new DecayScan(events, decay, rented))];
        Exposure exposure = Exposure.Of(events, baseline, scans);
        TargetEstimate[] targets = ForEach(events, scans, exposure, withDerivatives, (target, likelihood) =>
        {
            double[] start = Start(events, target, decays.Length);
            if (starts is not null)
            {
                // A level of zero that was best elsewhere may leave a spike here without any intensity, and the likelihood infinite.
                double leastBaseline = LeastBaseline * start[^1];
                start = [.. starts[target]];
                for (int i = start.Length - baseline.PieceCount; i < start.Length; i++) start[i] = Math.Max(start[i], leastBaseline);
            }

            TargetEstimate estimate = Estimate(likelihood, NonNegativeNewton.Minimize(likelihood, start, settings, cancellationToken), settings, withDerivatives);
            targetDone?.Invoke();
            return estimate;
        });
        StationaryOptimum? held = null;
        if (radiusLimit is double limit && PerronRoot.Of(Array.ConvertAll(targets, target => target.Result.Point), baseline.PieceCount).Value > limit)
        {
            held = new StationaryNewton(limit, baseline.PieceCount, settings with { Tolerance = options.Tolerance }).Minimize(
                targets, points => ForEach(events, scans, exposure, withDerivatives: false, (target, likelihood) => likelihood.Evaluate(points[target], withCurvature: true, cancellationToken)));
            NonNegativeResult[] results = held.Results;
            targets = ForEach(events, scans, exposure, withDerivatives, (target, likelihood) =>
            {
                if (withDerivatives) likelihood.Evaluate(results[target].Point, withCurvature: false, cancellationToken);
                return Estimate(likelihood, results[target], settings, withDerivatives);
            });
        }

        foreach (double[] rented in storage) memory.Return(rented);
        return new ProfilePoint(decays, targets, held);
    }

    /// <summary>The largest log-likelihood with every branching ratio at zero.</summary>
    public double WithoutExcitation(MarkedEvents events)
    {
        double[] durations = baseline.Durations(events.Observed);
        double sum = 0;
        for (int target = 0; target < events.UnitCount; target++)
        {
            int[] counts = new int[baseline.PieceCount];
            foreach ((int piece, Range rows) in new BaselineRuns(events, baseline, target).Within(0, events.Counts[target])) counts[piece] += rows.End.Value - rows.Start.Value;
            for (int piece = 0; piece < counts.Length; piece++)
            {
                if (counts[piece] > 0) sum += (counts[piece] * Math.Log(counts[piece] / durations[piece])) - counts[piece];
            }
        }

        return sum;
    }

    private T[] ForEach<T>(MarkedEvents events, DecayScan[] scans, Exposure exposure, bool withDerivatives, Func<int, TargetLikelihood, T> use)
    {
        T[] results = new T[events.UnitCount];
        // Targets first; only where these are few do threads work within a target, too.
        int threads = options.Threads, inner = events.UnitCount >= ManyTargets ? 1 : threads < 0 ? threads : Math.Max(1, threads / events.UnitCount);
        Parallel.For(0, events.UnitCount, Threads, target =>
        {
            using ITargetDesign design = events.UnitCount == 1
                ? new SelfExcitation(events, baseline, Array.ConvertAll(scans, scan => scan.Decay), withDerivatives, inner)
                : new TargetDesign(events, baseline, scans, target, withDerivatives, inner, memory);
            using TargetLikelihood likelihood = new(design, exposure, inner, withDerivatives);
            results[target] = use(target, likelihood);
        });
        return results;
    }

    private static TargetEstimate Estimate(TargetLikelihood likelihood, NonNegativeResult result, NewtonSettings settings, bool withDerivatives) => new(
        result, CholeskyFactor.Of(result.Evaluation.Hessian!, likelihood.VariableCount, settings.RankTolerance, result.AtBound),
        withDerivatives ? likelihood.DifferentiateByDecays(result.Point) : null);

    // Half of the spikes from the baseline, the other half from all columns alike: feasible, and far from every bound.
    private double[] Start(MarkedEvents events, int target, int decays)
    {
        int columns = events.UnitCount * decays;
        double[] start = new double[columns + baseline.PieceCount];
        Array.Fill(start, 0.5 * events.Counts[target] / Math.Max(1, events.Count) / decays);
        Array.Fill(start, 0.5 * events.Counts[target] / events.Observed.Duration, columns, baseline.PieceCount);
        return start;
    }
}
