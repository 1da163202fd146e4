namespace SpikeStats.Models.MeanField;

/// <summary>How fast the rate of a rate model follows its input.</summary>
public enum RateModelFilter
{
    /// <summary>At once: ν = Φ(μ).</summary>
    None,

    /// <summary>Through a first-order filter with the effective time constant of the neurons at the operating point: τ_e dh/dt = -h + μ, ν = Φ(h).</summary>
    EffectiveTimeConstant,
}
