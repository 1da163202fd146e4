using System.Numerics.Tensors;
using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Fitting.Populations;

/// <summary>The penalised negative log-likelihoods of targets that share their features: each block is generated once for all of them.</summary>
/// <remarks>
/// Predictors are X W and gradients XᵀR with a column per target, so that a pass over the data runs at the speed of matrix products. The
/// information of every bin is kept in single precision (4 bytes per bin and target) for the products with the Hessian: these steer the
/// search only, while values and gradients, which decide where it ends, are always computed anew in double precision.
/// </remarks>
internal sealed class StreamedObjective : IPopulationObjective
{
    private const int RowsPerPart = 16_384;
    private const int MaxParts = 32;
    private const int Lanes = GramKernel.Lanes;

    private readonly GlmDesign[] designs;
    private readonly QuadraticPenalty penalty;
    private readonly DesignBlock[] blocks;
    private readonly int[] firstRows;
    private readonly float[][] information;
    private readonly int partCount;
    private readonly ParallelOptions threads;

    /// <summary>Creates the objective.</summary>
    /// <param name="designs">A design for each target, all with the same columns.</param>
    /// <param name="penalty">P, columns × columns, the same for all targets.</param>
    /// <param name="threadCount">Threads at most; -1 for all.</param>
    /// <param name="blockStep">Take every so many-th block; 1 for all data.</param>
    public StreamedObjective(IReadOnlyList<GlmDesign> designs, double[,] penalty, int threadCount, int blockStep)
    {
        this.designs = [.. designs];
        this.penalty = new QuadraticPenalty(penalty);
        List<DesignBlock> taken = [];
        for (int block = 0; block < Design.Blocks.Length; block += blockStep) taken.Add(Design.Blocks[block]);
        blocks = [.. taken];
        firstRows = new int[blocks.Length + 1];
        for (int block = 0; block < blocks.Length; block++) firstRows[block + 1] = firstRows[block] + blocks[block].Rows;
        information = new float[designs.Count][];
        partCount = Math.Clamp(firstRows[^1] / RowsPerPart, 1, MaxParts);
        threads = new ParallelOptions { MaxDegreeOfParallelism = threadCount };
    }

    public int VariableCount => Design.ColumnCount;

    private GlmDesign Design => designs[0];

    public float[] Information(int member) => information[member];

    public Evaluation[] Evaluate(IReadOnlyList<int> members, IReadOnlyList<double[]> points, CancellationToken cancellationToken)
    {
        foreach (int member in members) information[member] ??= new float[firstRows[^1]];
        AlignedBuffer weights = Columns(points);
        Sums sums = Reduce(members, (block, workspace, part) => Differentiate(block, members, weights, workspace, part), cancellationToken);
        double[][] gradients = Gradients(sums, members.Count);
        return [.. members.Select((_, i) => penalty.Add(-sums.LogLikelihoods[i], Array.ConvertAll(gradients[i], value => -value), points[i]))];
    }

    public double[][] MultiplyHessian(IReadOnlyList<int> members, IReadOnlyList<double[]> directions, CancellationToken cancellationToken)
    {
        AlignedBuffer weights = Columns(directions);
        Sums sums = Reduce(members, (block, workspace, part) => Multiply(block, members, weights, workspace, part), cancellationToken);
        double[][] products = Gradients(sums, members.Count);
        for (int i = 0; i < products.Length; i++) products[i] = penalty.Add(0, products[i], directions[i]).Gradient;
        return products;
    }

    // Value and gradient of the block at the points; leaves the information behind.
    private void Differentiate(int index, IReadOnlyList<int> members, AlignedBuffer weights, Workspace workspace, Sums sums)
    {
        DesignBlock block = blocks[index];
        int rows = block.Rows, width = workspace.Width;
        Predict(block, weights, Design.Observation.Offset(Design.Grid.BinWidth), workspace);
        Transpose(workspace.Predictors.Span, width, members.Count, rows, workspace.ByTarget);
        Span<double> counts = workspace.Counts.AsSpan(0, rows), score = workspace.Score.AsSpan(0, rows), weight = workspace.Information.AsSpan(0, rows);
        for (int i = 0; i < members.Count; i++)
        {
            Span<double> predictor = workspace.ByTarget.AsSpan(i * GlmDesign.BlockRows, rows);
            designs[members[i]].GenerateCounts(block, counts);
            sums.LogLikelihoods[i] += Design.Observation.Differentiate(predictor, counts, score, weight);
            TensorPrimitives.ConvertTruncating<double, float>(weight, information[members[i]].AsSpan(firstRows[index], rows));
            score.CopyTo(predictor);
        }

        TransposeBack(workspace.ByTarget, width, members.Count, rows, workspace.Predictors.Span);
        MatrixKernel.AddTransposedProducts(workspace.Features, workspace.Predictors, rows, Design.Stride, width, sums.Gradients);
    }

    private void Multiply(int index, IReadOnlyList<int> members, AlignedBuffer weights, Workspace workspace, Sums sums)
    {
        DesignBlock block = blocks[index];
        int width = workspace.Width, start = firstRows[index];
        Predict(block, weights, 0, workspace);
        Span<double> predictors = workspace.Predictors.Span;
        for (int first = 0; first < block.Rows; first += Lanes)
        {
            int end = Math.Min(first + Lanes, block.Rows);
            for (int i = 0; i < members.Count; i++)
            {
                float[] own = information[members[i]];
                for (int row = first; row < end; row++) predictors[(row * width) + i] *= own[start + row];
            }
        }

        MatrixKernel.AddTransposedProducts(workspace.Features, workspace.Predictors, block.Rows, Design.Stride, width, sums.Gradients);
    }

    private void Predict(DesignBlock block, AlignedBuffer weights, double offset, Workspace workspace)
    {
        Design.GenerateFeatures(block, workspace.Features.Span);
        workspace.Predictors.Span.Fill(offset);
        MatrixKernel.AddPredictors(workspace.Features, weights, block.Rows, Design.Stride, workspace.Width, workspace.Predictors);
    }

    // Row after row to target after target, eight rows at a time so that both sides stay in the first-level cache.
    private static void Transpose(ReadOnlySpan<double> byRow, int width, int count, int rows, double[] byTarget)
    {
        for (int first = 0; first < rows; first += Lanes)
        {
            int end = Math.Min(first + Lanes, rows);
            for (int i = 0; i < count; i++)
            {
                for (int row = first; row < end; row++) byTarget[(i * GlmDesign.BlockRows) + row] = byRow[(row * width) + i];
            }
        }
    }

    private static void TransposeBack(double[] byTarget, int width, int count, int rows, Span<double> byRow)
    {
        for (int first = 0; first < rows; first += Lanes)
        {
            int end = Math.Min(first + Lanes, rows);
            for (int i = 0; i < count; i++)
            {
                for (int row = first; row < end; row++) byRow[(row * width) + i] = byTarget[(i * GlmDesign.BlockRows) + row];
            }
        }
    }

    private Sums Reduce(IReadOnlyList<int> members, Action<int, Workspace, Sums> use, CancellationToken cancellationToken)
    {
        int width = (members.Count + Lanes - 1) / Lanes * Lanes;
        Sums[] parts = new Sums[partCount];
        threads.CancellationToken = cancellationToken;
        Parallel.For(0, partCount, threads, () => new Workspace(Design, width), (part, _, workspace) =>
        {
            parts[part] = new Sums(Design.Stride, width);
            int first = (int)((long)blocks.Length * part / partCount), end = (int)((long)blocks.Length * (part + 1) / partCount);
            for (int block = first; block < end; block++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                use(block, workspace, parts[part]);
            }

            return workspace;
        }, _ => { });
        Sums total = parts[0];
        for (int part = 1; part < partCount; part++) total.Add(parts[part]);
        return total;
    }

    private AlignedBuffer Columns(IReadOnlyList<double[]> vectors)
    {
        int width = (vectors.Count + Lanes - 1) / Lanes * Lanes;
        AlignedBuffer columns = new(Design.Stride * width);
        for (int i = 0; i < vectors.Count; i++)
        {
            for (int k = 0; k < VariableCount; k++) columns.Span[(k * width) + i] = vectors[i][k];
        }

        return columns;
    }

    private double[][] Gradients(Sums sums, int count)
    {
        int width = (count + Lanes - 1) / Lanes * Lanes;
        double[][] gradients = new double[count][];
        for (int i = 0; i < count; i++)
        {
            gradients[i] = new double[VariableCount];
            for (int k = 0; k < VariableCount; k++) gradients[i][k] = sums.Gradients.Span[(k * width) + i];
        }

        return gradients;
    }

    /// <summary>What a thread writes while it reduces one block.</summary>
    private sealed class Workspace(GlmDesign design, int width)
    {
        public int Width => width;

        public AlignedBuffer Features { get; } = new((GlmDesign.BlockRows * design.Stride) + Lanes);

        public AlignedBuffer Predictors { get; } = new(GlmDesign.BlockRows * width);

        public double[] ByTarget { get; } = new double[GlmDesign.BlockRows * width];

        public double[] Counts { get; } = new double[GlmDesign.BlockRows];

        public double[] Score { get; } = new double[GlmDesign.BlockRows];

        public double[] Information { get; } = new double[GlmDesign.BlockRows];
    }

    /// <summary>The sums over the blocks of one part.</summary>
    private sealed class Sums(int stride, int width)
    {
        public double[] LogLikelihoods { get; } = new double[width];

        public AlignedBuffer Gradients { get; } = new(stride * width);

        public void Add(Sums other)
        {
            TensorPrimitives.Add(LogLikelihoods, other.LogLikelihoods, LogLikelihoods);
            TensorPrimitives.Add(Gradients.Span, other.Gradients.Span, Gradients.Span);
        }
    }
}
