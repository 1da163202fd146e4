using SpikeStats.Models.Bases;

namespace SpikeStats.Tests.Bases;

public sealed class LagMatrixTests
{
    private static readonly LagMatrix matrix = new(1, 2, [1, 0, 0, 2, 3, 4]);

    [Fact]
    public void Matrix_RowsOfColumns_AreLagsOfFunctions()
    {
        Assert.Equal((1, 3, 3, 2), (matrix.FirstLag, matrix.LastLag, matrix.RowCount, matrix.ColumnCount));
        Assert.Equal(2, matrix[1, 1]);
        Assert.Equal([3, 4], matrix.Row(2).ToArray());
    }

    [Fact]
    public void Combine_Coefficients_IsTheMatrixProduct()
    {
        Assert.Equal([10, -2, 26], matrix.Combine([10, -1]));
        Assert.Throws<ArgumentException>(() => matrix.Combine([1]));
    }

    [Fact]
    public void Combine_InfiniteCoefficient_ForbidsOnlyWhereItsFunctionIsNotZero()
    {
        Assert.Equal([double.NegativeInfinity, 2, double.NegativeInfinity], matrix.Combine([double.NegativeInfinity, 1]));
    }

    [Fact]
    public void Constructor_ValuesThatFillNoRow_Throws()
    {
        Assert.Throws<ArgumentException>(() => new LagMatrix(0, 2, [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => new LagMatrix(0, 2, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LagMatrix(-1, 1, [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LagMatrix(0, 0, [1]));
    }

    [Fact]
    public void TabulatedBasis_Sampled_IsItsTableWhateverTheBinWidth()
    {
        double[,] table = { { 1, 2 }, { 3, 4 }, { 5, 6 } };
        TabulatedBasis basis = new(table);
        table[0, 0] = -1;
        LagMatrix sampled = basis.Sample(0.002, 1);
        Assert.Equal((1, 3.0, 6.0), (sampled.FirstLag, sampled[1, 0], sampled[2, 1]));
        Assert.Equal(1, sampled[0, 0]);
        Assert.Equal("tabulated:3x2", basis.ToString());
    }
}
