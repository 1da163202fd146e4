using System.Buffers;
using System.Numerics.Tensors;
using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>-log L of one target at given decays, convex in its variables: the branching ratios by columns and, last, the baseline.</summary>
/// <remarks>
/// -Σ_k log(μ + Σ_c α_c r_kc) + μ T + Σ_c α_c G_c. Rows are taken in blocks whose columns stay in cache; everything is a dot product of columns.
/// Rows and columns of the Hessian of variables at zero whose slope is not negative are left out: they will stay there.
/// </remarks>
internal sealed class TargetLikelihood(TargetDesign design, Exposure exposure, int threads) : IObjective, IDisposable
{
    private const int BlockLength = 512;

    // 1/λ at each spike, at the last point that was evaluated.
    private readonly double[] reciprocals = ArrayPool<double>.Shared.Rent(Math.Max(1, design.Rows));

    public int VariableCount => design.Columns + 1;

    public Evaluation Evaluate(double[] variables, bool withCurvature, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int columns = design.Columns;
        double baseline = variables[columns];
        double[] sums = OrderedSum.Of(design.Rows, columns + 2, threads, (from, to, part) =>
        {
            Span<double> logs = stackalloc double[BlockLength];
            for (int start = from; start < to; start += BlockLength)
            {
                int length = Math.Min(BlockLength, to - start);
                Span<double> intensity = reciprocals.AsSpan(start, length);
                intensity.Fill(baseline);
                for (int c = 0; c < columns; c++)
                {
                    if (variables[c] != 0) TensorPrimitives.MultiplyAdd(design.Value(c, start, length), variables[c], intensity, intensity);
                }

                TensorPrimitives.Log(intensity, logs[..length]);
                part[columns + 1] += TensorPrimitives.Sum<double>(logs[..length]);
                TensorPrimitives.Divide(1.0, intensity, intensity);
                for (int c = 0; c < columns; c++) part[c] += TensorPrimitives.Dot(intensity, design.Value(c, start, length));
                part[columns] += TensorPrimitives.Sum<double>(intensity);
            }
        });
        double value = (baseline * design.Duration) - sums[columns + 1] + TensorPrimitives.Dot<double>(variables.AsSpan(0, columns), exposure.Integral);
        double[] gradient = new double[columns + 1];
        for (int c = 0; c < columns; c++) gradient[c] = exposure.Integral[c] - sums[c];
        gradient[columns] = design.Duration - sums[columns];
        return new Evaluation(value, gradient, withCurvature ? Curvature(variables, gradient) : null);
    }

    /// <summary>Derivatives of log L that involve the decays, at the last point that was evaluated.</summary>
    public DecayDerivatives DifferentiateByDecays(double[] variables)
    {
        int columns = design.Columns, sources = design.Sources, decays = columns / sources, size = columns + 1;
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
                    part[(columns * decays) + u] -= TensorPrimitives.Sum<double>(scaled);
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

    private double[] Curvature(double[] variables, double[] gradient)
    {
        int size = VariableCount, columns = design.Columns;
        int[] free = [.. Enumerable.Range(0, size).Where(i => variables[i] > 0 || gradient[i] < 0)];
        double[] sums = OrderedSum.Of(design.Rows, free.Length * free.Length, threads, (from, to, part) =>
        {
            double[] scaled = new double[free.Length * BlockLength];
            for (int start = from; start < to; start += BlockLength)
            {
                int length = Math.Min(BlockLength, to - start);
                ReadOnlySpan<double> reciprocal = reciprocals.AsSpan(start, length);
                for (int a = 0; a < free.Length; a++)
                {
                    Span<double> column = scaled.AsSpan(a * BlockLength, length);
                    if (free[a] == columns) reciprocal.CopyTo(column);
                    else TensorPrimitives.Multiply(design.Value(free[a], start, length), reciprocal, column);
                    for (int b = 0; b <= a; b++)
                        part[(a * free.Length) + b] += TensorPrimitives.Dot<double>(column, scaled.AsSpan(b * BlockLength, length));
                }
            }
        });
        double[] hessian = new double[size * size];
        for (int a = 0; a < free.Length; a++)
        {
            for (int b = 0; b <= a; b++) hessian[(free[a] * size) + free[b]] = sums[(a * free.Length) + b];
        }

        return hessian;
    }
}
