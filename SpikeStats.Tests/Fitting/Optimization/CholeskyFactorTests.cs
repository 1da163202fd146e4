using SpikeStats.Fitting.Optimization;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Optimization;

public sealed class CholeskyFactorTests
{
    [Fact]
    public void Solve_RandomPositiveMatrix_SatisfiesTheEquations()
    {
        const int size = 23;
        double[] matrix = RandomGram(size, size + 5, []);
        CholeskyFactor factor = CholeskyFactor.Of(matrix, size, 1e-12, new bool[size]);
        double[] right = [.. Enumerable.Range(0, size).Select(i => Math.Sin(i))];
        double[] x = factor.Solve(right);
        double[,] inverse = factor.Inverse();
        double[] product = factor.Product();
        for (int i = 0; i < size; i++)
        {
            double left = 0, viaInverse = 0;
            for (int j = 0; j < size; j++)
            {
                left += matrix[(i * size) + j] * x[j];
                viaInverse += inverse[i, j] * right[j];
                StatisticalAssert.Close(matrix[(i * size) + j], product[(i * size) + j], absolute: 1e-10);
            }

            StatisticalAssert.Close(right[i], left, absolute: 1e-9);
            StatisticalAssert.Close(x[i], viaInverse, absolute: 1e-8);
        }
    }

    [Fact]
    public void Of_DependentColumn_LeavesOutTheLaterOne()
    {
        const int size = 6;
        double[] matrix = RandomGram(size, 20, [4]);
        CholeskyFactor factor = CholeskyFactor.Of(matrix, size, 1e-10, new bool[size]);
        Assert.Equal([false, false, false, false, true, false], factor.IsAliased);
        Assert.Equal(5, factor.Rank);
        Assert.Equal(0, factor.Solve([1, 2, 3, 4, 5, 6])[4]);
    }

    // Gram matrix of random columns; each listed column is the sum of the first two.
    private static double[] RandomGram(int size, int rows, int[] dependent)
    {
        RandomStream stream = new(3);
        double[,] x = new double[rows, size];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < size; column++) x[row, column] = stream.NextGaussian();
            foreach (int column in dependent) x[row, column] = x[row, 0] + x[row, 1];
        }

        double[] gram = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                for (int row = 0; row < rows; row++) gram[(i * size) + j] += x[row, i] * x[row, j];
            }
        }

        return gram;
    }
}
