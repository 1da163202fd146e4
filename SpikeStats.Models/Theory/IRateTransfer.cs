using System.Numerics;

namespace SpikeStats.Models.Theory;

/// <summary>How a neuron under white noise turns its input into firing: rate, regularity, response to modulation and spectrum.</summary>
/// <remarks>Mean-field theory, rate models, stochastic resonance and conversion of networks are written against it.</remarks>
public interface IRateTransfer
{
    /// <summary>The stationary rate.</summary>
    /// <param name="input">Mean and noise.</param>
    /// <returns>Hertz.</returns>
    double Rate(WhiteNoiseInput input);

    /// <summary>The coefficient of variation of the interspike intervals.</summary>
    /// <param name="input">Mean and noise.</param>
    /// <returns>Dimensionless; 0 without noise above the threshold, NaN for a neuron that never fires.</returns>
    double CoefficientOfVariation(WhiteNoiseInput input);

    /// <summary>The susceptibility χ(f): the rate follows μ + ε e^(2πift) by ν + ε χ(f) e^(2πift) for small ε.</summary>
    /// <param name="input">Mean and noise.</param>
    /// <param name="frequency">f, in hertz.</param>
    /// <returns>Hertz per volt; the static gain ∂ν/∂μ at f = 0.</returns>
    Complex Susceptibility(WhiteNoiseInput input, double frequency);

    /// <summary>The two-sided power spectrum of the spike train.</summary>
    /// <param name="input">Mean and noise.</param>
    /// <param name="frequency">f, in hertz.</param>
    /// <returns>Hertz; tends to the rate at high frequency.</returns>
    double PowerSpectrum(WhiteNoiseInput input, double frequency);
}
