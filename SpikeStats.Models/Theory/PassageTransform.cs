using System.Numerics;
using MathNet.Numerics.Integration;

namespace SpikeStats.Models.Theory;

/// <summary>The Laplace transform of the passage time of a leaky integrator, and its logarithmic derivatives at reset and threshold.</summary>
/// <remarks>
/// With L = s τ the transform is u(y_r)/u(y_θ), where u solves u'' = 2y u' + 2L u and stays bounded far below: u(y) = e^(y²/2) D_(-L)(-√2 y) with the parabolic
/// cylinder function D. Only w = u'/u is followed: far below by the continued fraction w = 2L/(2x + 2(L+1)/(2x + 2(L+2)/(2x + …))), x = -y, and upwards by Taylor
/// steps, in which direction u outgrows the other solution. The logarithm of the transform, -∫ w dy, keeps its digits as L goes to zero.
/// <para><b>Source:</b> Siegert, Phys Rev 81:617 (1951); Ricciardi and Sato, J Appl Prob 25:43 (1988); the evaluation is ours.</para>
/// </remarks>
internal readonly struct PassageTransform
{
    // Nearer to zero the continued fraction converges slowly.
    private const double Far = 3;
    private const double Precision = 1e-17;
    private const int FractionTerms = 100_000;
    private const int TaylorTerms = 120;
    private static readonly double[] abscissas = new GaussLegendreRule(0, 1, 20).Abscissas, weights = new GaussLegendreRule(0, 1, 20).Weights;

    /// <summary>Evaluates the transform.</summary>
    /// <param name="reset">y_r.</param>
    /// <param name="threshold">y_θ.</param>
    /// <param name="rate">L = s τ, not zero; with a negative real part it is the analytic continuation.</param>
    public PassageTransform(double reset, double threshold, Complex rate)
    {
        Complex logarithm = default, slope;
        double y = Math.Min(reset, -Far);
        (slope, Complex next) = Fraction(y, rate);
        (SlopeAtReset, CurvatureAtReset) = (slope, slope * next);
        if (reset < -Far)
        {
            double end = Math.Min(threshold, -Far);
            logarithm = IntegralFarBelow(-end, -reset, rate);
            y = end;
            (slope, next) = Fraction(y, rate);
        }
        else
        {
            slope = March(y, reset, slope, rate, ref logarithm);
            (SlopeAtReset, CurvatureAtReset) = (slope, 2 * ((reset * slope) + rate));
            logarithm = default;
            y = reset;
        }

        (SlopeAtThreshold, CurvatureAtThreshold) = (slope, slope * next);
        if (threshold > y || reset >= -Far)
        {
            slope = March(y, threshold, slope, rate, ref logarithm);
            (SlopeAtThreshold, CurvatureAtThreshold) = (slope, 2 * ((threshold * slope) + rate));
        }

        Logarithm = -logarithm;
    }

    /// <summary>The logarithm of the transform.</summary>
    public Complex Logarithm { get; }

    /// <summary>u'/u at the reset.</summary>
    public Complex SlopeAtReset { get; }

    /// <summary>u'/u at the threshold.</summary>
    public Complex SlopeAtThreshold { get; }

    /// <summary>u''/u at the reset.</summary>
    public Complex CurvatureAtReset { get; }

    /// <summary>u''/u at the threshold.</summary>
    public Complex CurvatureAtThreshold { get; }

    // u'/u and u''/u' by the method of Lentz, modified by Thompson and Barnett: J Comput Phys 64:490 (1986).
    private static (Complex Slope, Complex Next) Fraction(double y, Complex rate)
    {
        // The fraction for u''/u' begins one level deeper: 2(L+1)/(2x + 2(L+2)/(2x + …)).
        double twice = -2 * y;
        Complex value = twice, numerator = twice, denominator = 0;
        for (int n = 2; n < FractionTerms; n++)
        {
            Complex term = 2 * (rate + n);
            denominator = 1 / (twice + (term * denominator));
            numerator = twice + (term / numerator);
            Complex factor = numerator * denominator;
            value *= factor;
            if (Complex.Abs(factor - 1) < 1e-16) break;
        }

        Complex next = 2 * (rate + 1) / value;
        return (2 * rate / (twice + next), next);
    }

    // ∫ w over x = -y, in equal steps of log x.
    private static Complex IntegralFarBelow(double from, double to, Complex rate)
    {
        double whole = Math.Log(to / from);
        int panels = Math.Max(1, (int)Math.Ceiling(whole));
        Complex sum = default;
        for (int p = 0; p < panels; p++)
        {
            for (int k = 0; k < weights.Length; k++)
            {
                double x = from * Math.Exp(whole * (p + abscissas[k]) / panels);
                sum += weights[k] * x * Fraction(-x, rate).Slope;
            }
        }

        return whole / panels * sum;
    }

    private static Complex March(double from, double to, Complex slope, Complex rate, ref Complex logarithm)
    {
        double scale = Math.Sqrt(2 * Complex.Abs(rate));
        for (double y = from; y < to;)
        {
            double step = Math.Min(to - y, 1.5 / Math.Max(2, Math.Max(Math.Max(Math.Abs(y), Math.Abs(y + 0.5)), scale)));
            Complex gained = Taylor(y, step, slope, rate, out slope);
            logarithm += LogOnePlus(gained);
            y = y + step < to ? y + step : to;
        }

        return slope;
    }

    // u(y + h)/u(y) - 1, and u'/u there.
    private static Complex Taylor(double y, double step, Complex slope, Complex rate, out Complex nextSlope)
    {
        // c_k h^k with (k + 2)(k + 1) c_(k+2) = 2y (k + 1) c_(k+1) + 2 (L + k) c_k.
        Complex last = 1, term = slope * step, gained = term, derivative = term;
        double twice = 2 * y * step, square = 2 * step * step;
        for (int k = 0; k < TaylorTerms; k++)
        {
            Complex next = ((twice * (k + 1) * term) + (square * (rate + k) * last)) / ((k + 2) * (k + 1));
            (last, term) = (term, next);
            gained += term;
            derivative += (k + 2) * term;
            if ((k + 2) * (Magnitude(term) + Magnitude(last)) < Precision * Magnitude(derivative)) break;
        }

        nextSlope = derivative / step / (1 + gained);
        return gained;
    }

    private static double Magnitude(Complex value) => Math.Abs(value.Real) + Math.Abs(value.Imaginary);

    private static Complex LogOnePlus(Complex z) => new(
        0.5 * MathNet.Numerics.SpecialFunctions.Log1p((z.Real * (2 + z.Real)) + (z.Imaginary * z.Imaginary)), Math.Atan2(z.Imaginary, 1 + z.Real));
}
