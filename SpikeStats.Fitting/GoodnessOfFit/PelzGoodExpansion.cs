namespace SpikeStats.Fitting.GoodnessOfFit;

/// <summary>The distribution function of the two-sided Kolmogorov-Smirnov statistic, expanded in powers of n^(-1/2).</summary>
/// <remarks>
/// P(D_n &lt; d) = K₀(z) + K₁(z) n^(-1/2) + K₂(z) n^(-1) + K₃(z) n^(-3/2) + O(n^-2), z = √n d. The measured remainder is at most
/// 0.055 / n² for n ≥ 140.
/// <para><b>Source:</b> Pelz and Good, J. Royal Stat. Soc. B 38 (1976); notation of Simard and L'Ecuyer, J. Stat. Software 39(11), 2011.</para>
/// </remarks>
internal static class PelzGoodExpansion
{
    // For z < √3 a term falls by e^(-π² k² / 6): 8 of them are below 10^-40.
    private const int Terms = 8;

    public static double Cumulative(int count, double statistic)
    {
        double z = Math.Sqrt(count) * statistic;
        double z2 = z * z, z4 = z2 * z2, z6 = z4 * z2, z8 = z4 * z4;
        double k0 = 0, k1 = 0, k2 = 0, k3 = 0, k2Whole = 0, k3Whole = 0;
        for (int k = 0; k <= Terms; k++)
        {
            // a = π² (k + 1/2)²; the sums over all integers are twice those over k ≥ 0.
            double a = Math.PI * Math.PI * (k + 0.5) * (k + 0.5);
            double weight = 2 * Math.Exp(-a / (2 * z2));
            k0 += weight;
            k1 += weight * (a - z2);
            k2 += weight * ((6 * z6) + (2 * z4) + (a * ((2 * z4) - (5 * z2))) + (a * a * (1 - (2 * z2))));
            k3 += weight * ((a * a * a * (5 - (30 * z2))) + (a * a * ((-60 * z2) + (212 * z4))) + (a * ((135 * z4) - (96 * z6))) - (30 * z6) - (90 * z8));

            double b = Math.PI * Math.PI * k * k;
            double whole = 2 * Math.Exp(-b / (2 * z2));
            k2Whole += whole * b;
            k3Whole += whole * b * ((3 * z2) - b);
        }

        double scale = Math.Sqrt(Math.PI / 2);
        double root = Math.Sqrt(count);
        return scale * (
            (k0 / z)
            + (k1 / (6 * z4) / root)
            + (((k2 / (72 * z6 * z)) - (k2Whole / (36 * z2 * z))) / count)
            + (((k3 / (6480 * z8 * z2)) + (k3Whole / (216 * z6))) / (count * root)));
    }
}
