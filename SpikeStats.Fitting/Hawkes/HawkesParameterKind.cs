namespace SpikeStats.Fitting.Hawkes;

/// <summary>What a parameter of a Hawkes process is.</summary>
public enum HawkesParameterKind
{
    /// <summary>A baseline μ_i, in hertz.</summary>
    Baseline = 0,

    /// <summary>A branching ratio α_iju, dimensionless.</summary>
    Branching = 1,

    /// <summary>A decay β_u, in reciprocal seconds.</summary>
    Decay = 2,

    /// <summary>The time scale c of a power law, in seconds.</summary>
    TimeScale = 3,

    /// <summary>The exponent θ of a power law, dimensionless.</summary>
    Exponent = 4,
}
