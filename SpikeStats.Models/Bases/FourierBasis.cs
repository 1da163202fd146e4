using System.Globalization;

namespace SpikeStats.Models.Bases;

/// <summary>Sines and cosines of whole cycles per window, in the order 1, cos 2πx, sin 2πx, cos 4πx, sin 4πx and so on.</summary>
/// <remarks>The functions are orthogonal over a turn. Without a penalty a filter of this basis rings; it suits oscillations.</remarks>
public sealed class FourierBasis : UnitIntervalBasis
{
    /// <summary>Creates the basis.</summary>
    /// <param name="functionCount">Number of functions n; odd: the constant and a cosine and a sine for each frequency up to (n - 1)/2 cycles.</param>
    /// <param name="window">Length of the window, in seconds: one turn of the lowest frequency; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public FourierBasis(int functionCount, double window)
        : base(functionCount, window)
    {
        if (functionCount < 1 || functionCount % 2 == 0)
            throw new ArgumentOutOfRangeException(nameof(functionCount), functionCount, "A Fourier basis needs an odd number of functions: the constant, and a cosine and a sine for each frequency.");
    }

    /// <inheritdoc/>
    public override string Description => string.Create(CultureInfo.InvariantCulture, $"fourier:n={FunctionCount},window={Window}s");

    /// <summary>False: sines and cosines change their sign.</summary>
    public override bool IsNonNegative => false;

    private protected override void EvaluateWithin(double x, Span<double> values)
    {
        values[0] = 1;
        for (int i = 1; i < values.Length; i += 2)
        {
            (values[i + 1], values[i]) = Math.SinCos((i + 1) * Math.PI * x);
        }
    }
}
