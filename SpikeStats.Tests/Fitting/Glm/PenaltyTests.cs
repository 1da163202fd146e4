using MathNet.Numerics.LinearAlgebra;
using SpikeStats.Fitting.Glm;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Glm;

public sealed class PenaltyTests
{
    // The covariance of a stationary AR(1) sequence is rho^|i-j| / strength.
    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(2, -0.3)]
    [InlineData(7, 0.9)]
    public void Matrix_Autoregressive_IsTheInverseOfItsCovariance(int count, double correlation)
    {
        double[,] precision = new Penalty { Autoregressive = 4, AutoregressiveCorrelation = correlation }.Matrix(count);
        Matrix<double> covariance = Matrix<double>.Build.Dense(count, count, (i, j) => Math.Pow(correlation, Math.Abs(i - j)) / 4);
        Matrix<double> product = covariance * Matrix<double>.Build.DenseOfArray(precision);
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++) StatisticalAssert.Close(i == j ? 1 : 0, product[i, j], absolute: 1e-13);
        }
    }

    [Fact]
    public void Strengths_OutOfRange_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Penalty { Lasso = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Penalty { GroupLasso = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Penalty { AutoregressiveCorrelation = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Penalty.ElasticNet(1, 1.5));
        Assert.Throws<ArgumentException>(() => new Penalty { Precision = new double[,] { { 1, 2 }, { 0, 1 } } });
        Assert.Throws<ArgumentException>(() => new Penalty { Precision = new double[,] { { 1, 2 }, { 2, 1 } } });
        Assert.Throws<ArgumentException>(() => new Penalty { Precision = new double[2, 3] });
    }

    [Fact]
    public void IsNone_AnyStrength_IsFalse()
    {
        Assert.True(Penalty.None.IsNone);
        Assert.False(new Penalty { Lasso = 1 }.IsNone);
        Assert.False(new Penalty { Autoregressive = 1 }.IsNone);
        Assert.False(new Penalty { Precision = new double[,] { { 1 } } }.IsNone);
        Assert.False(Penalty.ElasticNet(1, 0).IsSparse);
        Assert.True(Penalty.ElasticNet(1, 0.1).IsSparse);
    }
}
