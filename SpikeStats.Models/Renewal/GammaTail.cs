using MathNet.Numerics;

namespace SpikeStats.Models.Renewal;

/// <summary>The logarithm of the regularised upper incomplete gamma function, without underflow.</summary>
internal static class GammaTail
{
    private const double Precision = 1e-17;
    private const int MaxTerms = 1_000_000;

    // Keeps the modified Lentz recursion from dividing by zero.
    private const double Tiny = 1e-300;

    /// <summary>log Q(a, x) = log ∫ u^(a-1) e^(-u) du / Γ(a), u from x to infinity.</summary>
    /// <remarks>
    /// Below a + 1 from the series of P = 1 - Q, above it from the continued fraction of Q (Abramowitz and Stegun 6.5.29 and 6.5.31), each
    /// where it converges fast and does not cancel.
    /// </remarks>
    /// <param name="shape">a, positive.</param>
    /// <param name="x">Lower limit, positive.</param>
    public static double LogSurvivor(double shape, double x)
    {
        if (double.IsPositiveInfinity(x)) return double.NegativeInfinity;
        double logFactor = (shape * Math.Log(x)) - x - SpecialFunctions.GammaLn(shape);
        return x < shape + 1 ? SpecialFunctions.Log1p(-Math.Exp(logFactor) * Series(shape, x)) : logFactor + Math.Log(Fraction(shape, x));
    }

    // Σ x^n / (a (a+1) ... (a+n)).
    private static double Series(double shape, double x)
    {
        double term = 1 / shape, sum = term;
        for (int n = 1; n < MaxTerms && term > Precision * sum; n++)
        {
            term *= x / (shape + n);
            sum += term;
        }

        return sum;
    }

    // 1 / (x + 1 - a - 1 (1-a) / (x + 3 - a - 2 (2-a) / ...)).
    private static double Fraction(double shape, double x)
    {
        double b = x + 1 - shape, c = 1 / Tiny, d = 1 / b, value = d;
        for (int n = 1; n < MaxTerms; n++)
        {
            double a = -n * (n - shape);
            b += 2;
            d = (a * d) + b;
            d = 1 / (Math.Abs(d) < Tiny ? Tiny : d);
            c = b + (a / c);
            c = Math.Abs(c) < Tiny ? Tiny : c;
            double factor = c * d;
            value *= factor;
            if (Math.Abs(factor - 1) < 1e-16) break;
        }

        return value;
    }
}
