using MathNet.Numerics.Integration;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Models.Theory;

/// <summary>The integral of the mean passage time, ∫ e^(u²) (1 + erf u) du from y_r to y_θ, kept apart from the factor e^(y_θ²) that would overflow.</summary>
/// <remarks>
/// y = (V - μ)/σ. For y_θ ≤ 0 the integral is a difference of ∫ erfcx; for y_r ≥ 0 one of <see cref="ScaledErrorFunction.Passage"/>; else the sum of both. Where
/// differences would cancel, over a short way, it is summed by Gauss and Legendre's rule instead, for which 8 points are exact to rounding.
/// </remarks>
internal readonly struct ScaledPassage
{
    // A way is short if the integrand changes by less than this factor of e, or of its distance from the origin, on it. For the integral, a
    // difference of numbers near one that are exact to 10⁻¹⁶, these limits cost at most two digits; the slopes, which are differences of
    // differences, change to the sum earlier.
    private const double ShortWay = 0.02;
    private const double ShortShare = 0.02;
    private const double ShortWayOfSlopes = 0.5;
    private const double ShortShareOfSlopes = 0.3;
    private static readonly double[] abscissas = new GaussLegendreRule(0, 1, 8).Abscissas, weights = new GaussLegendreRule(0, 1, 8).Weights;

    /// <summary>Evaluates the integral for a neuron with noise, σ > 0.</summary>
    public ScaledPassage(LeakyIntegrateAndFire neuron, double mean, double sigma)
    {
        double perSigma = 1 / sigma, distance = neuron.Threshold - mean;
        Threshold = distance * perSigma;
        Reset = (neuron.Reset - mean) * perSigma;
        Width = (neuron.Threshold - neuron.Reset) * perSigma;
        if (Threshold > 0)
        {
            // What is lost in rounding y_θ and its square matters where the exponent is large.
            double subtracted = distance - neuron.Threshold;
            double lostDistance = (neuron.Threshold - (distance - subtracted)) - (mean + subtracted);
            double lost = (Math.FusedMultiplyAdd(-Threshold, sigma, distance) + lostDistance) * perSigma;
            Square = Threshold * Threshold;
            if (double.IsInfinity(Square))
            {
                Integral = ScaledErrorFunction.Passage(Threshold);
                return;
            }

            double lostSquare = Math.FusedMultiplyAdd(Threshold, Threshold, -Square) + (2 * Threshold * lost);
            Decay = Math.Exp(-Square) * (1 - lostSquare);
            Square += lostSquare;
        }
        else
        {
            Decay = 1;
        }

        Integral = Whole();
    }

    /// <summary>y_θ.</summary>
    public double Threshold { get; }

    /// <summary>y_r.</summary>
    public double Reset { get; }

    /// <summary>y_θ - y_r.</summary>
    public double Width { get; }

    /// <summary>max(y_θ, 0)².</summary>
    public double Square { get; }

    /// <summary>e^-<see cref="Square"/>.</summary>
    public double Decay { get; }

    /// <summary>The integral times <see cref="Decay"/>.</summary>
    public double Integral { get; }

    /// <summary>The integrand e^(u²) (1 + erf u) at the threshold minus that at the reset, times <see cref="Decay"/>.</summary>
    public double Rise()
    {
        if (!IsShort(ShortWayOfSlopes, ShortShareOfSlopes)) return At(Threshold) - At(Reset);
        double sum = 0;
        for (int k = 0; k < weights.Length; k++) sum += weights[k] * Slope(Threshold - (Width * abscissas[k]));
        return Width * sum;
    }

    /// <summary>The same with u times the integrand.</summary>
    public double WeightedRise()
    {
        // u e^(u²) (1 + erf u) = ½ (integrand's derivative) - 1/√π, whose constant falls out of the difference.
        if (!IsShort(ShortWayOfSlopes, ShortShareOfSlopes)) return 0.5 * (Slope(Threshold) - Slope(Reset));
        double sum = 0;
        for (int k = 0; k < weights.Length; k++)
        {
            double u = Threshold - (Width * abscissas[k]);
            sum += weights[k] * (u <= 0 ? Decay * ScaledErrorFunction.ProductSlope(-u) : At(u) + (u * Slope(u)));
        }

        return Width * sum;
    }

    /// <summary>The integrand e^(u²) (1 + erf u) times <see cref="Decay"/>.</summary>
    public double At(double u) => u <= 0
        ? Decay * ScaledErrorFunction.Of(-u)
        : (2 * Math.Exp((u - Threshold) * (u + Threshold))) - (Decay * ScaledErrorFunction.Of(u));

    private bool IsShort(double way, double share) => Threshold <= 0 ? Width < share * (1 - Threshold) : Reset >= 0 ? Width * (Threshold + Reset) < 2 * way : Width < way;

    private double Whole()
    {
        if (IsShort(ShortWay, ShortShare)) return Summed();
        if (Threshold <= 0) return ScaledErrorFunction.Integral(-Threshold, -Reset);
        double toThreshold = ScaledErrorFunction.Passage(Threshold);
        return Reset >= 0
            ? toThreshold - (Math.Exp(-Width * (Threshold + Reset)) * ScaledErrorFunction.Passage(Reset))
            : toThreshold + (Decay * ScaledErrorFunction.Integral(-Reset));
    }

    private double Summed()
    {
        double sum = 0;
        for (int k = 0; k < weights.Length; k++) sum += weights[k] * At(Threshold - (Width * abscissas[k]));
        return Width * sum;
    }

    // Its derivative, 2u e^(u²) (1 + erf u) + 2/√π, scaled alike.
    private double Slope(double u) => u <= 0
        ? Decay * ScaledErrorFunction.Descent(-u)
        : (4 * u * Math.Exp((u - Threshold) * (u + Threshold))) + (Decay * ScaledErrorFunction.Descent(u));
}
