using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Glm;

namespace SpikeStats.Fitting.Populations;

/// <summary>The steps of a population fit: one layout for all targets, preconditioners, joint Newton iterations, and a report per target.</summary>
internal sealed class PopulationFitter
{
    // Newton reaches an ordinary optimum in fewer steps; a likelihood whose supremum lies at infinity takes many more.
    private const int MaxIterations = 12;

    // Rows per coefficient of the part of the data whose Hessian preconditions that of all data.
    private const int PartRowsPerColumn = 200;
    private const int LargestStep = 16;

    // Nats per coefficient to which the optimum of the part is found: it differs from that of all data by more than that anyway.
    private const double PartTolerance = 0.02;

    // What the Gram matrix adds to the Hessian of the part: directions that the part does not show keep a curvature.
    private const double GramShare = 0.05;

    // Nats from the optimum at which the Hessian is taken for that of the optimum: coefficients are within 1.4e-5 standard errors there,
    // over which a Hessian changes by less than that.
    private const double HessianTolerance = 1e-10;

    // Memory of the targets that are fitted together: the information of every bin, and three matrices of each.
    private const long GroupBytes = 512L << 20;
    private const int MatricesPerTarget = 3;
    private const double RankTolerance = 1e-10;

    private readonly GlmPopulationSpecification specification;
    private readonly GlmPopulationOptions options;
    private readonly CancellationToken cancellationToken;
    private readonly Recording recording;
    private readonly GlmLayout[] layouts;
    private readonly double[,] penalty;
    private readonly IReadOnlyList<string> silent;

    public PopulationFitter(
        GlmPopulationSpecification specification, Recording recording, GlmPopulationOptions options, CancellationToken cancellationToken)
    {
        this.specification = specification;
        this.recording = recording;
        this.options = options;
        this.cancellationToken = cancellationToken;
        IReadOnlyList<string> units = recording.Units.Ids, targets = specification.Targets.Count > 0 ? specification.Targets : units;
        GlmSpecification first = specification.For(targets[0], units);
        first.Validate();
        GlmLayout shared = GlmLayout.Of(first, recording, mayBeSilent: true);
        int[] BinsOf(string unit) => ((SpikeColumns)shared.Terms[^(units.Count - recording.Units.IndexOf(unit))].Columns).Bins.ToArray();
        GlmLayout[] all = [.. targets.Select(target => shared.For(specification.For(target, units), BinsOf(target)))];

        // Nobody asked for a silent unit by name when all units are meant: the others can be fitted all the same.
        layouts = [.. all.Where(layout => !layout.Design.TargetBins.IsEmpty)];
        if (layouts.Length == 0 || (layouts.Length < all.Length && specification.Targets.Count > 0)) all.First(layout => layout.Design.TargetBins.IsEmpty).RequireSpikes();
        silent = [.. targets.Except(layouts.Select(layout => layout.Specification.Target), StringComparer.Ordinal)];
        penalty = shared.Penalty();
    }

    private GlmDesign Design => layouts[0].Design;

    /// <summary>Every how many-th block belongs to the part of the data whose Hessian preconditions that of all.</summary>
    public static int PartStep(GlmDesign design)
    {
        int step = LargestStep;
        while (step > 1 && design.RowCount / step < (long)PartRowsPerColumn * design.ColumnCount) step /= 2;
        return step;
    }

    public GlmPopulationFit Fit(IProgress<double>? progress)
    {
        PopulationMethod method = options.Method == PopulationMethod.Automatic ? PopulationCost.Cheaper(Design, layouts.Length) : options.Method;
        double[] gram = method == PopulationMethod.MatrixFree
            ? SpikePairGram.Of(Design, options.Threads, cancellationToken)
            : FeatureGram.Of(Design, options.Threads, cancellationToken);
        GlmFit?[] fits = new GlmFit?[layouts.Length];

        // A filter that forbids spikes has no finite optimum: the single fit knows how to take the limit. It also knows how to select coefficients
        // and how to estimate the shape of counts, neither of which is a matter of Newton's method alone.
        bool isPlain = !layouts[0].IsSparse && Design.Observation is not NegativeBinomialObservation { IsShapeEstimated: true };
        int[] ordinary = [.. Enumerable.Range(0, layouts.Length).Where(target => isPlain && !layouts[target].SeparatedColumns().Contains(true))];
        long bytesPerTarget = (sizeof(float) * Design.RowCount) + ((long)MatricesPerTarget * sizeof(double) * Design.ColumnCount * Design.ColumnCount);
        int group = (int)Math.Clamp(GroupBytes / bytesPerTarget, 1, layouts.Length);
        foreach (int[] members in ordinary.Chunk(group))
        {
            (IPopulationObjective objective, JointNewtonStart[] starts) = method == PopulationMethod.MatrixFree ? MatrixFree(members, gram) : Streamed(members, gram);
            Progression? progression = progress is null ? null : new Progression(progress, members, layouts.Length);
            foreach ((int i, GlmFit fit) in options.StandardErrors
                ? WithErrors(members, objective, starts, progression)
                : WithoutErrors(members, objective, starts, progression)) fits[members[i]] = fit;
        }

        // What did not converge here is diagnosed there.
        for (int target = 0; target < fits.Length; target++)
            fits[target] ??= layouts[target].Specification.Fit(recording, new GlmFitOptions { Threads = options.Threads, Tolerance = options.Tolerance }, null, cancellationToken);
        progress?.Report(1);
        return new GlmPopulationFit(specification, recording.Units.Ids, silent, method, [.. fits.Select(fit => fit!)]);
    }

    private (IPopulationObjective Objective, JointNewtonStart[] Starts) Streamed(int[] members, double[] gram)
    {
        GlmDesign[] designs = Array.ConvertAll(members, member => layouts[member].Design);
        int step = PartStep(Design);
        JointNewtonStart[] coarse = InParallel(
            members.Length, i => new JointNewtonStart(i, Start(members[i]), Factor(gram, MeanCount(members[i]) / step, [], 0, 1.0 / step)));
        NewtonSettings loose = new() { Tolerance = PartTolerance * Design.ColumnCount, MaxIterations = MaxIterations };
        StreamedObjective part = new(designs, Scaled(1.0 / step), options.Threads, step);
        JointNewtonResult[] near = NewtonConjugateGradients.Minimize(part, coarse, loose, cancellationToken: cancellationToken);
        double[][] hessians = Hessians(part, [.. Enumerable.Range(0, members.Length)], step);
        JointNewtonStart[] starts = InParallel(members.Length, i => new JointNewtonStart(
            i, near[i].Point, Factor(gram, GramShare * MeanCount(members[i]), hessians[i], (1 - GramShare) * step, 1)));
        return (new StreamedObjective(designs, penalty, options.Threads, blockStep: 1), starts);
    }

    private (IPopulationObjective Objective, JointNewtonStart[] Starts) MatrixFree(int[] members, double[] gram)
    {
        // Around the mean rate the Hessian is the mean count times the Gram matrix: the first step is the quadratic approximation of the likelihood.
        JointNewtonStart[] starts = InParallel(
            members.Length, i => new JointNewtonStart(i, Start(members[i]), Factor(gram, MeanCount(members[i]), [], 0, 1)));
        return (new MatrixFreeObjective([.. members.Select(member => layouts[member].Design)], penalty, options.Threads), starts);
    }

    private IEnumerable<(int Member, GlmFit Fit)> WithoutErrors(
        int[] members, IPopulationObjective objective, JointNewtonStart[] starts, Progression? progression)
    {
        double[,] unknown = Unknown();
        JointNewtonResult[] results = NewtonConjugateGradients.Minimize(objective, starts, Settings(options.Tolerance), progression, cancellationToken);
        for (int i = 0; i < results.Length; i++)
        {
            if (results[i].Status != FitStatus.Converged) continue;
            yield return (i, GlmInference.ReportWithoutErrors(layouts[members[i]], penalty, Found(results[i], starts[i].Preconditioner), unknown));
        }
    }

    // The Hessian that standard errors need is also the best preconditioner for the last digits of the estimate.
    private (int Member, GlmFit Fit)[] WithErrors(int[] members, IPopulationObjective objective, JointNewtonStart[] starts, Progression? progression)
    {
        JointNewtonResult[] near = NewtonConjugateGradients.Minimize(
            objective, starts, Settings(Math.Max(options.Tolerance, HessianTolerance)), progression, cancellationToken);
        int[] ordinary = [.. Enumerable.Range(0, members.Length).Where(i => near[i].Status == FitStatus.Converged)];
        double[][] hessians = Hessians(objective, ordinary, blockStep: 1);
        JointNewtonStart[] last = InParallel(ordinary.Length, position =>
        {
            int i = ordinary[position];
            return new JointNewtonStart(i, near[i].Point, Penalised(hessians[position], starts[i].Preconditioner.IsAliased), near[i].Evaluation);
        });
        JointNewtonResult[] results = NewtonConjugateGradients.Minimize(objective, last, Settings(options.Tolerance), progression, cancellationToken);
        int[] converged = [.. Enumerable.Range(0, results.Length).Where(i => results[i].Status == FitStatus.Converged)];
        return InParallel(converged.Length, position =>
        {
            int i = converged[position], member = last[i].Position;
            JointNewtonResult result = results[i] with { Iterations = near[member].Iterations + results[i].Iterations };
            return (member, GlmInference.Report(layouts[members[member]], penalty, new bool[Design.ColumnCount], Found(result, last[i].Preconditioner)));
        });
    }

    private static NewtonResult Found(JointNewtonResult result, CholeskyFactor factor) =>
        new(result.Status, result.Point, result.Evaluation, factor, [.. factor.IsAliased], result.Iterations, result.Decrement, result.Direction);

    private T[] InParallel<T>(int count, Func<int, T> make)
    {
        T[] made = new T[count];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellationToken }, i => made[i] = make(i));
        return made;
    }

    private double[][] Hessians(IPopulationObjective objective, int[] members, int blockStep) =>
        new JointHessian(Design, blockStep, options.Threads).Of(Array.ConvertAll(members, objective.Information), cancellationToken);

    private CholeskyFactor Penalised(double[] hessian, IReadOnlyList<bool> leftOut)
    {
        int size = Design.ColumnCount;
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++) hessian[(i * size) + j] += penalty[i, j];
        }

        return CholeskyFactor.Of(hessian, size, RankTolerance, [.. leftOut]);
    }

    private double[] Start(int member)
    {
        double[] start = new double[Design.ColumnCount];
        start[0] = Design.Observation.LinkOf(Math.Min(MeanCount(member), MaxMean())) - Design.Observation.Offset(Design.Grid.BinWidth);
        return start;
    }

    private double MaxMean() => Design.Observation.Clip(2) == 1 ? 1 - 1e-9 : double.PositiveInfinity;

    private double MeanCount(int member) => layouts[member].Counts.Sum(pair => (double)pair.Key * pair.Value) / Design.RowCount;

    // The factor of gramWeight G + hessianWeight H + penaltyWeight P.
    private CholeskyFactor Factor(double[] gram, double gramWeight, double[] hessian, double hessianWeight, double penaltyWeight)
    {
        int size = Design.ColumnCount;
        double[] matrix = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                int at = (i * size) + j;
                matrix[at] = (gramWeight * gram[at]) + (penaltyWeight * penalty[i, j]) + (hessian.Length > 0 ? hessianWeight * hessian[at] : 0);
            }
        }

        return CholeskyFactor.Of(matrix, size, RankTolerance, new bool[size]);
    }

    private double[,] Scaled(double factor)
    {
        int size = Design.ColumnCount;
        double[,] scaled = new double[size, size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++) scaled[i, j] = factor * penalty[i, j];
        }

        return scaled;
    }

    private double[,] Unknown()
    {
        int size = options.StandardErrors ? 0 : Design.ColumnCount;
        double[,] unknown = new double[size, size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++) unknown[i, j] = double.NaN;
        }

        return unknown;
    }

    private static NewtonSettings Settings(double tolerance) => new() { Tolerance = tolerance, MaxIterations = MaxIterations };

    /// <summary>Turns passes into a fraction: a fit needs about thirty, and nobody knows how many before the end.</summary>
    private sealed class Progression(IProgress<double> progress, int[] members, int targetCount) : IProgress<int>
    {
        private const double HalfWay = 12;
        private int passes;

        public void Report(int value)
        {
            passes++;
            progress.Report((members[0] + ((members[^1] + 1 - members[0]) * passes / (passes + HalfWay))) / targetCount);
        }
    }
}
