using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;

namespace SpikeStats.Models.FirstPassage;

/// <summary>The density of the first passage from reset to threshold by a Volterra integral equation of the second kind.</summary>
/// <remarks>
/// In time constants p(s) = g(s) + ∫₀ˢ K(s - u) p(u) du with K(d) = -y_θ tanh(d/2) φ(d), φ = e^(-y_θ² tanh(d/2))/√(π(1 - e^(-2d))), and
/// g(d) = (y_θ cosh d - y_r)/sinh d · e^(-(y_θ - y_r e^(-d))²/(1 - e^(-2d)))/√(π(1 - e^(-2d))). The kernel begins like √d; the trapezoidal rule is corrected for that end
/// by two terms with ζ(-1/2) and ζ(-3/2), and converges with order 3.5.
/// <para><b>Accuracy:</b> absolute, told by <see cref="VolterraSolution.Error"/>; tested for its order and against <see cref="LeakyPassage"/>, which is also
/// right in the tails, knows no grid and is the one to use. This route assumes nothing of it. <b>Cost:</b> O(steps²): 2 ms for a thousand steps.</para>
/// <para><b>Source:</b> Buonocore, Nobile and Ricciardi, Adv Appl Prob 19:784 (1987); the end correction: Navot, J Math Phys 40:271 (1961).</para>
/// </remarks>
public static class VolterraPassage
{
    private const double ZetaMinusHalf = -0.20788622497735456, ZetaMinusThreeHalves = -0.025485201889833036;
    private const double Order = 3.5;

    /// <summary>Solves the equation with a number of steps and with half of it.</summary>
    /// <param name="neuron">The neuron; its refractory period is not part of the passage.</param>
    /// <param name="input">Mean and noise of its input, in volts.</param>
    /// <param name="duration">Until when, in seconds; positive.</param>
    /// <param name="steps">Number of steps; even and at least 8. A step should be short against τ and against the shortest passage times.</param>
    /// <returns>The density on the grid.</returns>
    /// <exception cref="ArgumentException">There is no noise, the reset is not below the threshold, or the duration or the number of steps is out of range.</exception>
    public static VolterraSolution Solve(LeakyIntegrateAndFire neuron, WhiteNoiseInput input, double duration, int steps)
    {
        ArgumentNullException.ThrowIfNull(neuron);
        neuron.Validate();
        if (Siegert.IsDeterministic(neuron, input.Mean, input.Sigma)) throw new ArgumentException("Without noise the passage time has no density; give σ > 0.", nameof(input));
        if (!(duration > 0) || !double.IsFinite(duration)) throw new ArgumentOutOfRangeException(nameof(duration), duration, "The duration must be positive and finite, in seconds.");
        if (steps < 8 || steps % 2 != 0) throw new ArgumentOutOfRangeException(nameof(steps), steps, "The number of steps must be even and at least 8.");
        double threshold = (neuron.Threshold - input.Mean) / input.Sigma, reset = (neuron.Reset - input.Mean) / input.Sigma;
        double[] density = Scaled(threshold, reset, duration / neuron.TimeConstant / steps, steps);
        double[] coarse = Scaled(threshold, reset, 2 * duration / neuron.TimeConstant / steps, steps / 2);
        double error = 0;
        for (int n = 0; n <= steps / 2; n++) error = Math.Max(error, Math.Abs(density[2 * n] - coarse[n]));
        return new VolterraSolution(duration / steps, [.. density.Select(value => value / neuron.TimeConstant)], error / (Math.Pow(2, Order) - 1) / neuron.TimeConstant);
    }

    private static double[] Scaled(double threshold, double reset, double step, int steps)
    {
        double[] kernel = new double[steps + 1], density = new double[steps + 1];
        for (int j = 1; j <= steps; j++) kernel[j] = Kernel(threshold, j * step);

        // K(d) = √d k(d); what multiplies k(d) p(s - d) and its slope at d = 0, the slope by a parabola through three nodes.
        double root = Math.Sqrt(step), start = -threshold / (2 * Math.Sqrt(2 * Math.PI));
        double atEnd = step * root * ((1.5 * ZetaMinusThreeHalves) - ZetaMinusHalf), first = -2 * step * ZetaMinusThreeHalves, second = 0.5 * step * ZetaMinusThreeHalves;
        for (int n = 1; n <= steps; n++)
        {
            double sum = 0;
            for (int j = 1; j < n; j++) sum += kernel[j] * density[n - j];
            double right = Source(threshold, reset, n * step) + (step * sum) + (first * kernel[1] * density[n - 1]);
            if (n > 1) right += second / Math.Sqrt(2) * kernel[2] * density[n - 2];
            density[n] = right / (1 - (atEnd * start));
        }

        return density;
    }

    private static double Kernel(double threshold, double time)
    {
        double tanh = Math.Tanh(0.5 * time);
        return -threshold * tanh * Math.Exp(-threshold * threshold * tanh) / Math.Sqrt(Math.PI * -ScalarFunctions.Exponentials.MinusOne(-2 * time));
    }

    private static double Source(double threshold, double reset, double time)
    {
        double decay = Math.Exp(-time), variance = -ScalarFunctions.Exponentials.MinusOne(-2 * time), distance = threshold - (reset * decay);
        return ((threshold * (1 + (decay * decay))) - (2 * reset * decay)) / variance * Math.Exp(-distance * distance / variance) / Math.Sqrt(Math.PI * variance);
    }
}
