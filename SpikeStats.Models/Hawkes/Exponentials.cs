namespace SpikeStats.Models.Hawkes;

/// <summary>Exponentials of small arguments.</summary>
internal static class Exponentials
{
    // Below it the series is exact to rounding and the difference 1 - e^-x would lose three digits and more.
    private const double Small = 1e-3;

    /// <summary>1 - e^(-x) for x ≥ 0 without cancellation.</summary>
    public static double OneMinusExp(double x) =>
        x < Small ? x * (1 - (x / 2 * (1 - (x / 3 * (1 - (x / 4 * (1 - (x / 5)))))))) : 1 - Math.Exp(-x);
}
