namespace SpikeStats.Fitting.Decoding;

/// <summary>Products of small square matrices, row after row in flat arrays.</summary>
internal static class SquareMatrix
{
    /// <summary>A B.</summary>
    public static double[] Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int size)
    {
        double[] product = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            for (int k = 0; k < size; k++)
            {
                for (int j = 0; j < size; j++) product[(i * size) + j] += a[(i * size) + k] * b[(k * size) + j];
            }
        }

        return product;
    }

    /// <summary>A S Aᵀ for a symmetric S, symmetric to the last bit.</summary>
    public static double[] Congruence(ReadOnlySpan<double> a, ReadOnlySpan<double> symmetric, int size)
    {
        double[] left = Multiply(a, symmetric, size), product = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = 0;
                for (int k = 0; k < size; k++) sum += left[(i * size) + k] * a[(j * size) + k];
                product[(i * size) + j] = product[(j * size) + i] = sum;
            }
        }

        return product;
    }

    /// <summary>A x.</summary>
    public static double[] Apply(ReadOnlySpan<double> a, ReadOnlySpan<double> x)
    {
        double[] product = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < x.Length; j++) product[i] += a[(i * x.Length) + j] * x[j];
        }

        return product;
    }
}
