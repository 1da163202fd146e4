namespace SpikeStats.Models.Theory;

/// <summary>The stationary rate of a noisy leaky integrate-and-fire neuron and how it responds to slow changes of its input.</summary>
/// <param name="Rate">ν, in hertz; 0 where it is below the smallest number.</param>
/// <param name="LogRate">log ν with ν in hertz, which does not underflow; -∞ for a neuron without noise below its threshold.</param>
/// <param name="SlopeInMean">∂ν/∂μ, in hertz per volt.</param>
/// <param name="SlopeInSigma">∂ν/∂σ, in hertz per volt.</param>
public readonly record struct SiegertRate(double Rate, double LogRate, double SlopeInMean, double SlopeInSigma);
