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
}
