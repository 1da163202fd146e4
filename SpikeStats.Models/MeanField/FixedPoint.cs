using SpikeStats.Models.Theory;

namespace SpikeStats.Models.MeanField;

/// <summary>Rates at which a network reproduces itself.</summary>
/// <param name="Rates">The rate of each population, in hertz.</param>
/// <param name="Inputs">The input of each population.</param>
/// <param name="LeadingGain">The largest real part of the eigenvalues of ∂Φ_i/∂ν_j, dimensionless: for one population the total derivative dΦ/dν.</param>
public sealed record FixedPoint(IReadOnlyList<double> Rates, IReadOnlyList<WhiteNoiseInput> Inputs, double LeadingGain)
{
    /// <summary>Whether slow deviations die out: the leading gain is below 1.</summary>
    /// <remarks>Necessary, not sufficient: with delays fast oscillations may grow, which <see cref="DelayStability"/> tells.</remarks>
    public bool IsStaticallyStable => LeadingGain < 1;
}
