using SpikeStats.Statistics;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Statistics;

public sealed class VictorPurpuraTests
{
    private static readonly SpikeTrain[] trains = [.. Enumerable.Range(0, 19).Select(i => TestTrains.Poisson((ulong)i + 300, 4 + (2 * i), 3, $"{i}")), TestTrains.On(3)];

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(10)]
    [InlineData(500)]
    [InlineData(1e30)]
    public void Distance_RandomTrains_EqualsPlainRecursion(double cost)
    {
        for (int i = 0; i < trains.Length; i += 3)
        {
            for (int j = 0; j < trains.Length; j += 2)
                StatisticalAssert.Close(PlainRecursion(trains[i].Times, trains[j].Times, cost), VictorPurpura.Distance(trains[i], trains[j], cost), absolute: 1e-11);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(10)]
    [InlineData(1e30)]
    public void Distances_ManyTrains_EqualsPairByPair(double cost)
    {
        DistanceMatrix distances = VictorPurpura.Distances(trains, cost);
        for (int i = 0; i < trains.Length; i++)
        {
            for (int j = 0; j < trains.Length; j++)
                StatisticalAssert.Close(VictorPurpura.Distance(trains[i], trains[j], cost), distances[i, j], absolute: 1e-11);
        }
    }

    [Theory]
    [InlineData(0.7)]
    [InlineData(20)]
    public void Distance_AnyTrains_IsAMetric(double cost)
    {
        DistanceMatrix d = VictorPurpura.Distances(trains, cost);
        for (int i = 0; i < trains.Length; i++)
        {
            Assert.Equal(0, VictorPurpura.Distance(trains[i], trains[i], cost));
            for (int j = 0; j < trains.Length; j++)
            {
                Assert.Equal(d[i, j], d[j, i]);
                for (int k = 0; k < trains.Length; k++) Assert.True(d[i, k] <= d[i, j] + d[j, k] + 1e-10);
            }
        }
    }

    [Fact]
    public void Distance_LimitsOfCost_AreCountsAndCoincidences()
    {
        SpikeTrain first = TestTrains.On(10, 1, 2, 3, 4), second = TestTrains.On(10, 1.5, 2, 4, 5, 6, 7);
        Assert.Equal(2, VictorPurpura.Distance(first, second, 0));
        Assert.Equal(6, VictorPurpura.Distance(first, second, 1e12));
        Assert.Equal(6, VictorPurpura.Distance(second, TestTrains.On(10), 3));
        Assert.Equal(0, VictorPurpura.Distance(TestTrains.On(10), TestTrains.On(10), 3));
    }

    [Fact]
    public void Distance_OneSpikeMoved_CostsLessThanDeletingAndInserting()
    {
        Assert.Equal(0.5, VictorPurpura.Distance(TestTrains.On(2, 1), TestTrains.On(2, 1.25), 2), 15);
        Assert.Equal(2, VictorPurpura.Distance(TestTrains.On(2, 0.25), TestTrains.On(2, 1.75), 2), 15);
    }

    [Fact]
    public void Distances_AnyNumberOfThreads_IsTheSame()
    {
        DistanceMatrix one = VictorPurpura.Distances(trains, 7, threads: 1), many = VictorPurpura.Distances(trains, 7);
        for (int i = 0; i < trains.Length; i++)
        {
            for (int j = 0; j < trains.Length; j++) Assert.Equal(one[i, j], many[i, j]);
        }
    }

    [Fact]
    public void Distances_Table_HasEachPairOnce()
    {
        Assert.Equal(trains.Length * (trains.Length - 1) / 2, VictorPurpura.Distances(trains, 1).ToDataTable().Rows.Count);
        Assert.Equal(0, VictorPurpura.Distances([], 1).Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => VictorPurpura.Distances(trains, 1)[0, trains.Length]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Distance_CostNegativeOrNotFinite_Throws(double cost) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => VictorPurpura.Distance(trains[0], trains[1], cost));

    private static double PlainRecursion(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double cost)
    {
        double[,] d = new double[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0) d[i, j] = i + j;
                else d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (cost * Math.Abs(a[i - 1] - b[j - 1])));
            }
        }

        return d[a.Length, b.Length];
    }
}
