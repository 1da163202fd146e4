using System.Numerics.Tensors;
using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Bases;

namespace SpikeStats.Fitting.Populations;

/// <summary>The penalised negative log-likelihoods of targets driven by filtered spikes only, without features.</summary>
/// <remarks>
/// X w: the coefficients of each unit make one filter, which each of its spikes adds where it acts. Xᵀr: each spike adds the residuals in
/// its reach to one sum per unit and lag, and the basis is applied to the sums at the end. Both are exact, and cost spikes × lags
/// additions, eight at a time, instead of bins × coefficients multiplications. Time is cut into stretches that stay in the second-level
/// cache, of which a fixed number of parts is made, so that results do not depend on the number of threads.
/// </remarks>
internal sealed class MatrixFreeObjective : IPopulationObjective
{
    private const int StretchRows = 16_384;
    private const int MaxParts = 16;

    private readonly GlmDesign[] designs;
    private readonly QuadraticPenalty penalty;
    private readonly SpikeColumns[] units;
    private readonly LagMatrix basis;
    private readonly int paddedLags;
    private readonly DesignBlock[] stretches;
    private readonly int[] firstRows;
    private readonly float[][] information;
    private readonly int partCount;
    private readonly ParallelOptions threads;

    /// <summary>Creates the objective.</summary>
    /// <param name="designs">A design for each target, all with the same columns: the intercept and spike columns of one basis.</param>
    /// <param name="penalty">P, columns × columns, the same for all targets.</param>
    /// <param name="threadCount">Threads at most; -1 for all.</param>
    public MatrixFreeObjective(IReadOnlyList<GlmDesign> designs, double[,] penalty, int threadCount)
    {
        this.designs = [.. designs];
        this.penalty = new QuadraticPenalty(penalty);
        units = [.. Design.Groups.Skip(1).Cast<SpikeColumns>()];
        basis = units[0].Basis;
        paddedLags = (basis.RowCount + GramKernel.Lanes - 1) / GramKernel.Lanes * GramKernel.Lanes;
        stretches = Cut(Design);
        firstRows = new int[stretches.Length + 1];
        for (int i = 0; i < stretches.Length; i++) firstRows[i + 1] = firstRows[i] + stretches[i].Rows;
        information = new float[designs.Count][];
        partCount = Math.Clamp(stretches.Length, 1, MaxParts);
        threads = new ParallelOptions { MaxDegreeOfParallelism = threadCount };
    }

    public int VariableCount => Design.ColumnCount;

    private GlmDesign Design => designs[0];

    public float[] Information(int member) => information[member];

    public Evaluation[] Evaluate(IReadOnlyList<int> members, IReadOnlyList<double[]> points, CancellationToken cancellationToken) =>
        [.. members.Select((member, i) => Evaluate(member, points[i], cancellationToken))];

    public double[][] MultiplyHessian(IReadOnlyList<int> members, IReadOnlyList<double[]> directions, CancellationToken cancellationToken) =>
        [.. members.Select((member, i) => MultiplyHessian(member, directions[i], cancellationToken))];

    private Evaluation Evaluate(int member, double[] point, CancellationToken cancellationToken)
    {
        float[] weights = information[member] ??= new float[firstRows[^1]];
        double offset = point[0] + Design.Observation.Offset(Design.Grid.BinWidth);
        (double logLikelihood, double[] gradient) = Reduce(point, offset, (index, predictor, scratch) =>
        {
            DesignBlock stretch = stretches[index];
            Span<double> counts = scratch.Counts.AsSpan(0, stretch.Rows), weight = scratch.Information.AsSpan(0, stretch.Rows);
            designs[member].GenerateCounts(stretch, counts);

            // The score takes the place of the predictor, after both have been used.
            Span<double> score = scratch.Score.AsSpan(0, stretch.Rows);
            double value = Design.Observation.Differentiate(predictor, counts, score, weight);
            TensorPrimitives.ConvertTruncating<double, float>(weight, weights.AsSpan(firstRows[index], stretch.Rows));
            score.CopyTo(predictor);
            return value;
        }, cancellationToken);
        TensorPrimitives.Negate(gradient, gradient);
        return penalty.Add(-logLikelihood, gradient, point);
    }

    private double[] MultiplyHessian(int member, double[] direction, CancellationToken cancellationToken)
    {
        float[] weights = information[member];
        (_, double[] product) = Reduce(direction, direction[0], (index, predictor, _) =>
        {
            ReadOnlySpan<float> own = weights.AsSpan(firstRows[index], predictor.Length);
            for (int row = 0; row < predictor.Length; row++) predictor[row] *= own[row];
            return 0;
        }, cancellationToken);
        return penalty.Add(0, product, direction).Gradient;
    }

    // X w + offset, stretch by stretch; what becomes of it, times Xᵀ.
    private (double Value, double[] Sums) Reduce(double[] weights, double offset, StretchAction use, CancellationToken cancellationToken)
    {
        double[] filters = new double[units.Length * paddedLags];
        for (int unit = 0; unit < units.Length; unit++)
            basis.Combine(weights.AsSpan(units[unit].FirstColumn, basis.ColumnCount)).CopyTo(filters.AsSpan(unit * paddedLags));
        Sums[] parts = new Sums[partCount];
        threads.CancellationToken = cancellationToken;
        Parallel.For(0, partCount, threads, () => new Scratch(paddedLags), (part, _, scratch) =>
        {
            parts[part] = new Sums(units.Length * paddedLags);
            int first = (int)((long)stretches.Length * part / partCount), end = (int)((long)stretches.Length * (part + 1) / partCount);
            for (int index = first; index < end; index++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Span<double> padded = scratch.Padded;
                Span<double> rows = padded.Slice(paddedLags, stretches[index].Rows);
                rows.Fill(offset);
                Scatter(stretches[index], filters, padded);
                parts[part].Value += use(index, rows, scratch);

                // Zeros around the rows make lags outside them count for nothing.
                padded[..paddedLags].Clear();
                padded[(paddedLags + rows.Length)..].Clear();
                parts[part].Baseline += TensorPrimitives.Sum<double>(rows);
                Gather(stretches[index], padded, parts[part].ByLag);
            }

            return scratch;
        }, _ => { });
        return Total(parts);
    }

    private void Scatter(DesignBlock stretch, double[] filters, Span<double> padded)
    {
        for (int unit = 0; unit < units.Length; unit++)
        {
            ReadOnlySpan<double> filter = filters.AsSpan(unit * paddedLags, paddedLags);
            foreach (int bin in Acting(unit, stretch))
                LagSums.Add(filter, padded[(bin + basis.FirstLag - stretch.FirstBin + paddedLags)..]);
        }
    }

    private void Gather(DesignBlock stretch, ReadOnlySpan<double> padded, double[] byLag)
    {
        for (int unit = 0; unit < units.Length; unit++)
        {
            Span<double> sums = byLag.AsSpan(unit * paddedLags, paddedLags);
            foreach (int bin in Acting(unit, stretch))
                LagSums.Add(padded[(bin + basis.FirstLag - stretch.FirstBin + paddedLags)..], sums);
        }
    }

    // The spikes of a unit, of the same segment, that reach into a stretch.
    private ReadOnlySpan<int> Acting(int unit, DesignBlock stretch)
    {
        int first = units[unit].First(Math.Max(stretch.Segment.FirstBin, stretch.FirstBin - basis.LastLag));
        int end = units[unit].First(stretch.FirstBin + stretch.Rows - basis.FirstLag);
        return end > first ? units[unit].Bins[first..end] : [];
    }

    private (double Value, double[] Sums) Total(Sums[] parts)
    {
        double[] byLag = new double[units.Length * paddedLags], sums = new double[VariableCount];
        double value = 0;
        foreach (Sums part in parts)
        {
            value += part.Value;
            sums[0] += part.Baseline;
            TensorPrimitives.Add(byLag, part.ByLag, byLag);
        }

        for (int unit = 0; unit < units.Length; unit++)
        {
            Span<double> own = sums.AsSpan(units[unit].FirstColumn, basis.ColumnCount);
            for (int row = 0; row < basis.RowCount; row++) TensorPrimitives.MultiplyAdd(basis.Row(row), byLag[(unit * paddedLags) + row], own, own);
        }

        return (value, sums);
    }

    private static DesignBlock[] Cut(GlmDesign design)
    {
        List<DesignBlock> cut = [];
        foreach (BinSegment segment in design.Grid.Segments)
        {
            int end = segment.FirstBin + segment.BinCount;
            for (int bin = segment.FirstBin + design.DroppedBins; bin < end; bin += StretchRows)
                cut.Add(new DesignBlock(segment, bin, Math.Min(StretchRows, end - bin)));
        }

        return [.. cut];
    }

    /// <summary>Turns the predictor of a stretch into what is multiplied with Xᵀ, and returns its part of the value.</summary>
    private delegate double StretchAction(int index, Span<double> predictor, Scratch scratch);

    /// <summary>What a thread writes while it reduces one stretch.</summary>
    private sealed class Scratch(int paddedLags)
    {
        private readonly double[] padded = new double[StretchRows + (2 * paddedLags)];

        /// <summary>The rows of a stretch, with room for a filter before and after them.</summary>
        public Span<double> Padded => padded;

        public double[] Counts { get; } = new double[StretchRows];

        public double[] Score { get; } = new double[StretchRows];

        public double[] Information { get; } = new double[StretchRows];
    }

    /// <summary>The sums over the stretches of one part.</summary>
    private sealed class Sums(int length)
    {
        public double Value { get; set; }

        public double Baseline { get; set; }

        public double[] ByLag { get; } = new double[length];
    }
}
