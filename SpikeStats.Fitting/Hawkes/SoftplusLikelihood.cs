using System.Numerics.Tensors;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Hawkes;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>-log L of one target at given decays: its variables are the couplings by columns and, last, the baseline.</summary>
/// <remarks>
/// -Σ_k log λ(x_k) + Σ_q w_q λ(x_q) over spikes k and points of quadrature q, x linear in the variables. The softplus is convex and its logarithm concave, so
/// that this is convex, and has one minimum.
/// </remarks>
internal sealed class SoftplusLikelihood(SoftplusDesign design, int target, SoftplusLink link, int threads) : IObjective
{
    private const int BlockLength = 512;

    private readonly SoftplusColumns[] parts = [design.Spikes[target], design.Points];

    public int VariableCount => design.Columns + 1;

    public Evaluation Evaluate(double[] variables, bool withCurvature, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int size = VariableCount, columns = design.Columns;
        double[] sums = Sum(variables, 1 + size + (size * size), (rows, start, length, slope, curvature, part) =>
        {
            Span<double> scaled = stackalloc double[BlockLength];
            scaled = scaled[..length];
            for (int a = 0; a < size; a++)
            {
                ReadOnlySpan<double> column = a < columns ? rows.Value[a].AsSpan(start, length) : [];
                part[1 + a] += a < columns ? TensorPrimitives.Dot(slope, column) : TensorPrimitives.Sum(slope);
                if (!withCurvature) continue;
                if (a < columns) TensorPrimitives.Multiply(curvature, column, scaled);
                else curvature.CopyTo(scaled);
                for (int b = 0; b <= a; b++)
                    part[1 + size + (a * size) + b] += b < columns ? TensorPrimitives.Dot(scaled, rows.Value[b].AsSpan(start, length)) : TensorPrimitives.Sum<double>(scaled);
            }
        });
        return new Evaluation(sums[0], sums[1..(1 + size)], withCurvature ? sums[(1 + size)..] : null);
    }

    /// <summary>Derivatives of log L that involve the decays.</summary>
    public DecayDerivatives DifferentiateByDecays(double[] variables)
    {
        int sources = design.Sources, columns = design.Columns, decays = columns / sources, size = columns + 1;
        int mixedAt = 1, slopeAt = mixedAt + (size * decays), curvatureAt = slopeAt + decays;
        double[] sums = Sum(variables, curvatureAt + (decays * decays), (rows, start, length, slope, curvature, part) =>
        {
            double[] byDecay = new double[decays * length], buffer = new double[length];
            for (int u = 0; u < decays; u++)
            {
                Range range = (u * sources)..((u + 1) * sources);
                Span<double> change = byDecay.AsSpan(u * length, length);
                SoftplusColumns.Combine(rows.Second, variables, range, start, 0, buffer);
                part[curvatureAt + (u * decays) + u] += TensorPrimitives.Dot(slope, buffer);
                SoftplusColumns.Combine(rows.First, variables, range, start, 0, change);
                part[slopeAt + u] += TensorPrimitives.Dot(slope, change);
                TensorPrimitives.Multiply(curvature, change, buffer);
                for (int v = 0; v <= u; v++) part[curvatureAt + (u * decays) + v] += TensorPrimitives.Dot<double>(buffer, byDecay.AsSpan(v * length, length));
                for (int c = 0; c < columns; c++) part[mixedAt + (c * decays) + u] += TensorPrimitives.Dot<double>(buffer, rows.Value[c].AsSpan(start, length));
                for (int c = u * sources; c < (u + 1) * sources; c++) part[mixedAt + (c * decays) + u] += TensorPrimitives.Dot(slope, rows.First[c].AsSpan(start, length));
                part[mixedAt + (columns * decays) + u] += TensorPrimitives.Sum<double>(buffer);
            }
        });
        double[,] mixed = new double[size, decays], second = new double[decays, decays];
        for (int i = 0; i < size; i++)
        {
            for (int u = 0; u < decays; u++) mixed[i, u] = -sums[mixedAt + (i * decays) + u];
        }

        for (int u = 0; u < decays; u++)
        {
            for (int v = 0; v <= u; v++) second[u, v] = second[v, u] = -sums[curvatureAt + (u * decays) + v];
        }

        return new DecayDerivatives([.. sums[slopeAt..curvatureAt].Select(slope => -slope)], second, mixed);
    }

    // The value, and what a body adds for blocks of rows from the weighted first and second derivatives by the drive.
    private double[] Sum(double[] variables, int length, Block body)
    {
        double[] total = new double[length];
        foreach (SoftplusColumns rows in parts)
        {
            double[] sums = OrderedSum.Of(rows.Rows, length, threads, (from, to, part) =>
            {
                double[] drive = new double[BlockLength], value = new double[BlockLength], slope = new double[BlockLength], curvature = new double[BlockLength];
                for (int start = from; start < to; start += BlockLength)
                {
                    int count = Math.Min(BlockLength, to - start);
                    SoftplusColumns.Combine(rows.Value, variables, .., start, variables[^1], drive.AsSpan(0, count));
                    if (rows.Weights is null)
                    {
                        for (int k = 0; k < count; k++)
                        {
                            (double log, double first, double second) = link.LogRate(drive[k]);
                            part[0] -= log;
                            (slope[k], curvature[k]) = (-first, -second);
                        }
                    }
                    else
                    {
                        ReadOnlySpan<double> weights = rows.Weights.AsSpan(start, count);
                        link.RatesWithSlopes(drive.AsSpan(0, count), value.AsSpan(0, count), slope.AsSpan(0, count), curvature.AsSpan(0, count));
                        part[0] += TensorPrimitives.Dot(weights, value.AsSpan(0, count));
                        TensorPrimitives.Multiply(weights, slope.AsSpan(0, count), slope);
                        TensorPrimitives.Multiply(weights, curvature.AsSpan(0, count), curvature);
                    }

                    body(rows, start, count, slope.AsSpan(0, count), curvature.AsSpan(0, count), part);
                }
            });
            TensorPrimitives.Add(total, sums, total);
        }

        return total;
    }

    private delegate void Block(SoftplusColumns rows, int start, int length, ReadOnlySpan<double> slope, ReadOnlySpan<double> curvature, double[] part);
}
