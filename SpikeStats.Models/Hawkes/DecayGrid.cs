using MathNet.Numerics;
using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Models.Hawkes;

/// <summary>Decays evenly spaced on a logarithmic scale, on which power laws of a range of parameters are sums of exponentials.</summary>
/// <remarks>
/// The trapezoidal rule on x = log β gives exponential u the weight h (cβ_u)^θ e^(-cβ_u) / Γ(θ). All nodes below the slowest one together weigh
/// h (cβ_0)^θ / (Γ(θ) (e^(θh) - 1)), a geometric series since e^(-cβ) is 1 there; the slowest node takes them.
/// </remarks>
internal sealed class DecayGrid
{
    // A gamma density of shape a is nothing, e^-60 or less, beyond 60 + 2a.
    private const double LargestExponent = 60;

    private DecayGrid(double slowest, double step, int count)
    {
        Step = step;
        Decays = [.. Enumerable.Range(0, count).Select(u => slowest * Math.Exp(u * step))];
    }

    /// <summary>h: the difference of the logarithms of neighbours.</summary>
    public double Step { get; }

    /// <summary>β, in reciprocal seconds, ascending.</summary>
    public double[] Decays { get; }

    /// <summary>A grid that serves all power laws between two, each parameter of the one not larger than that of the other.</summary>
    public static DecayGrid For(PowerLawKernel smallest, PowerLawKernel largest, double horizon, double accuracy)
    {
        // Half of the error for the spacing, a quarter for each end. Spacing and fast end are worst for the largest exponent, the slow end for the smallest.
        double step = 1;
        while (PowerLawError.OfSpacing(largest.Exponent, step) > accuracy / 2) step *= 0.97;
        double fast = 1 + largest.Exponent;
        while (PowerLawError.OfFastEnd(largest.Exponent, step, fast) > accuracy / 4) fast *= 1.03;
        double slow = Math.Pow(accuracy / 4 / PowerLawError.OfSlowEnd(smallest.Exponent, step, 1), 1 / (1 + smallest.Exponent));
        double slowest = Math.Min(slow, 0.1) / (horizon + largest.TimeScale);
        int count = 1 + (int)Math.Ceiling(Math.Log(fast / smallest.TimeScale / slowest) / step);
        return new DecayGrid(slowest, step, count);
    }

    /// <summary>How many of the decays a power law needs: the others are so fast that they weigh nothing.</summary>
    public int ActiveCount(PowerLawKernel kernel)
    {
        int count = Decays.Length;
        double fastest = (LargestExponent + (2 * (1 + kernel.Exponent))) / kernel.TimeScale;
        while (count > 1 && Decays[count - 1] > fastest) count--;
        return count;
    }

    /// <summary>The logarithm of the weight of a decay by itself.</summary>
    public double LogWeight(PowerLawKernel kernel, double decay)
    {
        double x = kernel.TimeScale * decay;
        return Math.Log(Step) + (kernel.Exponent * Math.Log(x)) - x - SpecialFunctions.GammaLn(kernel.Exponent);
    }

    /// <summary>The logarithm of what all decays below the slowest weigh together.</summary>
    public double LogSlowerWeight(PowerLawKernel kernel) =>
        Math.Log(Step) + (kernel.Exponent * Math.Log(kernel.TimeScale * Decays[0])) - SpecialFunctions.GammaLn(kernel.Exponent)
        - Math.Log(Exponentials.MinusOne(kernel.Exponent * Step));

    /// <summary>The weights of all decays.</summary>
    public double[] Weights(PowerLawKernel kernel)
    {
        double[] weights = Array.ConvertAll(Decays, decay => Math.Exp(LogWeight(kernel, decay)));
        weights[0] += Math.Exp(LogSlowerWeight(kernel));
        return weights;
    }
}
