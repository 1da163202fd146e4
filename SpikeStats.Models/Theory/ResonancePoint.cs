namespace SpikeStats.Models.Theory;

/// <summary>How well a neuron at one level of noise transmits a weak periodic signal.</summary>
/// <param name="Sigma">σ, in volts.</param>
/// <param name="Gain">|χ(f)|, in hertz per volt.</param>
/// <param name="Background">The power spectrum of the train without the signal, at its frequency, in hertz.</param>
/// <param name="SignalToNoise">(A²/4) |χ(f)|² / background, in hertz: the power of the spectral line over the background.</param>
/// <param name="ModulationDepth">A |χ(f)| / ν, dimensionless: linear response holds where it is small.</param>
public readonly record struct ResonancePoint(double Sigma, double Gain, double Background, double SignalToNoise, double ModulationDepth)
{
    // The second harmonic, of the order of the depth squared, then stays below a tenth of the first.
    private const double LargestLinearDepth = 0.3;

    /// <summary>Whether the rate is modulated by less than 30 %, so that linear response can be trusted.</summary>
    public bool IsLinear => ModulationDepth < LargestLinearDepth;
}
