using System.Numerics.Tensors;
using SpikeStats.Fitting.Glm;

namespace SpikeStats.Fitting.Populations;

/// <summary>G = XᵀX of a design, block by block.</summary>
internal static class FeatureGram
{
    private const int Parts = 8;

    /// <summary>Sums the Gram matrix.</summary>
    /// <param name="design">The design.</param>
    /// <param name="threadCount">Threads at most; -1 for all.</param>
    /// <param name="cancellationToken">Cancels the sum.</param>
    /// <returns>Columns × columns, row after row, of which the lower triangle is valid. Cost O(bins · columns²).</returns>
    public static double[] Of(GlmDesign design, int threadCount, CancellationToken cancellationToken)
    {
        int stride = design.Stride, size = design.ColumnCount;
        AlignedBuffer[] parts = new AlignedBuffer[Parts];
        ParallelOptions threads = new() { MaxDegreeOfParallelism = threadCount, CancellationToken = cancellationToken };
        Parallel.For(0, Parts, threads, part =>
        {
            AlignedBuffer features = new((GlmDesign.BlockRows * stride) + GramKernel.Lanes), gram = parts[part] = new AlignedBuffer(stride * stride);
            int first = (int)((long)design.Blocks.Length * part / Parts), end = (int)((long)design.Blocks.Length * (part + 1) / Parts);
            for (int block = first; block < end; block++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                design.GenerateFeatures(design.Blocks[block], features.Span);
                GramKernel.Accumulate(features, features, design.Blocks[block].Rows, stride, gram);
            }
        });
        double[] total = new double[size * size];
        foreach (AlignedBuffer part in parts)
        {
            for (int row = 0; row < size; row++)
            {
                Span<double> target = total.AsSpan(row * size, row + 1);
                TensorPrimitives.Add(target, part.Span.Slice(row * stride, row + 1), target);
            }
        }

        return total;
    }
}
