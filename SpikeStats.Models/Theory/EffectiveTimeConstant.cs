using System.Numerics;
using MathNet.Numerics.Integration;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Models.Theory;

/// <summary>The effective time constant of a population: the first-order filter that stands for its linear response.</summary>
/// <remarks>
/// A cascade of the filter χ(f)/χ(0) and the static rate Φ becomes τ_e dh/dt = -h + μ(t), ν = Φ(h), if the filter is replaced by 1/(1 + 2πifτ_e). τ_e depends on the operating point:
/// it falls as the rate rises, and is not the membrane's.
/// <para><b>Assumptions:</b> χ falls like a low-pass filter. It does not for neurons driven by their mean, which resonate at their rate; the misfit says so.</para>
/// <para><b>Source:</b> Ostojic and Brunel, PLoS Comput Biol 7:e1001056 (2011); the fit over frequency: Augustin, Ladenbauer, Baumann and Obermayer, PLoS Comput Biol 13:e1005545
/// (2017).</para>
/// </remarks>
public static class EffectiveTimeConstant
{
    private const int Panels = 24, Points = 8, Scan = 121;
    private const double SmallestPhase = 1e-3, LargestPhase = 1e4, Precision = 1e-10;

    /// <summary>The time constant for which 1/(1 + 2πifτ_e) is nearest to χ(f)/χ(0): the least mean square distance over frequency.</summary>
    /// <remarks>By Parseval's theorem the filters are then nearest in time. <b>Accuracy:</b> 10⁻⁶ relative as tested. <b>Cost:</b> 192 susceptibilities.</remarks>
    /// <param name="transfer">The neuron.</param>
    /// <param name="input">The operating point.</param>
    /// <param name="highestFrequency">The band is from 0 to this frequency, in hertz; positive. As χ of a leaky neuron falls like 1/√f, the result depends on it.</param>
    /// <returns>The time constant with its misfit; 0 seconds if no low-pass filter is nearer than the static gain.</returns>
    /// <exception cref="ArgumentException">There is no noise, or the neuron is silent.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The frequency is not positive and finite.</exception>
    public static FittedTimeConstant Fit(IRateTransfer transfer, WhiteNoiseInput input, double highestFrequency = 1000)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        Require.Positive(highestFrequency, nameof(highestFrequency), "The highest frequency", "in hertz");
        double staticGain = transfer.Susceptibility(input, 0).Real;
        if (!(staticGain > 0)) throw new ArgumentException("The neuron is silent at the operating point and responds to nothing; raise the mean or the noise.", nameof(input));
        (double Angular, double Weight, Complex Response)[] band = Band(frequency => transfer.Susceptibility(input, frequency) / staticGain, highestFrequency);
        double size = band.Sum(at => at.Weight * Squared(at.Response)), angular = 2 * Math.PI * highestFrequency;

        // The distance may have several minima: a scan finds the lowest, golden section refines it.
        double ratio = Math.Pow(LargestPhase / SmallestPhase, 1.0 / (Scan - 1)), best = 0, least = Distance(0);
        for (int k = 0; k < Scan; k++)
        {
            double timeConstant = SmallestPhase * Math.Pow(ratio, k) / angular, distance = Distance(timeConstant);
            if (distance < least) (best, least) = (timeConstant, distance);
        }

        if (best == 0) return new FittedTimeConstant(0, Math.Sqrt(least / size));
        best = Math.Exp(GoldenSection.Minimum(logarithm => Distance(Math.Exp(logarithm)), Math.Log(best / ratio), Math.Log(best * ratio), Precision));
        return new FittedTimeConstant(best, Math.Sqrt(Distance(best) / size));

        double Distance(double timeConstant) => band.Sum(at => at.Weight * Squared(at.Response - (1 / new Complex(1, at.Angular * timeConstant))));
    }

    /// <summary>The time constant τ Δ (∂ν/∂μ)/ν of the exponential neuron, for which the filter has both the static gain and the decay of χ at high frequency, ν/(2πif τ Δ).</summary>
    /// <remarks>Good for strong noise, where the response is nearly that of such a filter throughout.</remarks>
    /// <param name="neuron">The neuron, cut off well above the onset of the spike.</param>
    /// <param name="input">The operating point, with noise.</param>
    /// <returns>Seconds.</returns>
    /// <exception cref="ArgumentException">There is no noise, or the neuron is silent.</exception>
    public static double OfSpikeOnset(ExponentialIntegrateAndFire neuron, WhiteNoiseInput input)
    {
        ThresholdTransfer transfer = new(neuron);
        double rate = transfer.Rate(input);
        if (!(rate > 0)) throw new ArgumentException("The neuron is silent at the operating point and responds to nothing; raise the mean or the noise.", nameof(input));
        return neuron.TimeConstant * neuron.Sharpness * transfer.Susceptibility(input, 0).Real / rate;
    }

    // Panels that widen with frequency, as the response varies over a given factor of it.
    private static (double Angular, double Weight, Complex Response)[] Band(Func<double, Complex> response, double highest)
    {
        GaussLegendreRule rule = new(0, 1, Points);
        List<(double Angular, double Weight, Complex Response)> band = [];
        for (int panel = 0; panel < Panels; panel++)
        {
            double from = highest * Math.Pow((double)panel / Panels, 2), width = (highest * Math.Pow((panel + 1.0) / Panels, 2)) - from;
            for (int k = 0; k < Points; k++)
            {
                double frequency = from + (width * rule.Abscissas[k]);
                band.Add((2 * Math.PI * frequency, width * rule.Weights[k], response(frequency)));
            }
        }

        return [.. band];
    }

    private static double Squared(Complex value) => (value.Real * value.Real) + (value.Imaginary * value.Imaginary);
}
