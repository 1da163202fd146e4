using SpikeStats.RandomStreams;
using SpikeStats.Statistics;

namespace SpikeStats.Tests.Statistics;

public sealed class IntervalBinsTests
{
    [Fact]
    public void For_PoissonTrain_AreEqualBinsFromZero()
    {
        double[] ascending = [.. InterspikeIntervals.Of(TestTrains.Poisson(31, 20, 100)).ToArray().Order()];
        (double[] edges, bool isLogarithmic) = IntervalBins.For(ascending);
        Assert.False(isLogarithmic);
        Assert.Equal(0, edges[0]);
        Assert.InRange(edges.Length, 10, 82);
        Assert.True(edges[^1] >= ascending[(int)(0.99 * (ascending.Length - 1))]);
        Assert.All(Enumerable.Range(1, edges.Length - 1), i => Assert.Equal(edges[1], edges[i] - edges[i - 1], 12));
    }

    [Fact]
    public void For_BurstsAndPauses_AreTenBinsToADecade()
    {
        RandomStream random = new(32);
        double[] ascending = [.. Enumerable.Range(0, 1000).Select(i => i % 5 == 0 ? 2 * random.NextExponential() : 0.003 + (0.002 * random.NextDouble())).Order()];
        (double[] edges, bool isLogarithmic) = IntervalBins.For(ascending);
        Assert.True(isLogarithmic);
        Assert.All(Enumerable.Range(1, edges.Length - 1), i => Assert.Equal(Math.Pow(10, 0.1), edges[i] / edges[i - 1], 12));
        Assert.Equal(1000, IntervalBins.Count(ascending, edges, 0).Sum());
    }

    // Second route: each value is looked for in each bin.
    [Fact]
    public void Count_ValuesOnEdges_EqualsBruteForce()
    {
        double[] ascending = [0.0, 0.1, 0.1, 0.2, 0.25, 0.3, 0.39, 0.4, 5];
        double[] edges = [0.1, 0.2, 0.3, 0.4];
        double[] expected = [.. Enumerable.Range(0, 3).Select(bin => (double)ascending.Count(value => value >= edges[bin] && value < edges[bin + 1]))];
        Assert.Equal(expected, IntervalBins.Count(ascending, edges, 0));
        Assert.Equal([2, 2, 2], IntervalBins.Count(ascending, edges, 1e-12));
        Assert.Equal([2.0], IntervalBins.Count([0.1 - 1e-15, 0.1], [0.1, 0.2], 1e-12));
    }

    [Fact]
    public void For_NoInterval_IsOneBin()
    {
        Assert.Equal([0, 0.001], IntervalBins.For([]).Edges);
        Assert.Equal([0, 0.001], IntervalBins.For([0, 0]).Edges);
    }
}
