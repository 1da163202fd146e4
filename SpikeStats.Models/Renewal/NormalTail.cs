using MathNet.Numerics;

namespace SpikeStats.Models.Renewal;

/// <summary>The upper tail of the standard normal distribution, without underflow.</summary>
internal static class NormalTail
{
    /// <summary>½ log 2π.</summary>
    public const double HalfLogTwoPi = 0.91893853320467274178;

    // Beyond this the complementary error function loses digits and the continued fraction converges in few terms.
    private const double Far = 4;
    private const int FractionTerms = 80;

    /// <summary>log P(Z > z).</summary>
    public static double LogSurvivor(double z) => z switch
    {
        < -Far => SpecialFunctions.Log1p(-0.5 * SpecialFunctions.Erfc(-z / Constants.Sqrt2)),
        < Far => Math.Log(0.5 * SpecialFunctions.Erfc(z / Constants.Sqrt2)),
        double.PositiveInfinity => double.NegativeInfinity,
        _ => (-0.5 * z * z) - HalfLogTwoPi + Math.Log(MillsRatio(z)),
    };

    /// <summary>Mills' ratio P(Z > z) / φ(z); infinite far below zero.</summary>
    public static double MillsRatio(double z)
    {
        if (z < Far) return 0.5 * SpecialFunctions.Erfc(z / Constants.Sqrt2) * Math.Exp((0.5 * z * z) + HalfLogTwoPi);

        // Laplace's continued fraction 1 / (z + 1 / (z + 2 / (z + ...))), from its end.
        double value = z;
        for (int n = FractionTerms; n > 0; n--) value = z + (n / value);
        return 1 / value;
    }
}
