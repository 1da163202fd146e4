using System.Buffers;
using System.Numerics.Tensors;
using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>-log L of one target at given decays, convex in its variables: the branching ratios by columns and, last, the levels of the baseline.</summary>
/// <remarks>
/// -Σ_k log(μ_piece + Σ_c α_c r_kc) + Σ_piece μ_piece T_piece + Σ_c α_c G_c. Rows are taken in blocks whose columns stay in cache; everything is a dot
/// product of columns, and of the baseline a sum over runs of rows. Rows and columns of the Hessian of variables at zero whose slope is not
/// negative are left out: they will stay there.
/// </remarks>
/// <param name="design">The columns.</param>
/// <param name="exposure">The expected numbers of spikes.</param>
/// <param name="threads">Largest number of threads.</param>
/// <param name="withDecays">Whether derivatives by the decays will be asked for; columns that are made while they are read give them along with every evaluation.</param>
internal sealed class TargetLikelihood(ITargetDesign design, Exposure exposure, int threads, bool withDecays) : IObjective, IDisposable
{
    private const int BlockLength = IDesignReader.LargestBlock;

    private readonly bool decaysAlong = withDecays && design.IsStreamed;
    private readonly DecaySums decaySums = new(design.Sources, design.Columns / design.Sources, design.Baseline.PieceCount);

    // 1/λ at each spike, unless columns are streamed, and the sums for the decays that came along, at the last point that was evaluated.
    private readonly double[] reciprocals = ArrayPool<double>.Shared.Rent(design.IsStreamed ? 0 : design.Rows);
    private double[] along = [];

    public int VariableCount => design.Columns + design.Baseline.PieceCount;

    public Evaluation Evaluate(double[] variables, bool withCurvature, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int columns = design.Columns, size = VariableCount, curvatureAt = size + 1;
        // Most variables at zero stay there: the curvature of the others comes along while their columns are in cache.
        int[] positive = withCurvature ? [.. Enumerable.Range(0, size).Where(i => variables[i] > 0)] : [];
        double[] sums = Sums(variables, positive);
        double value = -sums[size];
        double[] gradient = new double[size];
        for (int i = 0; i < size; i++)
        {
            double weight = i < columns ? exposure.Integral[i] : exposure.Durations[i - columns];
            value += variables[i] * weight;
            gradient[i] = weight - sums[i];
        }

        if (!withCurvature) return new Evaluation(value, gradient, null);
        int[] free = [.. Enumerable.Range(0, size).Where(i => variables[i] > 0 || gradient[i] < 0)];
        if (free.Length == positive.Length) return new Evaluation(value, gradient, Hessian(free, sums.AsSpan(curvatureAt)));
        return new Evaluation(value, gradient, Hessian(free, design.IsStreamed ? Sums(variables, free).AsSpan(curvatureAt) : Curvature(free)));
    }

    /// <summary>Derivatives of log L that involve the decays, at the last point that was evaluated.</summary>
    public DecayDerivatives DifferentiateByDecays(double[] variables)
    {
        double[] sums = decaysAlong ? along : OrderedSum.Of(design.Rows, decaySums.Length, threads, (from, to, part) =>
        {
            double[] buffer = decaySums.Buffer();
            IDesignReader reader = design.ReadFrom(from);
            for (int start = from; start < to; start += BlockLength)
            {
                int length = Math.Min(BlockLength, to - start);
                reader.Advance(length);
                decaySums.Add(reader, variables, reciprocals.AsSpan(start, length), design.Baseline.Within(start, length), buffer, part);
            }
        });
        return decaySums.Collect(sums, variables, exposure);
    }

    public void Dispose() => ArrayPool<double>.Shared.Return(reciprocals);

    // Σ r/λ by variables, Σ log λ, the curvature of the variables named, and what comes along for the decays.
    private double[] Sums(double[] variables, int[] curved)
    {
        int columns = design.Columns, size = VariableCount, curvatureAt = size + 1, decaysAt = curvatureAt + CurvatureLength(curved);
        double[] sums = OrderedSum.Of(design.Rows, decaysAt + (decaysAlong ? decaySums.Length : 0), threads, (from, to, part) =>
        {
            Span<double> logs = stackalloc double[BlockLength], own = stackalloc double[BlockLength];
            double[] scaled = ArrayPool<double>.Shared.Rent(BlockLength * Math.Max(1, curved.Length)), buffer = decaysAlong ? decaySums.Buffer() : [];
            IDesignReader reader = design.ReadFrom(from);
            for (int start = from; start < to; start += BlockLength)
            {
                int length = Math.Min(BlockLength, to - start);
                reader.Advance(length);
                (int Piece, Range Rows)[] runs = design.Baseline.Within(start, length);
                Span<double> intensity = design.IsStreamed ? own[..length] : reciprocals.AsSpan(start, length);
                foreach ((int piece, Range rows) in runs) intensity[rows].Fill(variables[columns + piece]);
                for (int c = 0; c < columns; c++)
                {
                    if (variables[c] != 0) TensorPrimitives.MultiplyAdd(reader.Value(c), variables[c], intensity, intensity);
                }

                TensorPrimitives.Log(intensity, logs[..length]);
                part[size] += TensorPrimitives.Sum<double>(logs[..length]);
                TensorPrimitives.Divide(1.0, intensity, intensity);
                for (int c = 0; c < columns; c++) part[c] += TensorPrimitives.Dot(intensity, reader.Value(c));
                foreach ((int piece, Range rows) in runs) part[columns + piece] += TensorPrimitives.Sum<double>(intensity[rows]);
                AddCurvature(curved, reader, intensity, runs, scaled, part.AsSpan(curvatureAt));
                if (decaysAlong) decaySums.Add(reader, variables, intensity, runs, buffer, part.AsSpan(decaysAt));
            }

            ArrayPool<double>.Shared.Return(scaled);
        });
        if (decaysAlong) along = sums[decaysAt..];
        return sums;
    }

    private double[] Curvature(int[] free) => OrderedSum.Of(design.Rows, CurvatureLength(free), threads, (from, to, part) =>
    {
        double[] scaled = ArrayPool<double>.Shared.Rent(BlockLength * Math.Max(1, free.Length));
        IDesignReader reader = design.ReadFrom(from);
        for (int start = from; start < to; start += BlockLength)
        {
            int length = Math.Min(BlockLength, to - start);
            reader.Advance(length);
            AddCurvature(free, reader, reciprocals.AsSpan(start, length), design.Baseline.Within(start, length), scaled, part);
        }

        ArrayPool<double>.Shared.Return(scaled);
    });

    // A triangle of columns, a rectangle of pieces × columns, and the diagonal of the pieces: no spike lies in two of them.
    private int CurvatureLength(int[] free)
    {
        int columns = ColumnsOf(free);
        return (columns * (columns + 1) / 2) + (design.Baseline.PieceCount * (columns + 1));
    }

    private int ColumnsOf(int[] free) => free.Count(variable => variable < design.Columns);

    private void AddCurvature(int[] free, IDesignReader block, ReadOnlySpan<double> reciprocal, (int Piece, Range Rows)[] runs, double[] scaled, Span<double> sums)
    {
        if (free.Length == 0) return;
        int columns = ColumnsOf(free), place = 0;
        for (int a = 0; a < columns; a++)
        {
            Span<double> column = scaled.AsSpan(a * BlockLength, reciprocal.Length);
            TensorPrimitives.Multiply(block.Value(free[a]), reciprocal, column);
            for (int b = 0; b <= a; b++) sums[place++] += TensorPrimitives.Dot<double>(column, scaled.AsSpan(b * BlockLength, reciprocal.Length));
        }

        foreach ((int piece, Range rows) in runs)
        {
            Span<double> baseline = sums.Slice(place + (piece * (columns + 1)), columns + 1);
            for (int b = 0; b < columns; b++) baseline[b] += TensorPrimitives.Dot(reciprocal[rows], scaled.AsSpan(b * BlockLength, reciprocal.Length)[rows]);
            baseline[columns] += TensorPrimitives.SumOfSquares(reciprocal[rows]);
        }
    }

    private double[] Hessian(int[] free, ReadOnlySpan<double> sums)
    {
        int size = VariableCount, columns = ColumnsOf(free), place = 0;
        double[] hessian = new double[size * size];
        for (int a = 0; a < columns; a++)
        {
            for (int b = 0; b <= a; b++) hessian[(free[a] * size) + free[b]] = sums[place++];
        }

        for (int a = columns; a < free.Length; a++)
        {
            ReadOnlySpan<double> baseline = sums.Slice(place + ((free[a] - design.Columns) * (columns + 1)), columns + 1);
            for (int b = 0; b < columns; b++) hessian[(free[a] * size) + free[b]] = baseline[b];
            hessian[(free[a] * size) + free[a]] = baseline[columns];
        }

        return hessian;
    }
}
