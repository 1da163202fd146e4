using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Glm;

namespace SpikeStats.Fitting.Glm;

/// <summary>The steps of a fit: lay out the design, find what cannot be estimated, start near the optimum, iterate, and report.</summary>
internal static class GlmFitter
{
    // Below this many rows a start from part of the data costs more than it saves.
    private const int WarmStartRows = 200_000;
    private const int WarmStartRowsPerColumn = 500;
    private const int WarmStartIterations = 20;

    // Bins without spikes identify little: with fewer spikes than this the optimum of a part is far from that of the whole, or infinite.
    private const int WarmStartSpikesPerColumn = 10;

    // Nats per coefficient. A part of n rows has its optimum about p/2 (N/n - 1) nats from that of all N: there is no point in finding it closely.
    private const double WarmStartTolerance = 0.02;

    // Every 16th block of rows first, then every fourth.
    private static readonly int[] warmStartSteps = [16, 4];

    // A Hessian of this many multiplications (about 30 ms) is dear: the last iterations then reuse one.
    private const double DearMultiplications = 1e9;

    public static GlmFit Fit(
        GlmSpecification specification, Recording recording, GlmFitOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        GlmLayout layout = GlmLayout.Of(specification, recording);
        GlmDesign design = layout.Design;
        double[,] penalty = layout.Penalty();
        bool[] separated = layout.SeparatedColumns();
        int[] mask = [.. Enumerable.Range(0, design.ColumnCount).Where(column => separated[column])];
        GlmObjective objective = new(design, penalty, mask, options.Threads);
        NewtonSettings settings = new()
        {
            Tolerance = options.Tolerance,
            MaxIterations = options.MaxIterations,
            CurvatureIsDear = (double)design.RowCount * design.ColumnCount * design.ColumnCount > DearMultiplications,
        };
        Progression? progression = progress is null ? null : new Progression(progress);
        Sparsity sparsity = layout.Sparsity();
        RecessionDirection recession = new(design, penalty, mask);
        NewtonResult MinimizeFrom(double[] start) => sparsity.IsNone
            ? NewtonMethod.Minimize(
                objective, start, separated, settings, recession.Near, progression, cancellationToken)
            : ProximalNewton.Minimize(objective, sparsity, start, separated, settings, progression, cancellationToken);

        // The optimum of a part may lie where the likelihood of all data overflows; from there no step leads back.
        double[] constantRate = ConstantRate(layout);
        NewtonResult result = MinimizeFrom(WarmStart(constantRate, layout, separated, penalty, mask, options, cancellationToken));
        if (!double.IsFinite(result.Decrement)) result = MinimizeFrom(constantRate);
        progress?.Report(1);
        return GlmInference.Report(layout, penalty, separated, result);
    }

    private static double[] ConstantRate(GlmLayout layout)
    {
        GlmDesign design = layout.Design;
        double[] start = new double[design.ColumnCount];
        double mean = layout.Counts.Sum(pair => (double)pair.Key * pair.Value) / design.RowCount;
        if (IsBinary(design.Observation)) mean = Math.Min(mean, 1 - 1e-9);
        start[0] = design.Observation.LinkOf(mean) - design.Observation.Offset(design.Grid.BinWidth);
        return start;
    }

    private static double[] WarmStart(
        double[] start, GlmLayout layout, bool[] separated, double[,] penalty, int[] mask, GlmFitOptions options, CancellationToken cancellationToken)
    {
        GlmDesign design = layout.Design;
        if (design.RowCount < WarmStartRows) return start;

        // From a coarse part to a finer one: each leaves the next so close that one or two iterations suffice.
        foreach (int step in warmStartSteps)
        {
            if (design.RowCount / step < Math.Max(WarmStartRows / 16, (long)WarmStartRowsPerColumn * design.ColumnCount)) continue;
            if (design.TargetBins.Length / step < WarmStartSpikesPerColumn * design.ColumnCount) continue;
            NewtonResult part = NewtonMethod.Minimize(
                new GlmObjective(design, Scaled(penalty, 1.0 / step), mask, options.Threads, step), start, separated,
                new NewtonSettings { Tolerance = WarmStartTolerance * design.ColumnCount, MaxIterations = WarmStartIterations }, cancellationToken: cancellationToken);

            // A part of the data may miss what identifies a column; a start from all data is then the safe one.
            if (part.Status != FitStatus.Converged || part.Factor.Rank < design.ColumnCount - mask.Length) break;
            start = part.Point;
        }

        return start;
    }

    private static bool IsBinary(ObservationModel observation) => observation.Clip(2) == 1;

    private static double[,] Scaled(double[,] matrix, double factor)
    {
        int size = matrix.GetLength(0);
        double[,] scaled = new double[size, size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++) scaled[i, j] = factor * matrix[i, j];
        }

        return scaled;
    }

    /// <summary>Turns iterations into a fraction: Newton needs about five, and nobody knows how many before the end.</summary>
    private sealed class Progression(IProgress<double> progress) : IProgress<int>
    {
        public void Report(int value) => progress.Report(value / (value + 2.0));
    }
}
