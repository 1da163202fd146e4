using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Fitting.Populations;

/// <summary>The penalty ½ wᵀPw of an objective, held as the few entries of P that are not zero.</summary>
internal sealed class QuadraticPenalty
{
    private readonly (int Row, int Column, double Value)[] entries;

    public QuadraticPenalty(double[,] matrix)
    {
        List<(int, int, double)> found = [];
        for (int i = 0; i < matrix.GetLength(0); i++)
        {
            for (int j = 0; j < matrix.GetLength(1); j++)
            {
                if (matrix[i, j] != 0) found.Add((i, j, matrix[i, j]));
            }
        }

        entries = [.. found];
    }

    /// <summary>Adds ½ wᵀPw to a value and Pw to a gradient.</summary>
    /// <param name="value">The value without penalty.</param>
    /// <param name="gradient">The gradient without penalty; changed.</param>
    /// <param name="point">w.</param>
    public Evaluation Add(double value, double[] gradient, double[] point)
    {
        foreach ((int row, int column, double strength) in entries)
        {
            double pull = strength * point[column];
            value += 0.5 * point[row] * pull;
            gradient[row] += pull;
        }

        return new Evaluation(value, gradient, null);
    }
}
