using SpikeStats.Models.Bases;
using SpikeStats.Units;

namespace SpikeStats.Tests.Models.Bases;

public sealed class WindowBasisTests
{
    [Fact]
    public void Sample_OneMillisecond_HoldsTheLagsOfEachWindow()
    {
        LagMatrix sampled = new WindowBasis(1.ms, 2.ms, 5.ms, 6.ms).Sample(1.ms, 1);
        Assert.Equal((1, 5, 3), (sampled.FirstLag, sampled.LastLag, sampled.ColumnCount));
        double[][] expected = [[1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 1, 0], [0, 0, 1]];
        for (int row = 0; row < 5; row++) Assert.Equal(expected[row], sampled.Row(row).ToArray());
    }

    // k * dt and its quotient by dt are both rounded; 251 * 0.001 is 0.251 and 0.251 / 0.001 is 251.00000000000003 or 250.99999999999997.
    [Theory]
    [InlineData(0.001)]
    [InlineData(0.0005)]
    [InlineData(0.0001)]
    [InlineData(1 / 30_000.0)]
    public void Sample_EdgesOnTheGrid_AreExact(double binWidth)
    {
        for (int k = 1; k < 2000; k++)
        {
            LagMatrix sampled = new WindowBasis(k * binWidth, (k + 1) * binWidth).Sample(binWidth, k);
            Assert.Equal((1, k), (sampled.RowCount, sampled.LastLag));
        }
    }

    [Theory]
    [InlineData(0.251, 0.001, 251)]
    [InlineData(0.0175, 0.0005, 35)]
    [InlineData(0.0251, 0.0001, 251)]
    [InlineData(0.0007, 0.0001, 7)]
    public void Sample_DecimalEdge_StartsAtItsLag(double edge, double binWidth, int lag)
    {
        LagMatrix sampled = new WindowBasis(edge, edge + (2 * binWidth)).Sample(binWidth, 1);
        Assert.Equal(lag + 1, sampled.LastLag);
        Assert.Equal((0, 1), (sampled[lag - 2, 0], sampled[lag - 1, 0]));
    }

    [Fact]
    public void Sample_EdgeBetweenLags_BelongsToTheNextLag()
    {
        LagMatrix sampled = new WindowBasis(1.5.ms, 3.5.ms).Sample(1.ms, 1);
        Assert.Equal([0, 1, 1], Enumerable.Range(0, 3).Select(row => sampled[row, 0]));
        Assert.Equal(3, sampled.RowCount);
    }

    [Fact]
    public void Sample_WindowFromZero_LosesLagZeroForPastSpikesOnly()
    {
        WindowBasis basis = new(0, 2.ms, 4.ms);
        Assert.Equal((0, 4), (basis.Sample(1.ms, 0).FirstLag, basis.Sample(1.ms, 0).RowCount));
        Assert.Equal((1, 3), (basis.Sample(1.ms, 1).FirstLag, basis.Sample(1.ms, 1).RowCount));
    }

    [Fact]
    public void Sample_DisjointWindows_AreIndicators()
    {
        LagMatrix sampled = new WindowBasis(1.ms, 2.ms, 5.ms, 10.ms, 20.ms, 50.ms).Sample(0.1.ms, 1);
        double[] ones = sampled.Combine([1, 1, 1, 1, 1]);
        Assert.Equal(499, ones.Length);
        Assert.All(ones[9..], value => Assert.Equal(1, value));
        Assert.All(ones[..9], value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(1, 0.001, 0.0015, 0.002, "Window 2, [0.0015 s, 0.002 s)")]
    [InlineData(1, 0, 0.001, 0.002, "Window 1, [0 s, 0.001 s)")]
    public void Sample_WindowWithoutALag_NamesIt(int firstLag, double first, double second, double third, string expected)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new WindowBasis(first, second, third).Sample(1.ms, firstLag));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_EdgesThatDoNotAscend_Throws()
    {
        Assert.Throws<ArgumentException>(() => new WindowBasis(0.001));
        Assert.Throws<ArgumentException>(() => new WindowBasis(0.002, 0.001));
        Assert.Throws<ArgumentException>(() => new WindowBasis(0.001, 0.001));
        Assert.Throws<ArgumentException>(() => new WindowBasis(-0.001, 0.001));
        Assert.Throws<ArgumentException>(() => new WindowBasis(0.001, double.NaN));
    }
}
