using System.Numerics.Tensors;
using MathNet.Numerics;

namespace SpikeStats.Fitting.GoodnessOfFit;

/// <summary>The exact distribution function of the two-sided Kolmogorov-Smirnov statistic by Durbin's matrix.</summary>
/// <remarks>
/// P(D_n &lt; d) = n!/n^n (H^n)_kk with k = ⌊n d⌋ + 1, h = k - n d and H the (2k-1) × (2k-1) matrix of 1/(i-j+1)! whose first column and last
/// row carry factors 1 - h^i for the fraction of a step at the edges. Scaled by e^-1, H is the step of a Poisson process of one expected
/// point that must stay within the band. Nothing cancels: every entry is positive.
/// <para>H^n is never formed. H stays the same when mirrored on its second diagonal, so (H^n)_kk is the product of the middle column of
/// H^⌈n/2⌉ with the mirrored one of H^⌊n/2⌋: n/2 products of a band matrix with a vector.</para>
/// <para><b>Source:</b> Marsaglia, Tsang and Wang, J. Stat. Software 8(18), 2003; the vector form follows Carvalho, J. Stat. Software 65, 2015.</para>
/// </remarks>
internal static class DurbinRecursion
{
    // A Poisson count of mean 1 exceeds 20 with probability 8·10^-21, which is lost in rounding even 7500 times.
    private const int BandWidth = 20;

    public static double Cumulative(int count, double statistic)
    {
        double reach = count * statistic;
        int middle = (int)reach;
        int size = (2 * middle) + 1;
        double h = middle + 1 - reach;
        double[] step = new double[BandWidth + 1];
        for (int i = 0; i <= BandWidth; i++) step[i] = Math.Exp(-1 - SpecialFunctions.FactorialLn(i));
        double[] edge = Edge(size, h);
        double corner = Corner(size, h);

        double[] current = new double[size], next = new double[size];
        current[middle] = 1;
        for (int n = 0; n < count / 2; n++)
        {
            Advance(step, edge, corner, current, next);
            (current, next) = (next, current);
        }

        double[] half = (double[])current.Clone();
        if (count % 2 == 1) Advance(step, edge, corner, half, current);
        half.AsSpan().Reverse();
        double probability = TensorPrimitives.Dot<double>(half, current);
        return probability * Math.Exp(count + SpecialFunctions.FactorialLn(count) - (count * Math.Log(count)));
    }

    /// <summary>next = e^-1 H current.</summary>
    private static void Advance(double[] step, double[] edge, double corner, ReadOnlySpan<double> current, Span<double> next)
    {
        int size = current.Length;
        // Column 0 is an edge of its own; the band of the others is shifted by one: H_ij = 1/(i-j+1)!.
        TensorPrimitives.Multiply(edge, current[0], next);
        for (int shift = 0; shift < step.Length && shift < size; shift++)
        {
            int columns = Math.Min(size - 1, size - shift);
            Span<double> rows = next.Slice(shift, columns);
            TensorPrimitives.MultiplyAdd(current.Slice(1, columns), step[shift], rows, rows);
        }

        // The last row mirrors the first column.
        double last = corner * current[0];
        for (int j = 1; j < size; j++) last += edge[size - 1 - j] * current[j];
        next[size - 1] = last;
    }

    /// <summary>e^-1 (1 - h^i) / i!, i = 1 .. size.</summary>
    private static double[] Edge(int size, double h)
    {
        double[] edge = new double[size];
        for (int i = 1; i <= size; i++) edge[i - 1] = (1 - Math.Pow(h, i)) * Math.Exp(-1 - SpecialFunctions.FactorialLn(i));
        return edge;
    }

    /// <summary>e^-1 (1 - 2 h^m + max(0, 2h - 1)^m) / m!: the edge where the fractions of both sides meet.</summary>
    private static double Corner(int size, double h) =>
        (1 - (2 * Math.Pow(h, size)) + Math.Pow(Math.Max(0, (2 * h) - 1), size)) * Math.Exp(-1 - SpecialFunctions.FactorialLn(size));
}
