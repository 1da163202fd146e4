using MathNet.Numerics;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Models.Theory;

/// <summary>Cumulants of the interspike intervals of a leaky integrate-and-fire neuron under white noise, to any order.</summary>
/// <remarks>
/// The logarithm of the Laplace transform of the passage time from y = (V - μ)/σ solves a Riccati equation, whose powers give the cumulants
/// κ_n = τⁿ ∫ G_n dy from reset to threshold with G_n(y) = e^(y²) ∫_(-∞)^y e^(-z²) Σ_(k=1)^(n-1) C(n,k) G_k(z) G_(n-k)(z) dz and G₁ = √π e^(y²) erfc(-y). Every
/// term is positive, so that nothing cancels, unlike in the recursion of moments. The refractory period adds to κ₁ only.
/// <para><b>Accuracy:</b> 10⁻¹¹ relative, tested against 25-digit values, against <see cref="Siegert.CoefficientOfVariation"/> and the inverse Gaussian limit.
/// <b>Cost:</b> about 10 µs.</para>
/// <para><b>Source:</b> the moments: Siegert, Phys Rev 81:617 (1951); the form in cumulants is ours, see docs/theory/integrate-and-fire.md.</para>
/// </remarks>
public static class IntervalCumulants
{
    // y² changes by at most this much within a panel; what lies further back than Forgotten has no influence (e^-45 = 3·10⁻²⁰).
    private const double PanelSquare = 4;
    private const double PanelWidth = 0.5;
    private const double Forgotten = 45;

    /// <summary>Normalised cumulants κ_n / κ₁ⁿ of the interspike interval.</summary>
    /// <remarks>κ₂/κ₁² is the squared coefficient of variation; a Poisson process has κ_n/κ₁ⁿ = (n - 1)!.</remarks>
    /// <param name="neuron">The neuron.</param>
    /// <param name="input">The input, in volts.</param>
    /// <param name="order">The highest order n, 1 to 8.</param>
    /// <returns>Dimensionless; element n - 1 holds order n. Without noise 0 from the second order on above the threshold, NaN below it.</returns>
    /// <exception cref="ArgumentException">The reset is not below the threshold.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The order is not between 1 and 8.</exception>
    public static double[] Normalised(LeakyIntegrateAndFire neuron, WhiteNoiseInput input, int order)
    {
        ArgumentNullException.ThrowIfNull(neuron);
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(order, FarPassage.HighestOrder);
        neuron.Validate();
        double[] cumulants = new double[order];
        if (Siegert.IsDeterministic(neuron, input.Mean, input.Sigma))
        {
            if (input.Mean <= neuron.Threshold) Array.Fill(cumulants, double.NaN);
            cumulants[0] = 1;
            return cumulants;
        }

        ScaledPassage passage = new(neuron, input.Mean, input.Sigma);
        double scale = neuron.TimeConstant / Siegert.ScaledInterval(neuron, passage);
        double[] integrals = Integrals(passage, order);
        cumulants[0] = 1;
        for (int n = 2; n <= order; n++) cumulants[n - 1] = Math.Pow(scale, n) * integrals[n];
        return cumulants;
    }

    // ∫ G_n from reset to threshold, times e^(-n y_θ²) if the threshold is positive; elements 2 to order.
    private static double[] Integrals(in ScaledPassage passage, int order)
    {
        const double Far = FarPassage.Begins;
        double[] integrals = new double[order + 1], state = new double[order + 1];
        double top = passage.Threshold, first = Math.Max(passage.Reset, -Far);
        for (int n = 2; passage.Reset < -Far && n <= order; n++)
            integrals[n] = FarPassage.Integral(n, Math.Max(Far, -top), top < -Far ? passage.Width : -Far - passage.Reset) * Math.Pow(passage.Decay, n);
        if (top <= -Far) return integrals;
        double start = Math.Max(-Far, StartOf(Math.Min(first, top), top));
        for (int n = 2; start == -Far && n <= order; n++) state[n] = FarPassage.Value(n, Far) * Math.Pow(passage.Decay, n);
        Cumulate(passage, start, first, state, null);
        double bottom = Math.Max(first, start);
        double[] near = new double[order + 1];
        Cumulate(passage, bottom, top, state, near);

        // The way itself is known better than its ends.
        double stretch = bottom == passage.Reset ? passage.Width / (top - bottom) : 1;
        for (int n = 2; n <= order; n++) integrals[n] += stretch * near[n];
        return integrals;
    }

    // From where on G_n(lowest), and what is above it, does not depend on what was before.
    private static double StartOf(double lowest, double top)
    {
        double square = (Math.Sign(lowest) * lowest * lowest) - Forgotten;
        if (top > 0 && top * top > Forgotten) square = Math.Max(square, (top * top) - Forgotten);
        return Math.Sign(square) * Math.Sqrt(Math.Abs(square));
    }

    private static void Cumulate(in ScaledPassage passage, double from, double to, double[] state, double[]? integrals)
    {
        for (double left = from; left < to;)
        {
            double right = Math.Min(to, left + Math.Min(PanelWidth, PanelSquare / (2 * Math.Max(Math.Abs(left), Math.Abs(left + PanelWidth)))));
            CumulantPanel.Advance(passage, left, right, state, integrals);
            left = right;
        }
    }
}
