using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.Populations;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Populations;

public sealed class JointHessianTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 5, 1)]
    [InlineData(11, 2, 3)]
    public void Hessians_EqualTheDefinition(int targets, int functions, int blockStep)
    {
        RandomStream stream = new(31, (uint)targets);
        GlmDesign design = Design(4, functions, stream);
        int rows = 0;
        for (int block = 0; block < design.Blocks.Length; block += blockStep) rows += design.Blocks[block].Rows;
        float[][] information = [.. Enumerable.Range(0, targets).Select(_ => Enumerable.Range(0, rows).Select(_ => (float)stream.NextDouble()).ToArray())];
        double[][] hessians = new JointHessian(design, blockStep, threadCount: 2).Of(information, CancellationToken.None);
        Assert.Equal(targets, hessians.Length);
        for (int target = 0; target < targets; target++)
        {
            double[,] expected = Definition(design, information[target], blockStep);
            for (int i = 0; i < design.ColumnCount; i++)
            {
                for (int j = 0; j <= i; j++) StatisticalAssert.Close(expected[i, j], hessians[target][(i * design.ColumnCount) + j], absolute: 1e-9);
            }
        }
    }

    [Fact]
    public void OneTarget_HasTheSameHessianBesideOthersAndOnOneThread()
    {
        RandomStream stream = new(32);
        GlmDesign design = Design(5, 3, stream);
        float[][] information = [.. Enumerable.Range(0, 70).Select(_ => Enumerable.Range(0, (int)design.RowCount).Select(_ => (float)stream.NextDouble()).ToArray())];
        double[][] together = new JointHessian(design, 1, threadCount: 2).Of(information, CancellationToken.None);
        Assert.Equal(together[66], new JointHessian(design, 1, threadCount: 1).Of([information[66]], CancellationToken.None)[0]);
        Assert.Empty(new JointHessian(design, 1, threadCount: 1).Of([], CancellationToken.None));
    }

    private static double[,] Definition(GlmDesign design, float[] information, int blockStep)
    {
        double[,] sum = new double[design.ColumnCount, design.ColumnCount];
        double[] features = new double[(GlmDesign.BlockRows * design.Stride) + GramKernel.Lanes];
        int row = 0;
        for (int block = 0; block < design.Blocks.Length; block += blockStep)
        {
            design.GenerateFeatures(design.Blocks[block], features);
            for (int first = 0; first < design.Blocks[block].Rows * design.Stride; first += design.Stride, row++)
            {
                for (int i = 0; i < design.ColumnCount; i++)
                {
                    for (int j = 0; j <= i; j++) sum[i, j] += information[row] * features[first + i] * features[first + j];
                }
            }
        }

        return sum;
    }

    // A dense signal, and units of very different rates with gaps in what was observed.
    private static GlmDesign Design(int units, int functions, RandomStream stream)
    {
        TimeIntervals observed = TimeIntervals.FromSorted([new TimeInterval(0, 900), new TimeInterval(1000, 1100), new TimeInterval(1200, 2500)]);
        BinGrid grid = new(observed, 1);
        LagMatrix basis = new(1, functions, [.. Enumerable.Range(0, 6 * functions).Select(_ => stream.NextGaussian())]);
        int[] Spikes(double probability) => [.. Enumerable.Range(0, grid.BinCount).Where(_ => stream.NextDouble() < probability)];
        SignalColumns signal = new(1, [.. Enumerable.Range(0, grid.BinCount).Select(_ => stream.NextGaussian())], new LagMatrix(0, 2, [1, 0, 0, 1]));
        IEnumerable<ColumnGroup> spikes = Enumerable.Range(0, units).Select(unit => new SpikeColumns(3 + (unit * functions), Spikes(0.01 * (1 << (2 * (unit % 4)))), basis));
        return new GlmDesign(grid, [CovariateColumns.Intercept(), signal, .. spikes], Spikes(0.1), ObservationModel.Poisson, EdgePolicy.Drop);
    }
}
