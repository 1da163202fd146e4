using System.Numerics.Tensors;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>Columns of a <see cref="SoftplusDesign"/> at some instants.</summary>
internal sealed class SoftplusColumns
{
    public SoftplusColumns(int columns, int rows, bool withDerivatives, double[]? weights)
    {
        Rows = rows;
        Weights = weights;
        Value = Make(columns, rows);
        First = withDerivatives ? Make(columns, rows) : [];
        Second = withDerivatives ? Make(columns, rows) : [];
    }

    public int Rows { get; }

    /// <summary>Weights of quadrature, in seconds; null at spikes.</summary>
    public double[]? Weights { get; }

    /// <summary>The drive by each column, for α = 1.</summary>
    public double[][] Value { get; }

    /// <summary>Its derivative by its decay.</summary>
    public double[][] First { get; }

    /// <summary>Its second derivative by its decay.</summary>
    public double[][] Second { get; }

    /// <summary>Σ_c variable · column, added to a constant.</summary>
    public static void Combine(double[][] columns, double[] variables, Range range, int start, double constant, Span<double> sum)
    {
        sum.Fill(constant);
        (int from, int length) = range.GetOffsetAndLength(columns.Length);
        for (int c = from; c < from + length; c++)
            TensorPrimitives.MultiplyAdd(columns[c].AsSpan(start, sum.Length), variables[c], sum, sum);
    }

    private static double[][] Make(int columns, int rows) => [.. Enumerable.Range(0, columns).Select(_ => new double[rows])];
}
