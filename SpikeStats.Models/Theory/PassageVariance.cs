using MathNet.Numerics.Integration;
using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Models.Theory;

/// <summary>The variance of the passage time in units of τ², times e^(-2 y_θ²) where the threshold lies above the mean.</summary>
/// <remarks>
/// 2π ∫_(y_r)^(y_θ) dx e^(x²) ∫_(-∞)^x e^(z²) erfc(-z)² dz = 2π ∫_(-∞)^(y_θ) e^(z²) erfc(-z)² ∫_(max(z, y_r))^(y_θ) e^(x²) dx dz, the inner integral being a
/// difference of Dawson's integrals. Far below the threshold, x = -y ≫ 1, the integrand over x is the series 1/x³ - 5/(2x⁵) + … of <see cref="FarPassage"/>.
/// <para><b>Source:</b> Brunel, J Comput Neurosci 8:183 (2000), appendix A; the exchange of the integrals is ours.</para>
/// </remarks>
internal static class PassageVariance
{
    // e^-38 = 3·10⁻¹⁷: what lies further back has no influence.
    private const double Forgotten = 38;
    private const double PanelSquare = 20;
    private const double PanelWidth = 2.5;
    private static readonly double[] abscissas = new GaussLegendreRule(0, 1, 20).Abscissas, weights = new GaussLegendreRule(0, 1, 20).Weights;

    /// <summary>Evaluates the variance.</summary>
    public static double Of(in ScaledPassage passage)
    {
        const double Far = FarPassage.Begins;
        double top = passage.Threshold, bottom = Math.Max(passage.Reset, -Far), sum = 0;
        if (passage.Reset < -Far) sum += FarPassage.Integral(2, Math.Max(Far, -top), top < -Far ? passage.Width : -Far - passage.Reset) * passage.Decay * passage.Decay;
        if (top <= -Far) return sum;
        double square = (Math.Sign(bottom) * bottom * bottom) - Forgotten;
        double start = Math.Sign(square) * Math.Sqrt(Math.Abs(square));
        if (top * top > Forgotten && top > 0)
        {
            start = Math.Max(start, Math.Sqrt((top * top) - Forgotten));
            bottom = Math.Max(bottom, start);
        }

        Integrand integrand = new(passage, bottom);
        double below = Integrate(integrand, start, bottom), above = Integrate(integrand, bottom, top);
        return sum + (2 * Math.PI * (below + above));
    }

    private static double Integrate(in Integrand integrand, double from, double to)
    {
        double sum = 0;
        for (double left = from; left < to;)
        {
            double width = Math.Min(to - left, Math.Min(PanelWidth, PanelSquare / (2 * Math.Max(Math.Abs(left), Math.Abs(left + PanelWidth)))));
            for (int k = 0; k < weights.Length; k++) sum += width * weights[k] * integrand.At(left + (width * abscissas[k]));
            left = left + width < to ? left + width : to;
        }

        return sum;
    }

    private readonly ref struct Integrand
    {
        private readonly ScaledPassage passage;
        private readonly double bottom, dawsonAtTop, tail;

        public Integrand(in ScaledPassage passage, double bottom)
        {
            this.passage = passage;
            this.bottom = bottom;
            double top = passage.Threshold, width = bottom == passage.Reset ? passage.Width : top - bottom;
            dawsonAtTop = ScaledErrorFunction.Dawson(top);

            // e^(-top²) ∫ e^(x²) from bottom to top; Dawson's integrals cancel on a short way.
            if (width * (1 + Math.Abs(top) + Math.Abs(bottom)) > 1)
            {
                tail = dawsonAtTop - (Math.Exp((bottom - top) * (bottom + top)) * ScaledErrorFunction.Dawson(bottom));
                return;
            }

            for (int k = 0; k < weights.Length; k++)
            {
                double down = width * abscissas[k];
                tail += width * weights[k] * Math.Exp(-down * ((2 * top) - down));
            }
        }

        /// <summary>e^(z²) erfc(-z)² ∫ e^(x²) from max(z, bottom) to the threshold, scaled.</summary>
        public double At(double z)
        {
            double top = passage.Threshold, scaled = passage.At(z), growth = Math.Exp((top - z) * (top + z));
            return scaled * scaled * (z < bottom ? growth * tail : (growth * dawsonAtTop) - ScaledErrorFunction.Dawson(z));
        }
    }
}
