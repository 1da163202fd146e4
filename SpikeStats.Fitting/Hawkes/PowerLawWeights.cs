using MathNet.Numerics;
using SpikeStats.Fitting.Renewal;
using SpikeStats.Models.Hawkes;
using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>The weights of the decays of a grid in a power law, and their derivatives by its time scale c and exponent θ.</summary>
/// <remarks>Each weight is v = e^L, so that dv = v dL and d²v = v (d²L + dL dL).</remarks>
internal sealed class PowerLawWeights
{
    // The orders of the derivatives, by position.
    public const int Value = 0, ByTimeScale = 1, ByExponent = 2, ByTimeScaleTwice = 3, ByBoth = 4, ByExponentTwice = 5;

    private const int Orders = 6;

    public PowerLawWeights(DecayGrid grid, PowerLawKernel kernel, bool withDerivatives)
    {
        int count = grid.ActiveCount(kernel);
        Decays = grid.Decays[..count];
        if (!withDerivatives)
        {
            ByDerivative = [grid.Weights(kernel)[..count]];
            return;
        }

        (double c, double theta) = (kernel.TimeScale, kernel.Exponent);
        double digamma = SpecialFunctions.DiGamma(theta), trigamma = GammaFamily.TriGamma(theta);
        ByDerivative = new double[Orders][];
        for (int d = 0; d < Orders; d++) ByDerivative[d] = new double[count];
        for (int u = 0; u < count; u++)
            Add(u, Math.Exp(grid.LogWeight(kernel, Decays[u])), (theta / c) - Decays[u], Math.Log(c * Decays[u]) - digamma, -theta / (c * c), 1 / c, -trigamma);
        // log(e^(θh) - 1) has the derivatives h / (1 - e^(-θh)) and -h² e^(-θh) / (1 - e^(-θh))².
        double left = Math.Exp(-theta * grid.Step), slope = grid.Step / -Exponentials.MinusOne(-theta * grid.Step);
        Add(0, Math.Exp(grid.LogSlowerWeight(kernel)), theta / c, Math.Log(c * Decays[0]) - digamma - slope, -theta / (c * c), 1 / c, (slope * slope * left) - trigamma);
    }

    /// <summary>β, in reciprocal seconds.</summary>
    public double[] Decays { get; }

    /// <summary>The weights and, if asked for, their derivatives.</summary>
    public double[][] ByDerivative { get; }

    private void Add(int u, double weight, double byTimeScale, double byExponent, double byTimeScaleTwice, double byBoth, double byExponentTwice)
    {
        ByDerivative[Value][u] += weight;
        ByDerivative[ByTimeScale][u] += weight * byTimeScale;
        ByDerivative[ByExponent][u] += weight * byExponent;
        ByDerivative[ByTimeScaleTwice][u] += weight * (byTimeScaleTwice + (byTimeScale * byTimeScale));
        ByDerivative[ByBoth][u] += weight * (byBoth + (byTimeScale * byExponent));
        ByDerivative[ByExponentTwice][u] += weight * (byExponentTwice + (byExponent * byExponent));
    }
}
