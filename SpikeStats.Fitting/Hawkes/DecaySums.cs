using System.Numerics.Tensors;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>The sums over the spikes of a target from which the derivatives of its log-likelihood by the decays follow.</summary>
/// <remarks>With ρ_u = (Σ_c α_c dr_c/dβ_u)/λ: Σ ρ_u; Σ (Σ_c α_c d²r_c/dβ_u²)/λ - ρ_u ρ_v; and, mixed with variable i, Σ (dr_i/dβ_u - ρ_u dλ/dθ_i)/λ.</remarks>
/// <param name="sources">Columns per decay.</param>
/// <param name="decays">The number of decays.</param>
/// <param name="pieces">Levels of the baseline.</param>
internal sealed class DecaySums(int sources, int decays, int pieces)
{
    private int Columns => sources * decays;

    private int Size => Columns + pieces;

    private int SlopeAt => Size * decays;

    private int CurvatureAt => SlopeAt + decays;

    /// <summary>The number of sums.</summary>
    public int Length => CurvatureAt + (decays * decays);

    /// <summary>Makes room for one block.</summary>
    public double[] Buffer() => new double[(decays + 1) * IDesignReader.LargestBlock];

    /// <summary>Adds a block of rows.</summary>
    /// <param name="block">The columns.</param>
    /// <param name="variables">Branching ratios by columns and levels of the baseline.</param>
    /// <param name="reciprocal">1/λ.</param>
    /// <param name="runs">The piece of the baseline of each row.</param>
    /// <param name="buffer">Of <see cref="Buffer"/>.</param>
    /// <param name="sums">What is added to.</param>
    public void Add(IDesignReader block, double[] variables, ReadOnlySpan<double> reciprocal, (int Piece, Range Rows)[] runs, double[] buffer, Span<double> sums)
    {
        Span<double> work = buffer.AsSpan(decays * IDesignReader.LargestBlock, reciprocal.Length);
        for (int u = 0; u < decays; u++)
        {
            Span<double> relative = buffer.AsSpan(u * IDesignReader.LargestBlock, reciprocal.Length);
            relative.Clear();
            work.Clear();
            for (int c = u * sources; c < (u + 1) * sources; c++)
            {
                sums[(c * decays) + u] += TensorPrimitives.Dot(block.First(c), reciprocal);
                if (variables[c] == 0) continue;
                TensorPrimitives.MultiplyAdd(block.First(c), variables[c], relative, relative);
                TensorPrimitives.MultiplyAdd(block.Second(c), variables[c], work, work);
            }

            TensorPrimitives.Multiply(relative, reciprocal, relative);
            sums[SlopeAt + u] += TensorPrimitives.Sum<double>(relative);
            sums[CurvatureAt + (u * decays) + u] += TensorPrimitives.Dot(work, reciprocal);
            TensorPrimitives.Multiply(relative, reciprocal, work);
            for (int c = 0; c < Columns; c++) sums[(c * decays) + u] -= TensorPrimitives.Dot(work, block.Value(c));
            foreach ((int piece, Range rows) in runs) sums[((Columns + piece) * decays) + u] -= TensorPrimitives.Sum<double>(work[rows]);
            for (int v = 0; v <= u; v++)
                sums[CurvatureAt + (u * decays) + v] -= TensorPrimitives.Dot<double>(relative, buffer.AsSpan(v * IDesignReader.LargestBlock, reciprocal.Length));
        }
    }

    /// <summary>The derivatives of the log-likelihood, whose expected numbers of spikes depend on the decays too.</summary>
    public DecayDerivatives Collect(ReadOnlySpan<double> sums, double[] variables, Exposure exposure)
    {
        double[,] mixed = new double[Size, decays], second = new double[decays, decays];
        double[] first = new double[decays];
        for (int u = 0; u < decays; u++)
        {
            for (int i = 0; i < Size; i++) mixed[i, u] = sums[(i * decays) + u];
            first[u] = sums[SlopeAt + u];
            for (int v = 0; v <= u; v++) second[u, v] = second[v, u] = sums[CurvatureAt + (u * decays) + v];
            for (int c = u * sources; c < (u + 1) * sources; c++)
            {
                mixed[c, u] -= exposure.First[c];
                first[u] -= variables[c] * exposure.First[c];
                second[u, u] -= variables[c] * exposure.Second[c];
            }
        }

        return new DecayDerivatives(first, second, mixed);
    }
}
