using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SpikeStats.Fitting.Glm;

namespace SpikeStats.Fitting.Populations;

/// <summary>The Hessians Xᵀ diag(i) X of targets that share their features, in one pass over these.</summary>
/// <remarks>
/// For every unit k the rows in which it acts are gathered, X_k, and multiplied with the columns i_t x_tα of all its functions α and all
/// targets: one matrix product X_kᵀ R_k gives its rows of all Hessians, at the speed of <see cref="MatrixKernel"/>. Rows in which the unit
/// was silent cost nothing. Each pair of units is computed with the rows of the one that acts less, for which units are put in order.
/// <para>Cost Σ_k (rows in which k acts) · (columns before it) · (its columns) multiplications per target: bins · p² / 2 times the share of the time
/// in which a unit acts. Memory O(p² · targets · parts), at most 200 MB.</para>
/// </remarks>
internal sealed class JointHessian
{
    // The more targets at a time, the less the gathering of rows counts.
    private const int MaxTargetsAtOnce = 64;

    private const int RowsPerPart = 16_384;
    private const int MaxParts = 12;
    private const long MaxDoubles = 24_000_000;
    private const int Lanes = GramKernel.Lanes;

    private readonly GlmDesign design;
    private readonly int[] originalColumns;
    private readonly DesignBlock[] blocks;
    private readonly int[] firstRows;
    private readonly ParallelOptions threads;

    /// <summary>Prepares the pass.</summary>
    /// <param name="design">The design whose features are meant.</param>
    /// <param name="blockStep">Take every so many-th block; 1 for all data.</param>
    /// <param name="threadCount">Threads at most; -1 for all.</param>
    public JointHessian(GlmDesign design, int blockStep, int threadCount)
    {
        (this.design, originalColumns) = BusiestFirst(design);
        blocks = [.. design.Blocks.ToArray().Where((_, block) => block % blockStep == 0)];
        firstRows = new int[blocks.Length + 1];
        for (int block = 0; block < blocks.Length; block++) firstRows[block + 1] = firstRows[block] + blocks[block].Rows;
        threads = new ParallelOptions { MaxDegreeOfParallelism = threadCount };
    }

    /// <summary>Sums the Hessians.</summary>
    /// <param name="information">i for each target: a value per row of the blocks.</param>
    /// <param name="cancellationToken">Cancels the sum.</param>
    /// <returns>For each target columns × columns, row after row, of which the lower triangle is valid.</returns>
    public double[][] Of(IReadOnlyList<float[]> information, CancellationToken cancellationToken)
    {
        if (information.Count == 0) return [];

        // Parts depend on the data only, and are added in order: a Hessian does not depend on threads or on the other targets.
        long ofOne = Math.Max((long)design.Stride * design.Stride / 2, 1);
        int partCount = Math.Clamp(firstRows[^1] / RowsPerPart, 1, (int)Math.Clamp(MaxDoubles / (Lanes * ofOne), 1, MaxParts));
        int atOnce = (int)Math.Clamp(MaxDoubles / (partCount * ofOne), 1, MaxTargetsAtOnce), chunkCount = (information.Count + atOnce - 1) / atOnce;
        threads.CancellationToken = cancellationToken;
        return [.. information.Chunk((information.Count + chunkCount - 1) / chunkCount).SelectMany(some => Sum(some, partCount, cancellationToken))];
    }

    private double[][] Sum(float[][] information, int partCount, CancellationToken cancellationToken)
    {
        AlignedBuffer[][] parts = new AlignedBuffer[partCount][];
        Parallel.For(0, parts.Length, threads, () => new Workspace(design, information.Length), (part, _, workspace) =>
        {
            parts[part] = [.. design.Groups.Select(group => new AlignedBuffer(Padded(End(group)) * Padded(group.ColumnCount * information.Length)))];
            int first = (int)((long)blocks.Length * part / parts.Length), end = (int)((long)blocks.Length * (part + 1) / parts.Length);
            for (int block = first; block < end; block++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Add(block, information, workspace, parts[part]);
            }

            return workspace;
        }, _ => { });
        double[][] hessians = [.. information.Select(_ => new double[design.ColumnCount * design.ColumnCount])];
        for (int group = 0; group < design.Groups.Count; group++)
        {
            Span<double> total = parts[0][group].Span;
            foreach (AlignedBuffer[] part in parts.Skip(1)) TensorPrimitives.Add(total, part[group].Span, total);
            Distribute(design.Groups[group], total, hessians);
        }

        return hessians;
    }

    private void Add(int index, float[][] information, Workspace workspace, AlignedBuffer[] sums)
    {
        DesignBlock block = blocks[index];
        design.GenerateFeatures(block, workspace.Features.Span);
        ByRow(information, firstRows[index], block.Rows, workspace);
        for (int group = 0; group < sums.Length; group++)
        {
            ColumnGroup columns = design.Groups[group];
            int height = Padded(End(columns)), width = Padded(columns.ColumnCount * information.Length);
            int count = Gather(columns, block.Rows, height, width, workspace);
            MatrixKernel.AddTransposedProducts(workspace.Gathered, workspace.Weighted, count, height, width, sums[group]);
        }
    }

    // Target after target to row after row.
    private static void ByRow(float[][] information, int firstRow, int rows, Workspace workspace)
    {
        int width = workspace.InformationWidth;
        for (int first = 0; first < rows; first += Lanes)
        {
            int end = Math.Min(first + Lanes, rows);
            for (int target = 0; target < information.Length; target++)
            {
                ReadOnlySpan<float> own = information[target].AsSpan(firstRow);
                for (int row = first; row < end; row++) workspace.Information[(row * width) + target] = own[row];
            }
        }
    }

    // Collects the rows in which a group is not zero: its features and those before it, and the features times the information of every target.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Gather(ColumnGroup columns, int rows, int height, int width, Workspace workspace)
    {
        ReadOnlySpan<double> features = workspace.Features.Span;
        Span<double> gathered = workspace.Gathered.Span, weighted = workspace.Weighted.Span;
        int targets = workspace.TargetCount, count = 0;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<double> own = features.Slice((row * design.Stride) + columns.FirstColumn, columns.ColumnCount);
            if (own.IndexOfAnyExcept(0.0) < 0) continue;
            features.Slice(row * design.Stride, height).CopyTo(gathered[(count * height)..]);
            ref double information = ref workspace.Information[row * workspace.InformationWidth];

            // Vectors run over into the columns of the next function, which is written later, and at the end into what is never read.
            ref double target = ref MemoryMarshal.GetReference(weighted.Slice(count * width, width + Lanes));
            foreach (double feature in own)
            {
                Vector512<double> factor = Vector512.Create(feature);
                for (int lane = 0; lane < targets; lane += Lanes)
                    (Vector512.LoadUnsafe(ref information, (nuint)lane) * factor).StoreUnsafe(ref target, (nuint)lane);
                target = ref Unsafe.Add(ref target, targets);
            }

            count++;
        }

        return count;
    }

    private void Distribute(ColumnGroup columns, ReadOnlySpan<double> sums, double[][] hessians)
    {
        int width = Padded(columns.ColumnCount * hessians.Length), size = design.ColumnCount;
        for (int own = 0; own < columns.ColumnCount; own++)
        {
            int column = originalColumns[columns.FirstColumn + own];
            for (int before = 0; before <= columns.FirstColumn + own; before++)
            {
                int other = originalColumns[before], at = (Math.Max(column, other) * size) + Math.Min(column, other);
                for (int target = 0; target < hessians.Length; target++)
                    hessians[target][at] = sums[(before * width) + (own * hessians.Length) + target];
            }
        }
    }

    // The same columns with the spikes of the units that act most of the time first.
    private static (GlmDesign Design, int[] OriginalColumns) BusiestFirst(GlmDesign design)
    {
        List<ColumnGroup> groups = [.. design.Groups.Where(group => group is not SpikeColumns)];
        List<int> columns = [.. groups.SelectMany(group => Enumerable.Range(group.FirstColumn, group.ColumnCount))];
        if (columns.Where((column, position) => column != position).Any()) throw new ArgumentException("Columns of spikes come last.", nameof(design));
        foreach (SpikeColumns group in design.Groups.OfType<SpikeColumns>().OrderByDescending(group => group.ActiveBinCount()))
        {
            groups.Add(group.At(columns.Count));
            columns.AddRange(Enumerable.Range(group.FirstColumn, group.ColumnCount));
        }

        return (design.With(groups), [.. columns]);
    }

    private static int End(ColumnGroup group) => group.FirstColumn + group.ColumnCount;

    private static int Padded(int count) => (count + Lanes - 1) / Lanes * Lanes;

    /// <summary>What a thread writes while it reduces one block.</summary>
    private sealed class Workspace
    {
        public Workspace(GlmDesign design, int targetCount)
        {
            TargetCount = targetCount;
            InformationWidth = Padded(targetCount);
            Features = new AlignedBuffer((GlmDesign.BlockRows * design.Stride) + Lanes);
            Gathered = new AlignedBuffer(GlmDesign.BlockRows * design.Stride);
            Information = new double[GlmDesign.BlockRows * InformationWidth];
            Weighted = new AlignedBuffer((GlmDesign.BlockRows * Padded(targetCount * design.Groups.Max(group => group.ColumnCount))) + Lanes);
        }

        public int TargetCount { get; }

        /// <summary>Doubles from row to row of <see cref="Information"/>.</summary>
        public int InformationWidth { get; }

        public AlignedBuffer Features { get; }

        public AlignedBuffer Gathered { get; }

        public AlignedBuffer Weighted { get; }

        public double[] Information { get; }
    }
}
