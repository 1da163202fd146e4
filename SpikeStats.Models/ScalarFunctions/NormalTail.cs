using MathNet.Numerics;

namespace SpikeStats.Models.ScalarFunctions;

/// <summary>The tails of the standard normal distribution Φ without underflow, by <see cref="ScaledErrorFunction"/>.</summary>
internal static class NormalTail
{
    /// <summary>½ log 2π.</summary>
    public const double HalfLogTwoPi = 0.91893853320467274178;

    private static readonly double rootHalfPi = Math.Sqrt(0.5 * Math.PI);

    /// <summary>log Φ(x).</summary>
    public static double LogProbability(double x) => x switch
    {
        double.NegativeInfinity => x,
        < 0 => (-0.5 * x * x) + Math.Log(0.5 * ScaledErrorFunction.Of(-x / Constants.Sqrt2)),
        _ => SpecialFunctions.Log1p(-0.5 * Math.Exp(-0.5 * x * x) * ScaledErrorFunction.Of(x / Constants.Sqrt2)),
    };

    /// <summary>log P(Z > z).</summary>
    public static double LogSurvivor(double z) => LogProbability(-z);

    /// <summary>Mills' ratio P(Z > z) / φ(z); infinite far below zero.</summary>
    public static double MillsRatio(double z) => rootHalfPi * ScaledErrorFunction.Of(z / Constants.Sqrt2);

    /// <summary>The derivatives r = φ(x)/Φ(x) and -r' = r (r + x) of log Φ.</summary>
    public static (double Slope, double Curvature) Derivatives(double x)
    {
        double slope = 1 / MillsRatio(-x);
        if (x > 0) return (slope, slope * (slope + x));

        // r + x cancels far below zero; the slope of erfcx is what remains of it.
        double scaled = -x / Constants.Sqrt2;
        return (slope, slope * ScaledErrorFunction.Descent(scaled) / (Constants.Sqrt2 * ScaledErrorFunction.Of(scaled)));
    }
}
