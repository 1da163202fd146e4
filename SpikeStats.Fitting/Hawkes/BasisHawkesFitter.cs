using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Hawkes;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>Fits the targets one by one and puts the result together.</summary>
internal static class BasisHawkesFitter
{
    private const int ManyTargets = 4;

    public static BasisHawkesFit Fit(
        BasisHawkesSpecification specification, MarkedEvents events, HawkesFitOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        NewtonSettings settings = new() { Tolerance = options.Tolerance, MaxIterations = options.MaxIterations };
        double[,] penalty = specification.Penalty.Matrix(specification.Basis.ColumnCount);
        double[] exposure = LaggedDesign.ExposureOf(events, specification.Basis);
        LaggedEstimate[] targets = new LaggedEstimate[events.UnitCount];
        double[] logLikelihoods = new double[events.UnitCount];
        // Targets first; only where these are few do threads work within a target, too.
        int inner = events.UnitCount >= ManyTargets ? 1 : options.Threads, done = 0;
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellationToken };
        Parallel.For(0, events.UnitCount, parallel, target =>
        {
            LaggedDesign design = new(events, specification.Basis, exposure, target, cancellationToken);
            NonNegativeResult result = NonNegativeNewton.Minimize(new LaggedLikelihood(design, penalty, inner), Start(design), settings, cancellationToken);
            targets[target] = LaggedEstimate.Of(result, penalty, settings.RankTolerance);
            logLikelihoods[target] = -new LaggedLikelihood(design, new double[penalty.GetLength(0), penalty.GetLength(0)], inner).Evaluate(result.Point, withCurvature: false, cancellationToken).Value;
            progress?.Report((double)Interlocked.Increment(ref done) / events.UnitCount);
        });
        BasisHawkesModel model = ModelOf(specification, [.. targets.Select(target => target.Result.Point)]);
        KernelFit[] kernels =
        [
            .. Enumerable.Range(0, events.UnitCount * events.UnitCount)
                .Select(pair => KernelOf(specification, targets[pair / events.UnitCount], pair / events.UnitCount, pair % events.UnitCount)),
        ];
        double[] errors = [.. targets.Select(target => target.IsIdentified[^1] ? Math.Sqrt(target.Covariance[exposure.Length, exposure.Length]) : double.NaN)];
        return new BasisHawkesFit(specification, model, kernels, errors, targets, BasisHawkesDiagnosis.Of(specification, model, targets))
        {
            LogLikelihood = logLikelihoods.Sum(),
            NullLogLikelihood = events.Counts.Sum(count => (count * Math.Log(count / events.Observed.Duration)) - count),
            SpikeCount = events.Count,
        };
    }

    /// <summary>The model with the variables of all targets: weights by source and function and, last, the baseline.</summary>
    public static BasisHawkesModel ModelOf(BasisHawkesSpecification specification, double[][] variables)
    {
        int units = specification.Units.Count, functions = specification.Basis.ColumnCount;
        double[,,] weights = new double[units, units, functions];
        for (int i = 0; i < units; i++)
        {
            for (int c = 0; c < units * functions; c++) weights[i, c / functions, c % functions] = variables[i][c];
        }

        return new BasisHawkesModel(specification.Units, [.. variables.Select(own => own[^1])], specification.Basis, weights);
    }

    /// <summary>Half of the spikes from the baseline, the other half from all columns alike: feasible, and far from every bound.</summary>
    /// <remarks>
    /// Columns that are zero at every spike, as in a refractory period, start at 0. Without a penalty the likelihood only falls with them, along a straight line, from which a
    /// method that looks at curvature would not move.
    /// </remarks>
    public static double[] Start(LaggedDesign design)
    {
        double[] start = new double[design.Columns + 1];
        bool[] seen = design.Seen();
        double total = seen.Zip(design.Exposure, (isSeen, exposure) => isSeen ? exposure : 0).Sum();
        for (int c = 0; c < seen.Length; c++) start[c] = seen[c] ? 0.5 * design.Rows / total : 0;
        start[^1] = 0.5 * design.Rows / design.Duration;
        return start;
    }

    private static KernelFit KernelOf(BasisHawkesSpecification specification, LaggedEstimate estimate, int target, int source)
    {
        int functions = specification.Basis.ColumnCount, first = source * functions;
        double[,] Block(double[,] covariance)
        {
            double[,] block = new double[functions, functions];
            for (int a = 0; a < functions; a++)
            {
                for (int b = 0; b < functions; b++) block[a, b] = covariance[first + a, first + b];
            }

            return block;
        }

        Range own = first..(first + functions);
        return new KernelFit(
            specification.Units[target], specification.Units[source], specification.Basis, estimate.Result.Point[own], estimate.Result.AtBound[own],
            estimate.IsIdentified[own], Block(estimate.Covariance), Block(estimate.FrequentistCovariance));
    }
}
