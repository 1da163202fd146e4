using System.Numerics.Tensors;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Glm;

namespace SpikeStats.Fitting.Glm;

/// <summary>The penalised negative log-likelihood of a design: -Σ ℓ(η_t, y_t) + ½ wᵀPw, without constants of the data.</summary>
/// <remarks>
/// Blocks are generated, reduced into value, gradient and Gram matrix, and forgotten; memory is O(columns² + block). They are dealt to a fixed
/// number of parts that depends on the data only; parts are summed in order, so that the result does not depend on the number of threads.
/// </remarks>
internal sealed class GlmObjective : IObjective
{
    private const int RowsPerPart = 16_384;
    private const int MaxParts = 32;
    private const long MaxPartDoubles = 8_000_000;

    private readonly GlmDesign design;
    private readonly double[,] penalty;
    private readonly int[] maskColumns;
    private readonly int blockStep;
    private readonly ParallelOptions threads;

    /// <summary>Creates the objective.</summary>
    /// <param name="design">The design.</param>
    /// <param name="penalty">P, columns × columns.</param>
    /// <param name="maskColumns">Columns whose coefficient is ∓∞: bins in which one of them is not zero are certain to be silent, and are left out.</param>
    /// <param name="threadCount">Threads at most; -1 for all.</param>
    /// <param name="blockStep">Take every so many-th block; 1 for all data.</param>
    public GlmObjective(GlmDesign design, double[,] penalty, int[] maskColumns, int threadCount, int blockStep = 1)
    {
        this.design = design;
        this.penalty = penalty;
        this.maskColumns = maskColumns;
        this.blockStep = blockStep;
        threads = new ParallelOptions { MaxDegreeOfParallelism = threadCount };
    }

    public int VariableCount => design.ColumnCount;

    public Evaluation Evaluate(double[] variables, bool withCurvature, CancellationToken cancellationToken)
    {
        int blockCount = (design.Blocks.Length + blockStep - 1) / blockStep;
        int limit = (int)Math.Clamp(MaxPartDoubles / ((long)design.Stride * design.Stride), 1, MaxParts);
        int partCount = (int)Math.Clamp((long)blockCount * GlmDesign.BlockRows / RowsPerPart, 1, limit);
        PartialSums[] parts = new PartialSums[partCount];
        double[] padded = Padded(variables);
        threads.CancellationToken = cancellationToken;
        Parallel.For(0, partCount, threads, () => new Workspace(design), (part, _, workspace) =>
        {
            parts[part] = new PartialSums(design.Stride, withCurvature);
            int first = (int)((long)blockCount * part / partCount), end = (int)((long)blockCount * (part + 1) / partCount);
            for (int block = first; block < end; block++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Reduce(design.Blocks[block * blockStep], padded, workspace, parts[part]);
            }

            return workspace;
        }, _ => { });
        return Total(parts, variables, withCurvature);
    }

    /// <summary>Calls back with the predictor Σ x w (without offset) and the counts of every block, in order.</summary>
    public void ForEachBlock(double[] variables, Action<ReadOnlySpan<double>, ReadOnlySpan<double>> use)
    {
        Workspace workspace = new(design);
        double[] padded = Padded(variables);
        foreach (DesignBlock block in design.Blocks)
        {
            Span<double> counts = workspace.Counts.AsSpan(0, block.Rows), predictor = workspace.Predictor.AsSpan(0, block.Rows);
            design.Generate(block, workspace.Features.Span, counts);
            RowKernels.Predict(workspace.Features.Span, design.Stride, padded, 0, predictor);
            use(predictor, counts);
        }
    }

    private void Reduce(DesignBlock block, double[] variables, Workspace workspace, PartialSums sums)
    {
        int rows = block.Rows, stride = design.Stride;
        Span<double> features = workspace.Features.Span, counts = workspace.Counts.AsSpan(0, rows);
        Span<double> predictor = workspace.Predictor.AsSpan(0, rows), score = workspace.Score.AsSpan(0, rows);
        Span<double> information = workspace.Information.AsSpan(0, rows);
        design.Generate(block, features, counts);
        rows = RowKernels.RemoveMasked(features, stride, maskColumns, counts);
        counts = counts[..rows];
        predictor = predictor[..rows];
        score = score[..rows];
        information = information[..rows];
        RowKernels.Predict(features, stride, variables, design.Observation.Offset(design.Grid.BinWidth), predictor);
        sums.LogLikelihood += design.Observation.Differentiate(predictor, counts, score, information);
        RowKernels.AddTransposedProduct(features, stride, score, sums.Gradient);
        if (sums.Gram is null) return;
        RowKernels.Scale(features, stride, information, workspace.Weighted.Span);
        GramKernel.Accumulate(workspace.Weighted, workspace.Features, rows, stride, sums.Gram);
    }

    // Padding columns of a block hold zeros, so that their coefficients may be anything finite.
    private double[] Padded(double[] variables)
    {
        double[] padded = new double[design.Stride];
        variables.CopyTo(padded, 0);
        return padded;
    }

    private Evaluation Total(PartialSums[] parts, double[] variables, bool withCurvature)
    {
        int size = design.ColumnCount, stride = design.Stride;
        double value = 0;
        double[] gradient = new double[size];
        double[]? hessian = withCurvature ? new double[size * size] : null;
        foreach (PartialSums part in parts)
        {
            value -= part.LogLikelihood;
            TensorPrimitives.Subtract(gradient, part.Gradient.AsSpan(0, size), gradient);
            if (hessian is null) continue;
            for (int row = 0; row < size; row++)
            {
                Span<double> target = hessian.AsSpan(row * size, row + 1);
                TensorPrimitives.Add(target, part.Gram!.Span.Slice(row * stride, row + 1), target);
            }
        }

        for (int i = 0; i < size; i++)
        {
            double pull = 0;
            for (int j = 0; j < size; j++)
            {
                pull += penalty[i, j] * variables[j];
                if (hessian is not null && j <= i) hessian[(i * size) + j] += penalty[i, j];
            }

            value += 0.5 * variables[i] * pull;
            gradient[i] += pull;
        }

        return new Evaluation(value, gradient, hessian);
    }

    /// <summary>What a thread writes while it reduces one block.</summary>
    private sealed class Workspace(GlmDesign design)
    {
        public AlignedBuffer Features { get; } = new((GlmDesign.BlockRows * design.Stride) + GramKernel.Lanes);

        public AlignedBuffer Weighted { get; } = new(GlmDesign.BlockRows * design.Stride);

        public double[] Counts { get; } = new double[GlmDesign.BlockRows];

        public double[] Predictor { get; } = new double[GlmDesign.BlockRows];

        public double[] Score { get; } = new double[GlmDesign.BlockRows];

        public double[] Information { get; } = new double[GlmDesign.BlockRows];
    }

    /// <summary>The sums over the blocks of one part.</summary>
    private sealed class PartialSums(int stride, bool withCurvature)
    {
        public double LogLikelihood { get; set; }

        public double[] Gradient { get; } = new double[stride];

        public AlignedBuffer? Gram { get; } = withCurvature ? new AlignedBuffer(stride * stride) : null;
    }
}
