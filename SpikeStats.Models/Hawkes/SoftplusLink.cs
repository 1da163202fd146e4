using System.Numerics.Tensors;
using MathNet.Numerics;

namespace SpikeStats.Models.Hawkes;

/// <summary>The softplus λ = s log(1 + e^(x/s)): x where x is large, positive everywhere, and smooth over a scale s.</summary>
/// <param name="Softness">s, in hertz.</param>
internal readonly record struct SoftplusLink(double Softness)
{
    // Below it 1 - e^z / 2 is what is left of the exact expressions, and these would subtract what is nearly equal.
    private const double FarBelow = -12;

    /// <summary>λ, in hertz.</summary>
    public double Rate(double drive) => Softness * (Math.Max(drive / Softness, 0) + SpecialFunctions.Log1p(Math.Exp(-Math.Abs(drive / Softness))));

    /// <summary>λ with its derivatives by x.</summary>
    public (double Value, double First, double Second) RateWithSlopes(double drive)
    {
        double z = drive / Softness, small = Math.Exp(-Math.Abs(z)), sum = 1 + small;
        return (Softness * (Math.Max(z, 0) + SpecialFunctions.Log1p(small)), (z > 0 ? 1 : small) / sum, small / (sum * sum * Softness));
    }

    /// <summary>λ at many drives with its derivatives by x, vectorised; the absolute error, not the relative one, is that of rounding.</summary>
    public void RatesWithSlopes(ReadOnlySpan<double> drives, Span<double> values, Span<double> first, Span<double> second)
    {
        TensorPrimitives.Abs(drives, first);
        TensorPrimitives.Multiply(first, -1 / Softness, first);
        TensorPrimitives.Exp(first, first);
        TensorPrimitives.Add(first, 1.0, second);
        TensorPrimitives.Log(second, values);
        for (int k = 0; k < drives.Length; k++)
        {
            double small = first[k], sum = second[k], part = 1 / sum;
            values[k] = Math.Max(drives[k], 0) + (Softness * values[k]);
            first[k] = drives[k] > 0 ? part : small * part;
            second[k] = small * part * part / Softness;
        }
    }

    /// <summary>log λ with its derivatives by x; finite however far x is below zero.</summary>
    public (double Value, double First, double Second) LogRate(double drive)
    {
        double z = drive / Softness;
        if (z < FarBelow)
        {
            // log log(1 + y) = z - y/2 + 5y²/24 + ..., y = e^z
            double y = Math.Exp(z);
            return (Math.Log(Softness) + z - (y / 2) + (5 * y * y / 24), (1 - (y / 2) + (5 * y * y / 12)) / Softness, ((-y / 2) + (5 * y * y / 6)) / (Softness * Softness));
        }

        (double rate, double slope, double curvature) = RateWithSlopes(drive);
        double relative = slope / rate;
        return (Math.Log(rate), relative, (curvature / rate) - (relative * relative));
    }
}
