using System.Numerics;
using MathNet.Numerics;
using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Models.Hawkes;

/// <summary>Bounds of the error of a power law as a sum of exponentials, relative to the power law.</summary>
/// <remarks>
/// With y = (t + c)β the mixture is the same integral ∫ y^(1+θ) e^(-y) d log y / Γ(1+θ) = 1 at every lag t; only the grid moves. By Poisson's summation formula the
/// trapezoidal rule is off by Σ_(n≠0) Γ(1 + θ + 2πi n/h) / Γ(1 + θ) at most, wherever the grid lies. The ends of the grid add the sums over the nodes that are not there.
/// </remarks>
internal static class PowerLawError
{
    // Shifts the argument of Stirling's series to where three terms give 15 digits.
    private const int Shift = 12;

    /// <summary>Bounds at lags up to a horizon: of the supremum relative to the power law, and of the integral.</summary>
    public static (double Relative, double Integral) Of(PowerLawKernel kernel, DecayGrid grid, double horizon)
    {
        double theta = kernel.Exponent, step = grid.Step, slowest = grid.Decays[0], fastest = grid.Decays[grid.ActiveCount(kernel) - 1];
        double spacing = OfSpacing(theta, step), atSlowest = Math.Exp(grid.LogSlowerWeight(kernel)) * slowest;
        double missing = SumBelow(theta, step, kernel.TimeScale * slowest) * slowest;
        double relative = spacing + OfSlowEnd(theta, step, (horizon + kernel.TimeScale) * slowest) + OfFastEnd(theta, step, kernel.TimeScale * fastest);
        // At every lag up to the horizon the slow end is off by less than what stands there at lag 0; the fast end by its weight.
        double integral = spacing + (horizon * (atSlowest + missing)) + SumAbove(step, kernel.TimeScale * fastest, theta);
        return (relative, integral);
    }

    /// <summary>2 Σ_(n≥1) |Γ(1 + θ + 2πi n/h)| / Γ(1 + θ).</summary>
    public static double OfSpacing(double exponent, double step)
    {
        double sum = 0, term = double.PositiveInfinity;
        for (int n = 1; term > 1e-3 * sum; n++)
        {
            term = 2 * Math.Exp(LogAbsoluteGamma(1 + exponent, 2 * Math.PI * n / step) - SpecialFunctions.GammaLn(1 + exponent));
            sum += term;
        }

        // The terms fall faster than a geometric series of ratio 1e-2.
        return sum * (1 + 1e-4);
    }

    /// <summary>What the decays below the slowest are wrong by, at the lag where y = (t + c)β of the slowest is given: they are missing, and their weight is at the slowest.</summary>
    public static double OfSlowEnd(double exponent, double step, double y) =>
        step * Math.Pow(y, 1 + exponent) / SpecialFunctions.Gamma(1 + exponent)
        * ((1 / Exponentials.MinusOne(exponent * step)) + (1 / Exponentials.MinusOne((1 + exponent) * step)));

    /// <summary>What the decays above the fastest would add, at lag 0, where it is most: y = cβ of the fastest, at least 1 + θ.</summary>
    public static double OfFastEnd(double exponent, double step, double y) => SumAbove(step, y, 1 + exponent);

    // h Σ_(n≥1) (y e^(nh))^a e^(-y e^(nh)) / Γ(a)
    private static double SumAbove(double step, double y, double shape)
    {
        double sum = 0;
        for (int n = 1; ; n++)
        {
            double at = y * Math.Exp(n * step), term = step * Math.Exp((shape * Math.Log(at)) - at - SpecialFunctions.GammaLn(shape));
            sum += term;
            if (term <= 1e-3 * sum && at > 2 * shape) return sum * 1.01;
        }
    }

    // h Σ_(n≥1) (y e^(-nh))^θ e^(-nh) / Γ(θ): first moment of the missing weights in units of the slowest decay.
    private static double SumBelow(double exponent, double step, double y) =>
        step * Math.Pow(y, exponent) / SpecialFunctions.Gamma(exponent) / Exponentials.MinusOne((1 + exponent) * step);

    private static double LogAbsoluteGamma(double real, double imaginary)
    {
        Complex z = new(real + Shift, imaginary), inverse = 1 / z, square = inverse * inverse;
        double log = (((z - 0.5) * Complex.Log(z)) - z + (inverse * ((1 / 12.0) - (square * ((1 / 360.0) - (square / 1260)))))).Real + (0.5 * Math.Log(2 * Math.PI));
        for (int k = 0; k < Shift; k++) log -= Math.Log(new Complex(real + k, imaginary).Magnitude);
        return log;
    }
}
