using MathNet.Numerics;
using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Models.Theory;

/// <summary>The cumulant functions G_n of <see cref="IntervalCumulants"/> far below the threshold, where they are series in 1/x with x = (μ - V)/σ ≫ 1.</summary>
/// <remarks>From 2x G = S + dG/dx: G_n = Σ_k a_k x⁻ᵏ with a_k = ½ (s_(k-1) - (k - 2) a_(k-2)), beginning with k = 2n - 1.</remarks>
internal static class FarPassage
{
    /// <summary>The highest order n.</summary>
    public const int HighestOrder = 8;

    /// <summary>From this distance on the series are exact to rounding.</summary>
    public const double Begins = 12;

    private const int Terms = 24;
    private static readonly double[][] series = Series();

    /// <summary>G_n at a distance.</summary>
    public static double Value(int order, double x)
    {
        double sum = 0;
        for (int k = series[order].Length - 1; k >= 0; k--) sum = (sum / x) + series[order][k];
        return sum;
    }

    /// <summary>∫ G_n from the distance x to x + width, for n ≥ 2.</summary>
    public static double Integral(int order, double x, double width)
    {
        double logRatio = SpecialFunctions.Log1p(width / x), sum = 0;
        for (int k = (2 * order) - 1; k < series[order].Length; k += 2)
            sum -= series[order][k] * Math.Pow(x, 1 - k) * Exponentials.MinusOne((1 - k) * logRatio) / (k - 1);
        return sum;
    }

    private static double[][] Series()
    {
        int length = 2 * (HighestOrder + Terms);
        double[][] all = new double[HighestOrder + 1][];
        for (int n = 1; n <= HighestOrder; n++)
        {
            double[] source = new double[length];
            if (n == 1) source[0] = 2;
            for (int k = 1; k < n; k++)
            {
                double ways = SpecialFunctions.Binomial(n, k);
                for (int i = 0; i < length; i++)
                {
                    for (int j = 0; i + j < length; j++) source[i + j] += ways * all[k][i] * all[n - k][j];
                }
            }

            // Terms beyond the smallest would make the sum worse; these are some 10⁻²⁰ of the first.
            all[n] = new double[length];
            for (int k = 1; k < Math.Min(length, 2 * (n + Terms)); k++) all[n][k] = 0.5 * (source[k - 1] - (k >= 2 ? (k - 2) * all[n][k - 2] : 0));
        }

        return all;
    }
}
