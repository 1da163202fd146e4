using SpikeStats.Models.Bases;
using SpikeStats.Units;

namespace SpikeStats.Tests.Models.Bases;

public sealed class LagBasisTests
{
    [Fact]
    public void Sample_AnyBinWidth_IsTheIdentity()
    {
        LagMatrix sampled = new LagBasis(4).Sample(1.ms, 1);
        Assert.Equal((1, 4, 4), (sampled.FirstLag, sampled.RowCount, sampled.ColumnCount));
        Assert.Equal([3.0, -1, 0.5, 2], sampled.Combine([3, -1, 0.5, 2]));
    }

    [Fact]
    public void Constructor_NoLag_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => new LagBasis(0));
}
