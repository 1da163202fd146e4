namespace SpikeStats.Models.Hawkes;

/// <summary>The Gauss-Legendre rule of eight points on [0, 1].</summary>
/// <remarks>Exact for polynomials of degree 15. <b>Source:</b> Abramowitz and Stegun (1964), table 25.4.</remarks>
internal static class GaussLegendre
{
    private static readonly double[] halfNodes = [0.1834346424956498, 0.5255324099163290, 0.7966664774136267, 0.9602898564975363];
    private static readonly double[] halfWeights = [0.3626837833783620, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763];

    /// <summary>Ascending.</summary>
    public static double[] Nodes { get; } = [.. halfNodes.Reverse().Select(x => 0.5 - (0.5 * x)), .. halfNodes.Select(x => 0.5 + (0.5 * x))];

    /// <summary>They sum to 1.</summary>
    public static double[] Weights { get; } = [.. halfWeights.Reverse().Select(weight => 0.5 * weight), .. halfWeights.Select(weight => 0.5 * weight)];
}
