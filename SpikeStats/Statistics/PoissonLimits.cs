using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace SpikeStats.Statistics;

/// <summary>Confidence limits and quantiles of a Poisson count.</summary>
internal static class PoissonLimits
{
    /// <summary>
    /// The exact central confidence interval of the mean of a Poisson count n: half the χ² quantiles at (1 - level)/2 with 2n degrees of
    /// freedom (0 for n = 0) and at (1 + level)/2 with 2n + 2. Source: Garwood, Biometrika 28 (1936) 437-442.
    /// </summary>
    public static (double Lower, double Upper) MeanInterval(long count, double level)
    {
        RequireLevel(level);
        double lower = count == 0 ? 0 : ChiSquared.InvCDF(2.0 * count, (1 - level) / 2) / 2;
        return (lower, ChiSquared.InvCDF((2.0 * count) + 2, (1 + level) / 2) / 2);
    }

    /// <summary>The smallest count k with P(N ≤ k) ≥ probability, for N Poisson distributed with a mean.</summary>
    public static double Quantile(double probability, double mean)
    {
        if (mean == 0) return 0;
        if (!double.IsFinite(mean)) return double.NaN;

        // Cornish and Fisher's second term brings the start within a step or two of the answer.
        double z = Normal.InvCDF(0, 1, probability);
        double k = Math.Max(0, Math.Floor(mean + (z * Math.Sqrt(mean)) + (((z * z) - 1) / 6)));
        while (k > 0 && Cumulative(k - 1, mean) >= probability) k--;
        while (Cumulative(k, mean) < probability) k++;
        return k;
    }

    public static void RequireLevel(double level)
    {
        if (!(level > 0 && level < 1)) throw new ArgumentOutOfRangeException(nameof(level), level, "The level must lie between 0 and 1.");
    }

    private static double Cumulative(double count, double mean) => SpecialFunctions.GammaUpperRegularized(count + 1, mean);
}
