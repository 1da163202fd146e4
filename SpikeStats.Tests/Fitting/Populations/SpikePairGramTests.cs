using System.Text.Json;
using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.Populations;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Populations;

public sealed class SpikePairGramTests
{
    [Fact]
    public void ReferenceSpikes_GiveTheReferenceGram()
    {
        JsonElement reference = ReferenceFile.Read("gram");
        double[] basis = [.. reference.At("basis").EnumerateArray().SelectMany(row => row.Doubles())];
        int[][] spikes = [.. reference.At("spikes").EnumerateArray().Select(unit => unit.Integers())];
        double[][] expected = [.. reference.At("gram").EnumerateArray().Select(row => row.Doubles())];
        GlmDesign design = Design(TimeIntervals.Of(0, 3000), spikes, new LagMatrix(1, 3, basis), EdgePolicy.Zero);
        double[] gram = SpikePairGram.Of(design, 1, CancellationToken.None);
        for (int i = 0; i < expected.Length; i++)
        {
            for (int j = 0; j <= i; j++) StatisticalAssert.Close(expected[i][j], gram[((i + 1) * design.ColumnCount) + j + 1], relative: 1e-10);
        }
    }

    [Theory]
    [InlineData(EdgePolicy.Zero)]
    [InlineData(EdgePolicy.Drop)]
    public void RandomSpikesAndGaps_EqualTheDenseGram(EdgePolicy edge)
    {
        for (uint example = 0; example < 20; example++)
        {
            RandomStream stream = new(77, example);
            int lags = 1 + (int)(stream.NextDouble() * 12), functions = 1 + (int)(stream.NextDouble() * 4);
            LagMatrix basis = new(1 + (int)(stream.NextDouble() * 3), functions, [.. Enumerable.Range(0, lags * functions).Select(_ => stream.NextGaussian())]);
            List<TimeInterval> intervals = [];
            for (double start = 0; intervals.Count < 6; start += 5 + (int)(stream.NextDouble() * 10))
            {
                double end = start + 1 + (int)(stream.NextDouble() * 60);
                intervals.Add(new TimeInterval(start, end));
                start = end;
            }

            TimeIntervals observed = TimeIntervals.FromSorted([.. intervals, new TimeInterval(1000, 1100)]);
            int bins = new BinGrid(observed, 1).BinCount;
            int[][] spikes = [.. Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, bins).Where(_ => stream.NextDouble() < 0.2).ToArray())];
            GlmDesign design = Design(observed, spikes, basis, edge);
            double[] pairs = SpikePairGram.Of(design, 2, CancellationToken.None), dense = FeatureGram.Of(design, 2, CancellationToken.None);
            for (int i = 0; i < design.ColumnCount; i++)
            {
                for (int j = 0; j <= i; j++) StatisticalAssert.Close(dense[(i * design.ColumnCount) + j], pairs[(i * design.ColumnCount) + j], absolute: 1e-9);
            }
        }
    }

    private static GlmDesign Design(TimeIntervals observed, int[][] spikes, LagMatrix basis, EdgePolicy edge)
    {
        IEnumerable<ColumnGroup> units = spikes.Select((bins, unit) => new SpikeColumns(1 + (unit * basis.ColumnCount), bins, basis));
        return new GlmDesign(new BinGrid(observed, 1), [CovariateColumns.Intercept(), .. units], spikes[0], ObservationModel.Poisson, edge);
    }
}
