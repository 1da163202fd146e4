using System.Numerics;

namespace SpikeStats.Models.MeanField;

/// <summary>Whether the asynchronous state of a network with delays is stable, and how fast and at which frequency deviations grow.</summary>
/// <remarks>
/// Deviations δν_i e^(λt) sustain themselves where det(1 - M(λ)) = 0, M_ij = Σ τ_i K J e^(-λd) [χ_μ,i(λ) + J χ_σ²,i(λ)/σ_i²]: for one population H(λ) e^(-λd) = 1. Growing
/// modes are counted by the turns of the determinant around the part of the right half-plane below the highest frequency, so that none is missed; their values
/// come from Muller's iteration from many starts. It is the stability of the infinite network against small deviations; a finite one rings near the border of stability.
/// <para><b>Accuracy:</b> 10⁻⁸ relative as tested. <b>Cost:</b> about a thousand responses of each neuron.</para>
/// <para><b>Source:</b> Brunel and Hakim, Neural Comput 11:1621 (1999); Brunel, J Comput Neurosci 8:183 (2000); the count is ours.</para>
/// </remarks>
public static class DelayStability
{
    private const int StartCount = 50;

    // At the right edge the feedback is this weak, so that no mode lies beyond.
    private const double WeakFeedback = 0.5;

    // The determinant turns by about this angle between two points, by the delay alone.
    private const double LongestTurn = 0.5;

    // A determinant at a mode, which is 1 without feedback, is rounding error below this.
    private const double Residual = 1e-6;

    // Cells in which real modes are looked for, narrow near zero.
    private const int RealCells = 64;
    private static readonly double[] startingGrowths = [0, -0.5];

    /// <summary>The leading modes about a fixed point.</summary>
    /// <param name="network">The network; of leaky neurons, with positive delays.</param>
    /// <param name="point">One of its fixed points.</param>
    /// <param name="options">Which modes to look for.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The modes; none for a network without projections, or silent.</returns>
    /// <exception cref="ArgumentException">A population has no closed-form response, a projection has no delay, or the fixed point is of another network.</exception>
    public static DelaySpectrum Of(RateNetwork network, FixedPoint point, DelayStabilityOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new DelayStabilityOptions();
        LinearisedNetwork linear = Linearise(network, point);
        if (linear.IsUncoupled) return new DelaySpectrum([], 0);
        double height = 2 * Math.PI * options.HighestFrequency, delay = LongestDelay(network);
        List<Complex> starts = [];
        for (int k = 0; k <= StartCount; k++)
        {
            foreach (double growth in startingGrowths) starts.Add(new Complex(Math.Max(growth / delay, options.LowestGrowthRate), height * (k + 0.05) / (StartCount + 1)));
        }

        return new DelaySpectrum(Modes(linear, starts, options, cancellationToken), Count(linear, height, delay));
    }

    /// <summary>The growing modes alone, from starts where the feedback on the imaginary axis is in phase and stronger than one.</summary>
    internal static DelaySpectrum Unstable(RateNetwork network, FixedPoint point, DelayStabilityOptions options, CancellationToken cancellationToken)
    {
        LinearisedNetwork linear = Linearise(network, point);
        if (linear.IsUncoupled) return new DelaySpectrum([], 0);
        double height = 2 * Math.PI * options.HighestFrequency, delay = LongestDelay(network);
        int count = Count(linear, height, delay);
        if (count == 0) return new DelaySpectrum([], 0);
        int cells = (int)Math.Ceiling(height * delay / LongestTurn);
        List<Complex> starts = [0.1 / delay];
        double last = linear.Characteristic(new Complex(0, height / cells / 100)).Imaginary;
        for (int k = 1; k <= cells; k++)
        {
            Complex value = linear.Characteristic(new Complex(0, height * k / cells));
            if (value.Imaginary < 0 != last < 0 && value.Real < 0.5) starts.Add(new Complex(0, height * (k - 0.5) / cells));
            last = value.Imaginary;
        }

        DelaySpectrum found = new([.. Modes(linear, starts, options, cancellationToken).Where(value => value.GrowthRate > 0)], count);
        return found.IsComplete ? found : Of(network, point, options, cancellationToken);
    }

    /// <summary>The number of growing modes alone.</summary>
    internal static int UnstableCount(RateNetwork network, FixedPoint point, DelayStabilityOptions options)
    {
        LinearisedNetwork linear = Linearise(network, point);
        return linear.IsUncoupled ? 0 : Count(linear, 2 * Math.PI * options.HighestFrequency, LongestDelay(network));
    }

    private static double LongestDelay(RateNetwork network) => network.Projections.Max(projection => projection.Delay);

    private static LinearisedNetwork Linearise(RateNetwork network, FixedPoint point)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(point);
        for (int i = 0; i < network.Projections.Count; i++)
        {
            if (!(network.Projections[i].Delay > 0))
                throw new ArgumentException($"Projection {i} has no delay; without one there are modes of any frequency, so that stability cannot be told. Give it a positive delay.", nameof(network));
        }

        return new LinearisedNetwork(network, point);
    }

    private static List<DelayEigenvalue> ToEigenvalues(List<Complex> modes) =>
        [.. modes.OrderByDescending(mode => mode.Real).Select(mode => new DelayEigenvalue(mode.Real, mode.Imaginary / (2 * Math.PI)))];

    private static List<DelayEigenvalue> Modes(LinearisedNetwork linear, List<Complex> starts, DelayStabilityOptions options, CancellationToken cancellationToken)
    {
        List<Complex> modes = [];
        double height = 2 * Math.PI * options.HighestFrequency;
        foreach (Complex start in starts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (MullerIteration.Zero(linear.Characteristic, start, 1e-3 * height, height) is not { } zero) continue;
            if (Math.Abs(zero.Imaginary) < 1e-9 * Complex.Abs(zero)) zero = zero.Real;
            if (zero.Imaginary < 0) zero = Complex.Conjugate(zero);
            if (zero.Real < options.LowestGrowthRate || zero.Imaginary > height || modes.Exists(mode => Complex.Abs(mode - zero) < 1e-6 * Complex.Abs(zero))) continue;

            // The response has poles on the negative real axis, near which an iteration may come to rest elsewhere.
            if (!(Complex.Abs(linear.Characteristic(zero)) < Residual)) continue;
            modes.Add(zero);
        }

        return ToEigenvalues(modes);
    }

    private static int Count(LinearisedNetwork linear, double height, double delay)
    {
        double width = 1 / delay;
        while (Math.Max(linear.Norm(width), Math.Max(linear.Norm(new Complex(width, 0.5 * height)), linear.Norm(new Complex(width, height)))) > WeakFeedback) width *= 2;
        int zeros = ArgumentPrinciple.Zeros(linear.Characteristic, width, height, LongestTurn / delay);

        // A mode without oscillation is its own conjugate. The determinant is real on the real axis and tends to 1.
        int real = 0;
        double last = linear.Characteristic(1e-9 * width).Real;
        for (int k = 1; zeros > 0 && k <= RealCells; k++)
        {
            double share = (double)k / RealCells, value = linear.Characteristic(width * share * share).Real;
            if (value < 0 != last < 0) real++;
            last = value;
        }

        return real + ((zeros - real) / 2);
    }
}
