namespace SpikeStats.Models.ScalarFunctions;

/// <summary>The exponential integral E₁(x) = ∫ e^(-t)/t dt, t from x to infinity.</summary>
internal static class ExponentialIntegral
{
    /// <summary>Euler's constant γ.</summary>
    public const double EulerGamma = 0.57721566490153286;

    // Below it the series, whose terms are small; above it the continued fraction, which converges fast.
    private const double SeriesEnd = 1;
    private const int MaxTerms = 500;

    /// <summary>e^x E₁(x) for x > 0, which neither over- nor underflows.</summary>
    public static double Scaled(double x)
    {
        if (x <= SeriesEnd) return Math.Exp(x) * (-EulerGamma - Math.Log(x) + EntirePart(x));

        // 1/(x + 1 - 1/(x + 3 - 4/(x + 5 - 9/(...)))) by Lentz' method.
        double b = x + 1, c = double.PositiveInfinity, d = 1 / b, fraction = d;
        for (int n = 1; n < MaxTerms; n++)
        {
            double numerator = -(double)n * n;
            b += 2;
            d = 1 / (b + (numerator * d));
            c = b + (numerator / c);
            double factor = c * d;
            fraction *= factor;
            if (Math.Abs(factor - 1) < 1e-16) break;
        }

        return fraction;
    }

    /// <summary>∫ (1 - e^(-t))/t dt, t from 0 to x: Σ (-1)^(n+1) x^n/(n n!), for any sign of a moderate x.</summary>
    public static double EntirePart(double x)
    {
        double term = -1, sum = 0;
        for (int n = 1; n < MaxTerms; n++)
        {
            term *= -x / n;
            sum += term / n;
            if (Math.Abs(term) < 1e-18 * Math.Abs(sum)) break;
        }

        return sum;
    }
}
