using System.Text.Json;
using SpikeStats.Fitting.Glm;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Glm;

public sealed class GlmDesignTests
{
    [Fact]
    public void HistoryFeatures_AcrossAGap_SeeOnlyTheirOwnInterval()
    {
        JsonElement reference = ReferenceFile.Read("history-features");
        double[][] basis = [.. reference.At("basis_rows_are_lags_1_2_3").EnumerateArray().Select(row => row.Doubles())];
        int[] spikes = [.. reference.At("spikes").Integers().SelectMany((count, bin) => Enumerable.Repeat(bin, count))];
        BinGrid grid = new(TimeIntervals.FromSorted(new TimeInterval(0, 4), new TimeInterval(4, 7)), 1);
        SpikeColumns columns = new(1, spikes, new LagMatrix(1, 2, [.. basis.SelectMany(row => row)]));

        double[,] zero = Features(new GlmDesign(grid, [CovariateColumns.Intercept(), columns], [0], ObservationModel.Poisson, EdgePolicy.Zero));
        double[][] expected = [.. reference.At("zero_fill_mode").EnumerateArray().Select(row => row.Doubles())];
        for (int bin = 0; bin < 7; bin++)
        {
            Assert.Equal(1, zero[bin, 0]);
            Assert.Equal(expected[bin][0], zero[bin, 1]);
            Assert.Equal(expected[bin][1], zero[bin, 2]);
        }

        // With Drop only bin 3 has three bins of history in its own interval.
        GlmDesign dropped = new(grid, [CovariateColumns.Intercept(), columns], [3], ObservationModel.Poisson, EdgePolicy.Drop);
        Assert.Equal(1, dropped.RowCount);
        double[,] rows = Features(dropped);
        Assert.Equal((1.0, 0.0, 1.0), (rows[0, 0], rows[0, 1], rows[0, 2]));
    }

    [Fact]
    public void Gram_OfHistoryFeatures_EqualsSpikePairSums()
    {
        JsonElement reference = ReferenceFile.Read("gram");
        double[] basis = [.. reference.At("basis").EnumerateArray().SelectMany(row => row.Doubles())];
        int[][] spikes = [.. reference.At("spikes").EnumerateArray().Select(unit => unit.Integers())];
        BinGrid grid = new(TimeIntervals.Of(0, 3000), 1);
        ColumnGroup[] groups = [.. spikes.Select((bins, unit) => new SpikeColumns(3 * unit, bins, new LagMatrix(1, 3, basis)))];
        GlmDesign design = new(grid, groups, spikes[0], ObservationModel.Poisson, EdgePolicy.Zero);
        double[][] expected = [.. reference.At("gram").EnumerateArray().Select(row => row.Doubles())];

        AlignedBuffer features = new((GlmDesign.BlockRows * design.Stride) + 8), gram = new(design.Stride * design.Stride);
        double[] portable = new double[design.Stride * design.Stride], counts = new double[GlmDesign.BlockRows];
        foreach (DesignBlock block in design.Blocks)
        {
            design.Generate(block, features.Span, counts.AsSpan(0, block.Rows));
            GramKernel.Accumulate(features, features, block.Rows, design.Stride, gram);
            GramKernel.AccumulatePortably(features.Span, features.Span, block.Rows, design.Stride, portable);
        }

        for (int i = 0; i < 9; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                StatisticalAssert.Close(expected[i][j], gram.Span[(i * design.Stride) + j], relative: 1e-10);
                StatisticalAssert.Close(expected[i][j], portable[(i * design.Stride) + j], relative: 1e-10);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(25)]
    [InlineData(61)]
    public void GramKernel_AnyWidth_EqualsTheTripleLoop(int columns)
    {
        const int rows = 37;
        int stride = (columns + 7) / 8 * 8;
        RandomStream stream = new(5, (uint)columns);
        AlignedBuffer left = new(rows * stride), right = new(rows * stride), gram = new(stride * stride);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                left.Span[(row * stride) + column] = stream.NextGaussian();
                right.Span[(row * stride) + column] = stream.NextGaussian();
            }
        }

        GramKernel.Accumulate(left, right, rows, stride, gram);
        double[] portable = new double[stride * stride];
        GramKernel.AccumulatePortably(left.Span, right.Span, rows, stride, portable);
        AlignedBuffer narrow = new(stride * stride);
        AccumulateIn256Bits(left, right, rows, stride, narrow);
        for (int i = 0; i < columns; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = 0;
                for (int row = 0; row < rows; row++) sum += left.Span[(row * stride) + i] * right.Span[(row * stride) + j];
                StatisticalAssert.Close(sum, gram.Span[(i * stride) + j], absolute: 1e-12);
                StatisticalAssert.Close(sum, portable[(i * stride) + j], absolute: 1e-12);
                StatisticalAssert.Close(sum, narrow.Span[(i * stride) + j], absolute: 1e-12);
            }
        }
    }

    [Fact]
    public void SignalFeatures_LocalBasis_EqualDirectConvolution()
    {
        const int bins = 700, lags = 45, functions = 11;
        RandomStream stream = new(11);
        double[] signal = [.. Enumerable.Range(0, bins).Select(_ => stream.NextGaussian())];
        double[] values = new double[lags * functions];
        for (int lag = 0; lag < lags; lag++)
        {
            for (int k = 0; k < functions; k++) values[(lag * functions) + k] = Math.Abs(lag - (4 * k)) < 6 ? stream.NextDouble() : 0;
        }

        LagMatrix basis = new(0, functions, values);
        BinGrid grid = new(TimeIntervals.FromSorted(new TimeInterval(0, 300), new TimeInterval(350, 750)), 1);
        double[,] features = Features(new GlmDesign(
            grid, [CovariateColumns.Intercept(), new SignalColumns(1, signal, basis)], [0], ObservationModel.Poisson, EdgePolicy.Zero));
        for (int bin = 0; bin < bins; bin++)
        {
            int start = bin < 300 ? 0 : 300;
            for (int k = 0; k < functions; k++)
            {
                double sum = 0;
                for (int lag = 0; lag < lags && bin - lag >= start; lag++) sum += basis[lag, k] * signal[bin - lag];
                StatisticalAssert.Close(sum, features[bin, 1 + k], absolute: 1e-12);
            }
        }
    }

    private static unsafe void AccumulateIn256Bits(AlignedBuffer left, AlignedBuffer right, int rows, int stride, AlignedBuffer gram) =>
        MatrixTiles256.Add(new MatrixKernel.Product(left.Pointer, 1, stride, right.Pointer, stride, gram.Pointer, stride), stride, rows);

    private static double[,] Features(GlmDesign design)
    {
        double[,] all = new double[design.RowCount, design.ColumnCount];
        double[] block = new double[(GlmDesign.BlockRows * design.Stride) + 8], counts = new double[GlmDesign.BlockRows];
        int next = 0;
        foreach (DesignBlock part in design.Blocks)
        {
            design.Generate(part, block, counts.AsSpan(0, part.Rows));
            for (int row = 0; row < part.Rows; row++, next++)
            {
                for (int column = 0; column < design.ColumnCount; column++) all[next, column] = block[(row * design.Stride) + column];
            }
        }

        return all;
    }
}
