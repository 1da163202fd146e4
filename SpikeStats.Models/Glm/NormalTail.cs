using MathNet.Numerics;

namespace SpikeStats.Models.Glm;

/// <summary>The lower tail Φ of the standard normal distribution on the logarithmic scale, with its first two derivatives.</summary>
/// <remarks>
/// Near the centre by the complementary error function; below -10, where differences would cancel and Φ would soon underflow, by the asymptotic
/// series of Mills' ratio Φ(-t) = φ(t)/t (1 - 1/t² + 3/t⁴ - 15/t⁶ + …), whose first twenty terms are exact to rounding there.
/// <para><b>Source:</b> Abramowitz and Stegun (1964), 26.2.12.</para>
/// </remarks>
internal static class NormalTail
{
    private const double Far = -10;
    private const int Terms = 20;
    private static readonly double logSqrtTwoPi = 0.5 * Math.Log(2 * Math.PI);

    /// <summary>log Φ(x).</summary>
    public static double LogProbability(double x)
    {
        if (double.IsNegativeInfinity(x)) return x;
        if (x > 0) return Exponential.LogOnePlus(-0.5 * SpecialFunctions.Erfc(x / Constants.Sqrt2));
        return x > Far
            ? Math.Log(0.5 * SpecialFunctions.Erfc(-x / Constants.Sqrt2))
            : (-0.5 * x * x) - logSqrtTwoPi - Math.Log(-x) + Exponential.LogOnePlus(-Deficit(x));
    }

    /// <summary>The derivatives r = φ(x)/Φ(x) and -r' = r (r + x) of log Φ.</summary>
    public static (double Slope, double Curvature) Derivatives(double x)
    {
        if (x <= Far)
        {
            double deficit = Deficit(x), ratio = -x / (1 - deficit);

            // r + x cancels here; it is the deficit that remains.
            return (ratio, ratio * ratio * deficit);
        }

        double slope = Math.Exp((-0.5 * x * x) - logSqrtTwoPi - LogProbability(x));
        return (slope, slope * (slope + x));
    }

    // 1/t² - 3/t⁴ + 15/t⁶ - …, summed from the smallest term.
    private static double Deficit(double x)
    {
        double inverse = 1 / (x * x), sum = 0;
        for (int k = Terms; k >= 1; k--) sum = ((2 * k) - 1) * inverse * (1 - sum);
        return sum;
    }
}
