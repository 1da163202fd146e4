using SpikeStats.Fitting.Glm;
using SpikeStats.Models.Bases;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Bases;

public sealed class ConcatenatedBasisTests
{
    private static readonly ConcatenatedBasis basis = new(new WindowBasis(0.001, 0.003), new BSplineBasis(5, 0.02), new LagBasis(2));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Sample_Parts_StandSideBySide(int firstLag)
    {
        LagMatrix all = basis.Sample(0.001, firstLag);
        LagMatrix[] parts = [.. basis.Parts.Select(part => part.Sample(0.001, firstLag))];
        Assert.Equal((firstLag, parts.Max(part => part.LastLag), 8), (all.FirstLag, all.LastLag, all.ColumnCount));
        for (int lag = firstLag; lag <= all.LastLag; lag++)
        {
            double[] expected = [.. parts.SelectMany(part => lag <= part.LastLag ? part.Row(lag - part.FirstLag).ToArray() : new double[part.ColumnCount])];
            Assert.Equal(expected, all.Row(lag - firstLag).ToArray());
        }
    }

    [Fact]
    public void Description_OfJoinedBases_IsReadBack()
    {
        Assert.Equal("windows:0.001s,0.003s+bspline:n=5,order=4,window=0.02s+lags:2", basis.Description);
        ConcatenatedBasis read = Assert.IsType<ConcatenatedBasis>(BasisSyntax.Parse(basis.Description));
        Assert.Equal(basis.Description, read.Description);
        Assert.IsType<LagBasis>(BasisSyntax.Parse("lags:3"));
        Assert.IsType<BSplineBasis>(BasisSyntax.Parse("bspline:n=5,window=2e+1ms"));
        Assert.Throws<FormatException>(() => BasisSyntax.Parse("lags:3+nonsense:1"));
        Assert.Throws<ArgumentException>(() => new ConcatenatedBasis());
        Assert.Equal(3, new ConcatenatedBasis(new LagBasis(1), new ConcatenatedBasis(new LagBasis(2), new LagBasis(3))).Parts.Count);
    }

    // Differences are taken within the parts: 5 and 3 raw lags have 3 and 1 of them.
    [Fact]
    public void Penalty_OnDifferences_DoesNotReachAcrossTheSeam()
    {
        CoefficientGrid grid = CoefficientGrid.Of(new ConcatenatedBasis(new LagBasis(5), new LagBasis(3)), 0.001, 1);
        double[,] matrix = PenaltyMatrix.Of(new Penalty { Smoothness = 2 }, grid);
        double[] w = [1, 3, 2, 5, 4, 7, 1, 0];
        double expected = 2 * (9 + 16 + 16 + 25), cost = 0;
        for (int i = 0; i < 8; i++)
        {
            for (int j = 0; j < 8; j++) cost += w[i] * matrix[i, j] * w[j];
        }

        StatisticalAssert.Close(expected, cost, relative: 1e-14);
        Assert.Equal(0, matrix[4, 5]);
    }
}
