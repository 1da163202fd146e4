using SpikeStats.Fitting.Glm;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Glm;

public sealed class MatrixKernelTests
{
    [Theory]
    [InlineData(16, 8, 8)]
    [InlineData(13, 24, 32)]
    [InlineData(40, 56, 24)]
    public void Products_EqualTripleLoops(int rows, int stride, int width)
    {
        RandomStream stream = new(3);
        int padded = (rows + 7) / 8 * 8;
        AlignedBuffer x = Random(padded * stride, stream), w = Random(stride * width, stream), r = Random(padded * width, stream);
        AlignedBuffer predictors = new(padded * width), sums = new(stride * width);
        MatrixKernel.AddPredictors(x, w, rows, stride, width, predictors);
        MatrixKernel.AddTransposedProducts(x, r, rows, stride, width, sums);
        for (int j = 0; j < width; j++)
        {
            for (int row = 0; row < rows; row++)
                StatisticalAssert.Close(Enumerable.Range(0, stride).Sum(k => x.Span[(row * stride) + k] * w.Span[(k * width) + j]), predictors.Span[(row * width) + j], absolute: 1e-12);
            for (int k = 0; k < stride; k++)
                StatisticalAssert.Close(Enumerable.Range(0, rows).Sum(row => x.Span[(row * stride) + k] * r.Span[(row * width) + j]), sums.Span[(k * width) + j], absolute: 1e-12);
        }
    }

    [Fact]
    public unsafe void AllVectorWidths_Agree()
    {
        RandomStream stream = new(4);
        const int Height = 16, Inner = 11, Width = 40;
        AlignedBuffer a = Random(Height * Inner, stream), b = Random(Inner * Width, stream);
        AlignedBuffer widest = new(Height * Width), narrow = new(Height * Width), plain = new(Height * Width);
        MatrixKernel.Product Into(AlignedBuffer target) => new(a.Pointer, Inner, 1, b.Pointer, Width, target.Pointer, Width);
        MatrixTiles512.Add(Into(widest), Height, Inner);
        MatrixTiles256.Add(Into(narrow), Height, Inner);
        MatrixKernel.AddPortably(Into(plain), Height, Inner);
        StatisticalAssert.Close(plain.Span.ToArray(), widest.Span.ToArray(), absolute: 1e-13);
        StatisticalAssert.Close(plain.Span.ToArray(), narrow.Span.ToArray(), absolute: 1e-13);
        GC.KeepAlive(a);
        GC.KeepAlive(b);
    }

    private static AlignedBuffer Random(int length, RandomStream stream)
    {
        AlignedBuffer buffer = new(length);
        for (int i = 0; i < length; i++) buffer.Span[i] = stream.NextGaussian();
        return buffer;
    }
}
