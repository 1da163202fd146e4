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
internal sealed class TargetLikelihood(TargetDesign design, Exposure exposure, int threads) : IObjective, IDisposable
{
    private const int BlockLength = 512;

    // 1/λ at each spike, at the last point that was evaluated.
    private readonly double[] reciprocals = ArrayPool<double>.Shared.Rent(Math.Max(1, design.Rows));

    public int VariableCount => design.Columns + design.Baseline.PieceCount;

    public Evaluation Evaluate(double[] variables, bool withCurvature, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int columns = design.Columns, size = VariableCount;
        // Most variables at zero stay there: the curvature of the others comes along while their columns are in cache.
        int[] positive = withCurvature ? [.. Enumerable.Range(0, size).Where(i => variables[i] > 0)] : [];
        int curvatureAt = size + 1;
        double[] sums = OrderedSum.Of(design.Rows, curvatureAt + CurvatureLength(positive), threads, (from, to, part) =>
        {
            Span<double> logs = stackalloc double[BlockLength];
            double[] scaled = positive.Length == 0 ? [] : ArrayPool<double>.Shared.Rent(BlockLength * positive.Length);
            for (int start = from; start < to; start += BlockLength)
            {
                int length = Math.Min(BlockLength, to - start);
                Span<double> intensity = reciprocals.AsSpan(start, length);
                foreach ((int piece, Range rows) in design.Baseline.Within(start, length)) intensity[rows].Fill(variables[columns + piece]);
                for (int c = 0; c < columns; c++)
                {
                    if (variables[c] != 0) TensorPrimitives.MultiplyAdd(design.Value(c, start, length), variables[c], intensity, intensity);
                }

                TensorPrimitives.Log(intensity, logs[..length]);
                part[size] += TensorPrimitives.Sum<double>(logs[..length]);
                TensorPrimitives.Divide(1.0, intensity, intensity);
                for (int c = 0; c < columns; c++) part[c] += TensorPrimitives.Dot(intensity, design.Value(c, start, length));
                foreach ((int piece, Range rows) in design.Baseline.Within(start, length)) part[columns + piece] += TensorPrimitives.Sum<double>(intensity[rows]);
                AddCurvature(positive, start, length, scaled, part.AsSpan(curvatureAt));
            }

            if (scaled.Length > 0) ArrayPool<double>.Shared.Return(scaled);
        });
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
        return new Evaluation(value, gradient, Hessian(free, free.Length == positive.Length ? sums.AsSpan(curvatureAt) : Curvature(free)));
    }

    /// <summary>Derivatives of log L that involve the decays, at the last point that was evaluated.</summary>
    public DecayDerivatives DifferentiateByDecays(double[] variables)
    {
        int columns = design.Columns, sources = design.Sources, decays = columns / sources, size = VariableCount;
        int slopeAt = size * decays, curvatureAt = slopeAt + decays;
        double[] sums = OrderedSum.Of(design.Rows, curvatureAt + (decays * decays), threads, (from, to, part) =>
        {
            double[] slope = new double[decays * BlockLength], curvature = new double[BlockLength], weighted = new double[BlockLength];
            for (int start = from; start < to; start += BlockLength)
            {
                int length = Math.Min(BlockLength, to - start);
                ReadOnlySpan<double> reciprocal = reciprocals.AsSpan(start, length);
                for (int u = 0; u < decays; u++)
                {
                    // d log λ / dβ and (d²λ/dβ²)/λ
                    Span<double> relative = slope.AsSpan(u * BlockLength, length), second = curvature.AsSpan(0, length);
                    relative.Clear();
                    second.Clear();
                    for (int c = u * sources; c < (u + 1) * sources; c++)
                    {
                        part[(c * decays) + u] += TensorPrimitives.Dot(design.First(c, start, length), reciprocal);
                        if (variables[c] == 0) continue;
                        TensorPrimitives.MultiplyAdd(design.First(c, start, length), variables[c], relative, relative);
                        TensorPrimitives.MultiplyAdd(design.Second(c, start, length), variables[c], second, second);
                    }

                    TensorPrimitives.Multiply(relative, reciprocal, relative);
                    part[slopeAt + u] += TensorPrimitives.Sum<double>(relative);
                    part[curvatureAt + (u * decays) + u] += TensorPrimitives.Dot(second, reciprocal);
                    Span<double> scaled = weighted.AsSpan(0, length);
                    TensorPrimitives.Multiply(relative, reciprocal, scaled);
                    for (int c = 0; c < columns; c++) part[(c * decays) + u] -= TensorPrimitives.Dot(scaled, design.Value(c, start, length));
                    foreach ((int piece, Range rows) in design.Baseline.Within(start, length))
                        part[((columns + piece) * decays) + u] -= TensorPrimitives.Sum<double>(scaled[rows]);
                    for (int v = 0; v <= u; v++)
                        part[curvatureAt + (u * decays) + v] -= TensorPrimitives.Dot<double>(relative, slope.AsSpan(v * BlockLength, length));
                }
            }
        });
        double[,] mixed = new double[size, decays], second = new double[decays, decays];
        double[] first = new double[decays];
        for (int u = 0; u < decays; u++)
        {
            for (int i = 0; i < size; i++) mixed[i, u] = sums[(i * decays) + u];
            first[u] = sums[slopeAt + u];
            for (int v = 0; v <= u; v++) second[u, v] = second[v, u] = sums[curvatureAt + (u * decays) + v];
            for (int c = u * sources; c < (u + 1) * sources; c++)
            {
                mixed[c, u] -= exposure.First[c];
                first[u] -= variables[c] * exposure.First[c];
                second[u, u] -= variables[c] * exposure.Second[c];
            }
        }

        return new DecayDerivatives(first, second, mixed);
    }

    public void Dispose() => ArrayPool<double>.Shared.Return(reciprocals);

    private double[] Curvature(int[] free) => OrderedSum.Of(design.Rows, CurvatureLength(free), threads, (from, to, part) =>
    {
        double[] scaled = ArrayPool<double>.Shared.Rent(BlockLength * free.Length);
        for (int start = from; start < to; start += BlockLength) AddCurvature(free, start, Math.Min(BlockLength, to - start), scaled, part);
        ArrayPool<double>.Shared.Return(scaled);
    });

    // A triangle of columns, a rectangle of pieces × columns, and the diagonal of the pieces: no spike lies in two of them.
    private int CurvatureLength(int[] free)
    {
        int columns = ColumnsOf(free);
        return (columns * (columns + 1) / 2) + (design.Baseline.PieceCount * (columns + 1));
    }

    private int ColumnsOf(int[] free) => free.Count(variable => variable < design.Columns);

    private void AddCurvature(int[] free, int start, int length, double[] scaled, Span<double> sums)
    {
        if (free.Length == 0) return;
        ReadOnlySpan<double> reciprocal = reciprocals.AsSpan(start, length);
        int columns = ColumnsOf(free), place = 0;
        for (int a = 0; a < columns; a++)
        {
            Span<double> column = scaled.AsSpan(a * BlockLength, length);
            TensorPrimitives.Multiply(design.Value(free[a], start, length), reciprocal, column);
            for (int b = 0; b <= a; b++) sums[place++] += TensorPrimitives.Dot<double>(column, scaled.AsSpan(b * BlockLength, length));
        }

        foreach ((int piece, Range rows) in design.Baseline.Within(start, length))
        {
            Span<double> baseline = sums.Slice(place + (piece * (columns + 1)), columns + 1);
            for (int b = 0; b < columns; b++) baseline[b] += TensorPrimitives.Dot(reciprocal[rows], scaled.AsSpan(b * BlockLength, length)[rows]);
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
