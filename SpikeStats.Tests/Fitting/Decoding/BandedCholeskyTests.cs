using MathNet.Numerics.LinearAlgebra;
using SpikeStats.Fitting.Decoding;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Decoding;

public sealed class BandedCholeskyTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(7, 1)]
    [InlineData(25, 4)]
    [InlineData(6, 9)]
    public void Factor_RandomBand_AgreesWithDenseAlgebra(int size, int bandwidth)
    {
        RandomStream stream = new((ulong)((size * 100) + bandwidth));
        Matrix<double> dense = Matrix<double>.Build.Dense(size, size);
        double[] band = new double[size * (bandwidth + 1)];
        for (int i = 0; i < size; i++)
        {
            for (int j = Math.Max(0, i - bandwidth); j <= i; j++)
            {
                double value = stream.NextGaussian() + (i == j ? (2 * bandwidth) + 4 : 0);
                dense[i, j] = dense[j, i] = band[(i * (bandwidth + 1)) + j - i + bandwidth] = value;
            }
        }

        double[] right = [.. Enumerable.Range(0, size).Select(_ => stream.NextGaussian())];
        BandedCholesky factor = BandedCholesky.Of(band, size, bandwidth);
        Vector<double> vector = Vector<double>.Build.DenseOfArray(right);
        StatisticalAssert.Close(dense.Solve(vector).ToArray(), factor.Solve(right), 1e-12);
        StatisticalAssert.Close(Math.Log(dense.Determinant()), factor.LogDeterminant, 1e-11);
        StatisticalAssert.Close(dense.Inverse().Diagonal().ToArray(), factor.InverseDiagonal(), 1e-12);
        StatisticalAssert.Close(vector * dense * vector, factor.QuadraticForm(right), relative: 1e-12);
    }

    [Fact]
    public void Factor_IndefiniteMatrix_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => BandedCholesky.Of([0, 1, 2, 1], 2, 1));
    }
}
