using System.Text.Json;
using SpikeStats.Statistics;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Statistics;

public sealed class VanRossumTests
{
    private static readonly SpikeTrain[] trains = [.. Enumerable.Range(0, 9).Select(i => TestTrains.Poisson((ulong)i + 400, 5 + (3 * i), 3, $"{i}")), TestTrains.On(3)];

    [Fact]
    public void Distance_ReferenceTrains_EqualsNumericalIntegral()
    {
        SpikeTrain first = TestTrains.Reference(1, 20, 30), second = TestTrains.Reference(2, 15, 30);
        first = TestTrains.On(30, first.Times[..40].ToArray());
        second = TestTrains.On(30, second.Times[..30].ToArray());
        foreach (JsonElement entry in ReferenceFile.Read("statistics").GetProperty("vanRossum").EnumerateArray())
            StatisticalAssert.Close(entry[1].GetDouble(), VanRossum.Distance(first, second, entry[0].GetDouble()), relative: 1e-9);
    }

    // The double sum over all pairs of spikes, written out.
    [Theory]
    [InlineData(0.001)]
    [InlineData(0.05)]
    [InlineData(10)]
    public void Distances_AllPairs_EqualDoubleSum(double timeConstant)
    {
        DistanceMatrix distances = VanRossum.Distances(trains, timeConstant);
        for (int i = 0; i < trains.Length; i++)
        {
            for (int j = 0; j < trains.Length; j++)
            {
                double squared = (Sum(i, i) / 2) + (Sum(j, j) / 2) - Sum(i, j);
                StatisticalAssert.Close(Math.Max(squared, 0), distances[i, j] * distances[i, j], absolute: 1e-10);
            }
        }

        double Sum(int i, int j) => trains[i].Times.ToArray().Sum(a => trains[j].Times.ToArray().Sum(b => Math.Exp(-Math.Abs(a - b) / timeConstant)));
    }

    [Fact]
    public void Distance_AnyTrains_IsAMetric()
    {
        DistanceMatrix d = VanRossum.Distances(trains, 0.03);
        for (int i = 0; i < trains.Length; i++)
        {
            Assert.Equal(0, VanRossum.Distance(trains[i], trains[i], 0.03));
            for (int j = 0; j < trains.Length; j++)
            {
                StatisticalAssert.Close(VanRossum.Distance(trains[j], trains[i], 0.03), d[i, j], relative: 1e-12);
                for (int k = 0; k < trains.Length; k++) Assert.True(d[i, k] <= d[i, j] + d[j, k] + 1e-10);
            }
        }
    }

    [Fact]
    public void Distance_LimitsOfTimeConstant_AreCoincidencesAndCounts()
    {
        SpikeTrain first = TestTrains.On(10, 1, 2, 3, 4), second = TestTrains.On(10, 1.5, 2, 4, 5, 6, 7);
        StatisticalAssert.Close(6 / 2.0, Math.Pow(VanRossum.Distance(first, second, 1e-5), 2), relative: 1e-12);
        StatisticalAssert.Close(4 / 2.0, Math.Pow(VanRossum.Distance(first, second, 1e9), 2), relative: 1e-6);
        Assert.Equal(Math.Sqrt(0.5), VanRossum.Distance(TestTrains.On(10, 5), TestTrains.On(10), 0.1), 15);
        Assert.Equal(0, VanRossum.Distance(TestTrains.On(10), TestTrains.On(10), 0.1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(double.NaN)]
    public void Distance_TimeConstantNotPositive_Throws(double timeConstant) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => VanRossum.Distance(trains[0], trains[1], timeConstant));
}
