using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.Optimization;

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

    private const long InformationBytes = 512L << 20;
    private const double RankTolerance = 1e-10;

    private readonly GlmPopulationSpecification specification;
    private readonly GlmPopulationOptions options;
    private readonly CancellationToken cancellationToken;
    private readonly Recording recording;
    private readonly GlmLayout[] layouts;
    private readonly double[,] penalty;

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
        GlmLayout shared = GlmLayout.Of(first, recording);
        int[] BinsOf(string unit) => ((SpikeColumns)shared.Terms[^(units.Count - recording.Units.IndexOf(unit))].Columns).Bins.ToArray();
        layouts = [.. targets.Select(target => shared.For(specification.For(target, units), BinsOf(target)))];
        penalty = shared.Penalty();
    }

    private GlmDesign Design => layouts[0].Design;

    public GlmPopulationFit Fit(IProgress<double>? progress)
    {
        PopulationMethod method = options.Method == PopulationMethod.Automatic ? PopulationCost.Cheaper(Design) : options.Method;
        double[] gram = method == PopulationMethod.MatrixFree
            ? SpikePairGram.Of(Design, options.Threads, cancellationToken)
            : FeatureGram.Of(Design, options.Threads, cancellationToken);
        GlmFit?[] fits = new GlmFit?[layouts.Length];

        // A filter that forbids spikes has no finite optimum: the single fit knows how to take the limit.
        int[] ordinary = [.. Enumerable.Range(0, layouts.Length).Where(target => !layouts[target].SeparatedColumns().Contains(true))];
        int group = method == PopulationMethod.MatrixFree ? 1 : (int)Math.Clamp(InformationBytes / (sizeof(float) * Design.RowCount), 1, layouts.Length);
        double[,] unknown = Unknown();
        int done = 0;
        foreach (int[] members in ordinary.Chunk(group))
        {
            JointNewtonResult[] results = method == PopulationMethod.MatrixFree ? MatrixFree(members, gram, out CholeskyFactor[] factors) : Streamed(members, gram, out factors);
            for (int i = 0; i < members.Length; i++)
            {
                if (results[i].Status == FitStatus.Converged) fits[members[i]] = Report(layouts[members[i]], results[i], factors[i], unknown);
                progress?.Report((double)++done / (layouts.Length + 1));
            }
        }

        // What did not converge here is diagnosed there.
        for (int target = 0; target < fits.Length; target++)
            fits[target] ??= layouts[target].Specification.Fit(recording, new GlmFitOptions { Threads = options.Threads }, null, cancellationToken);
        progress?.Report(1);
        return new GlmPopulationFit(specification, recording.Units.Ids, method, [.. fits.Select(fit => fit!)]);
    }

    private JointNewtonResult[] Streamed(int[] members, double[] gram, out CholeskyFactor[] factors)
    {
        GlmDesign[] designs = Array.ConvertAll(members, member => layouts[member].Design);
        int step = LargestStep;
        while (step > 1 && Design.RowCount / step < (long)PartRowsPerColumn * Design.ColumnCount) step /= 2;
        CholeskyFactor[] coarse = Array.ConvertAll(members, member => Factor(gram, MeanCount(member) / step, [], 0, 1.0 / step));
        NewtonSettings loose = new() { Tolerance = PartTolerance * Design.ColumnCount, MaxIterations = MaxIterations };
        StreamedObjective part = new(designs, Scaled(1.0 / step), options.Threads, step);
        double[][] starts = Array.ConvertAll(
            NewtonConjugateGradients.Minimize(part, Array.ConvertAll(members, Start), coarse, loose, cancellationToken), result => result.Point);
        factors = new CholeskyFactor[members.Length];
        double[,] none = new double[Design.ColumnCount, Design.ColumnCount];
        for (int i = 0; i < members.Length; i++)
        {
            double[] hessian = new GlmObjective(designs[i], none, [], options.Threads, step).Evaluate(starts[i], true, cancellationToken).Hessian!;
            factors[i] = Factor(gram, GramShare * MeanCount(members[i]), hessian, (1 - GramShare) * step, 1);
        }

        StreamedObjective whole = new(designs, penalty, options.Threads, blockStep: 1);
        return NewtonConjugateGradients.Minimize(whole, starts, factors, Settings(), cancellationToken);
    }

    private JointNewtonResult[] MatrixFree(int[] members, double[] gram, out CholeskyFactor[] factors)
    {
        // Around the mean rate the Hessian is the mean count times the Gram matrix: the first step is the quadratic approximation of the likelihood.
        factors = Array.ConvertAll(members, member => Factor(gram, MeanCount(member), [], 0, 1));
        MatrixFreeObjective objective = new([.. members.Select(member => layouts[member].Design)], penalty, options.Threads);
        return NewtonConjugateGradients.Minimize(objective, Array.ConvertAll(members, Start), factors, Settings(), cancellationToken);
    }

    private GlmFit Report(GlmLayout layout, JointNewtonResult result, CholeskyFactor factor, double[,] unknown)
    {
        NewtonResult Result(Evaluation evaluation, CholeskyFactor curvature, double decrement) =>
            new(result.Status, result.Point, evaluation, curvature, [.. curvature.IsAliased], result.Iterations, decrement, result.Direction);

        if (!options.StandardErrors) return GlmInference.ReportWithoutErrors(layout, penalty, Result(result.Evaluation, factor, result.Decrement), unknown);
        Evaluation evaluation = new GlmObjective(layout.Design, penalty, [], options.Threads).Evaluate(result.Point, true, cancellationToken);
        CholeskyFactor exact = CholeskyFactor.Of(evaluation.Hessian!, Design.ColumnCount, RankTolerance, [.. factor.IsAliased]);
        double decrement = 0.5 * exact.Solve(evaluation.Gradient).Zip(evaluation.Gradient, (step, slope) => step * slope).Sum();
        return GlmInference.Report(layout, penalty, new bool[Design.ColumnCount], Result(evaluation, exact, decrement));
    }

    private double[] Start(int member)
    {
        double[] start = new double[Design.ColumnCount];
        start[0] = Design.Observation.LinkOf(Math.Min(MeanCount(member), MaxMean())) - Math.Log(Design.Grid.BinWidth);
        return start;
    }

    private double MaxMean() => ReferenceEquals(Design.Observation, Models.Glm.ObservationModel.Bernoulli) ? 1 - 1e-9 : double.PositiveInfinity;

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

    private NewtonSettings Settings() => new() { Tolerance = options.Tolerance, MaxIterations = MaxIterations };
}
