using SpikeStats.Models.Stability;
using SpikeStats.RandomStreams;

namespace SpikeStats.Tests.Models.Stability;

/// <summary>Graphs against powers of their matrices, reachability by brute force.</summary>
public sealed class ConnectionGraphTests
{
    [Fact]
    public void PermutedTriangularMatrix_IsNilpotent_WithTheIndexOfItsPowers()
    {
        // A full strict triangle of 50 units, shuffled: index 50 in the reference.
        RandomStream stream = new(seed: 3);
        int[] places = [.. Enumerable.Range(0, 50).OrderBy(_ => stream.NextDouble())];
        double[,] gains = new double[50, 50];
        for (int i = 0; i < 50; i++)
        {
            for (int j = i + 1; j < 50; j++) gains[places[i], places[j]] = stream.NextGaussian();
        }

        ConnectionGraph graph = ConnectionGraph.Of(gains);
        Assert.Equal((true, 50, 0.0), (graph.IsFeedforward, graph.NilpotencyIndex, graph.SpectralRadius));
    }

    [Fact]
    public void ChainOfGainThree_AmplifiesOnItsWay_ThoughItsRadiusIsZero()
    {
        double[,] chain = new double[6, 6];
        for (int i = 0; i + 1 < 6; i++) chain[i + 1, i] = 3;
        ConnectionGraph graph = ConnectionGraph.Of(chain);
        Assert.Equal(0, graph.SpectralRadius);
        (double gain, int steps) = graph.TransientGain();
        Assert.Equal(243, gain, 1e-9);
        Assert.Equal(5, steps);
    }

    [Fact]
    public void ComponentsOfRandomGraphs_AreThoseOfMutualReachability_InTopologicalOrder()
    {
        for (uint trial = 0; trial < 200; trial++)
        {
            RandomStream stream = new(seed: 5, unit: 0, trial);
            int size = 1 + (int)(8 * stream.NextDouble());
            double density = 0.4 * stream.NextDouble();
            double[,] gains = new double[size, size];
            bool[,] reaches = new bool[size, size];
            for (int i = 0; i < size; i++)
            {
                for (int j = 0; j < size; j++)
                {
                    if (stream.NextDouble() < density) gains[i, j] = 1;
                    reaches[j, i] = gains[i, j] != 0 || i == j;
                }
            }

            for (int via = 0; via < size; via++)
            {
                for (int from = 0; from < size; from++)
                {
                    for (int to = 0; to < size; to++) reaches[from, to] |= reaches[from, via] && reaches[via, to];
                }
            }

            IReadOnlyList<IReadOnlyList<int>> components = ConnectionGraph.Of(gains).Components;
            Assert.Equal(Enumerable.Range(0, size), components.SelectMany(component => component).Order());
            int[] place = new int[size];
            for (int i = 0; i < components.Count; i++)
            {
                foreach (int node in components[i]) place[node] = i;
            }

            for (int from = 0; from < size; from++)
            {
                for (int to = 0; to < size; to++)
                {
                    Assert.Equal(reaches[from, to] && reaches[to, from], place[from] == place[to]);
                    if (reaches[from, to]) Assert.True(place[from] <= place[to]);
                }
            }
        }
    }

    [Fact]
    public void NilpotencyIndex_IsThatOfPowers_AndRadiusThatOfEigenvalues()
    {
        // Two loops of radii 0.5 and 0.8 that a chain joins; the chain adds nothing to the radius.
        double[,] gains = new double[5, 5];
        gains[0, 1] = 0.5;
        gains[1, 0] = 0.5;
        gains[2, 1] = 100;
        gains[3, 2] = 100;
        gains[4, 3] = 1.6;
        gains[3, 4] = -0.4;
        ConnectionGraph graph = ConnectionGraph.Of(gains);
        Assert.Equal(0.8, graph.SpectralRadius, 1e-12);
        Assert.Null(graph.NilpotencyIndex);
        Assert.Equal([[0, 1], [2], [3, 4]], graph.Components.Select(component => component.ToArray()));
        Assert.True(graph.TransientGain().Gain > 1000);
        Assert.Equal((1, 0.0), (ConnectionGraph.Of(new double[3, 3]).NilpotencyIndex, ConnectionGraph.Of(new double[3, 3]).TransientGain().Gain - 1));
        Assert.Equal(double.PositiveInfinity, ConnectionGraph.Of(new[,] { { 1.1 } }).TransientGain().Gain);
    }

    [Fact]
    public void LongChain_DoesNotExhaustTheStack()
    {
        double[,] chain = new double[3000, 3000];
        for (int i = 0; i + 1 < 3000; i++) chain[i + 1, i] = 1;
        Assert.Equal(3000, ConnectionGraph.Of(chain).NilpotencyIndex);
    }

    [Fact]
    public void BadMatrices_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => ConnectionGraph.Of(new double[2, 3]));
        Assert.Throws<ArgumentException>(() => ConnectionGraph.Of(new[,] { { double.NaN } }));
    }
}
