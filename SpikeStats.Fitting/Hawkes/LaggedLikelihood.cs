using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>-log L of one target plus its penalty, convex in its variables: the weights by columns and, last, the baseline.</summary>
/// <remarks>-Σ_k log(μ + Σ_c w_c r_kc) + μ T + Σ_c w_c G_c + ½ Σ_j w_jᵀ P w_j, j the sources.</remarks>
/// <param name="design">The sums over the past at each spike.</param>
/// <param name="penalty">P of one kernel.</param>
/// <param name="threads">Largest number of threads.</param>
internal sealed class LaggedLikelihood(LaggedDesign design, double[,] penalty, int threads) : IObjective
{
    public int VariableCount => design.Columns + 1;

    public Evaluation Evaluate(double[] variables, bool withCurvature, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int size = VariableCount, last = size - 1, hessianAt = size + 1;
        // Slopes of Σ log λ, then Σ log λ itself, then, if asked for, Σ r rᵀ/λ².
        double[] sums = OrderedSum.Of(design.Rows, hessianAt + (withCurvature ? size * size : 0), threads, (from, to, part) =>
        {
            for (int row = from; row < to; row++)
            {
                ReadOnlySpan<int> columns = design.ColumnsOf(row);
                ReadOnlySpan<double> values = design.ValuesOf(row);
                double intensity = variables[last];
                for (int c = 0; c < columns.Length; c++) intensity += variables[columns[c]] * values[c];
                double reciprocal = 1 / intensity;
                for (int c = 0; c < columns.Length; c++) part[columns[c]] += reciprocal * values[c];
                part[last] += reciprocal;
                part[size] += Math.Log(intensity);
                if (withCurvature) AddCurvature(columns, values, reciprocal * reciprocal, part.AsSpan(hessianAt), size);
            }
        });
        double value = (variables[last] * design.Duration) - sums[size];
        double[] gradient = new double[size];
        gradient[last] = design.Duration - sums[last];
        for (int c = 0; c < last; c++)
        {
            value += variables[c] * design.Exposure[c];
            gradient[c] = design.Exposure[c] - sums[c];
        }

        double[]? hessian = withCurvature ? sums[hessianAt..] : null;
        value += AddPenalty(variables, gradient, hessian);
        return new Evaluation(value, gradient, hessian);
    }

    private static void AddCurvature(ReadOnlySpan<int> columns, ReadOnlySpan<double> values, double weight, Span<double> hessian, int size)
    {
        Span<double> baseline = hessian[((size - 1) * size)..];
        for (int a = 0; a < columns.Length; a++)
        {
            double scaled = weight * values[a];
            Span<double> row = hessian.Slice(columns[a] * size, size);
            for (int b = 0; b <= a; b++) row[columns[b]] += scaled * values[b];
            baseline[columns[a]] += scaled;
        }

        baseline[size - 1] += weight;
    }

    private double AddPenalty(double[] variables, double[] gradient, double[]? hessian)
    {
        int functions = penalty.GetLength(0), size = variables.Length;
        double value = 0;
        for (int first = 0; first < size - 1; first += functions)
        {
            for (int a = 0; a < functions; a++)
            {
                for (int b = 0; b < functions; b++)
                {
                    double slope = penalty[a, b] * variables[first + b];
                    gradient[first + a] += slope;
                    value += 0.5 * variables[first + a] * slope;
                    if (hessian is not null) hessian[((first + a) * size) + first + b] += penalty[a, b];
                }
            }
        }

        return value;
    }
}
