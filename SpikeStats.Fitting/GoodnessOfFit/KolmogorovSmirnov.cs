namespace SpikeStats.Fitting.GoodnessOfFit;

/// <summary>The two-sided Kolmogorov-Smirnov test of values against the uniform distribution on [0, 1].</summary>
public static class KolmogorovSmirnov
{
    /// <summary>Quantile of the limit distribution of √n D at 0.95, rounded as plots use it.</summary>
    private const double BandQuantile = 1.36;

    /// <summary>Tests ascending values.</summary>
    /// <param name="sorted">Values in [0, 1], ascending.</param>
    /// <returns>Statistic and exact p-value; both NaN if there is no value.</returns>
    /// <exception cref="ArgumentException">A value lies outside [0, 1], is NaN or out of order.</exception>
    public static KolmogorovSmirnovResult Test(ReadOnlySpan<double> sorted)
    {
        if (sorted.IsEmpty) return new KolmogorovSmirnovResult(0, double.NaN, double.NaN);
        double statistic = Statistic(sorted);
        return new KolmogorovSmirnovResult(sorted.Length, statistic, PValue(sorted.Length, statistic));
    }

    /// <summary>The statistic D = max(D⁺, D⁻), D⁺ = max(i/n - u_i), D⁻ = max(u_i - (i - 1)/n).</summary>
    /// <remarks>The variant with (i - 1/2)/n is smaller by up to 1/(2n), and its p-values are too large.</remarks>
    /// <param name="sorted">Values in [0, 1], ascending; at least one.</param>
    /// <returns>D, from 1/(2n) to 1.</returns>
    /// <exception cref="ArgumentException">There is no value, or a value lies outside [0, 1], is NaN or out of order.</exception>
    public static double Statistic(ReadOnlySpan<double> sorted)
    {
        if (sorted.IsEmpty) throw new ArgumentException("There is no value to test.", nameof(sorted));
        double count = sorted.Length, statistic = 0, previous = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            double value = sorted[i];
            if (!(value >= previous && value <= 1))
                throw new ArgumentException($"Values must ascend within [0, 1]; element {i} does not.", nameof(sorted));
            statistic = Math.Max(statistic, Math.Max(((i + 1) / count) - value, value - (i / count)));
            previous = value;
        }

        return statistic;
    }

    /// <summary>The p-value of a statistic.</summary>
    /// <param name="count">Number n of values; positive.</param>
    /// <param name="statistic">D, from 0 to 1.</param>
    /// <returns>P(D_n ≥ D); see <see cref="KolmogorovDistribution.Survival"/> for its accuracy.</returns>
    public static double PValue(int count, double statistic) => KolmogorovDistribution.Survival(count, statistic);

    /// <summary>Half the width of the 95 % band around the diagonal of a KS plot: 1.36 / √n.</summary>
    /// <remarks>An asymptotic band for the eye; a verdict needs the p-value.</remarks>
    /// <param name="count">Number n of values.</param>
    /// <returns>The half width, in units of probability; infinite if there are no values.</returns>
    public static double BandHalfWidth(int count) => BandQuantile / Math.Sqrt(count);
}
