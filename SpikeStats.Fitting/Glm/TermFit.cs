namespace SpikeStats.Fitting.Glm;

/// <summary>What a fit found for one term.</summary>
public sealed record TermFit
{
    /// <summary>Name of the term.</summary>
    public required string Name { get; init; }

    /// <summary>Kind of the term: baseline, stimulus, history, coupling, covariate, smooth or nonlinear-stimulus.</summary>
    public required string Kind { get; init; }

    /// <summary>The basis in words; empty for a baseline or a covariate.</summary>
    public required string Basis { get; init; }

    /// <summary>Names of the coefficients.</summary>
    public required IReadOnlyList<string> CoefficientNames { get; init; }

    /// <summary>The coefficients, dimensionless or, for a stimulus or a covariate, in reciprocal units of the signal; ±∞ where the likelihood is separated, 0 where a coefficient was left out as not identified.</summary>
    public required IReadOnlyList<double> Coefficients { get; init; }

    /// <summary>Standard errors of <see cref="Coefficients"/>, in the units of these; NaN where there is none.</summary>
    public required IReadOnlyList<double> StandardErrors { get; init; }

    /// <summary>Lags of the filter, in seconds; empty if the term has none.</summary>
    public required IReadOnlyList<double> Lags { get; init; }

    /// <summary>The filter: what one spike, or one unit of the signal, adds to the log rate at each lag.</summary>
    public required IReadOnlyList<double> Filter { get; init; }

    /// <summary>Pointwise standard errors of the filter, √diag(B V Bᵀ), in the unit of the filter; NaN where it is not identified.</summary>
    public required IReadOnlyList<double> FilterStandardErrors { get; init; }

    /// <summary>Test that all coefficients of the term are zero.</summary>
    public required WaldTest Wald { get; init; }

    /// <summary>Whether the term is an effect of the values of signals, which <see cref="GlmFit.Effect"/> evaluates.</summary>
    public bool IsSmooth => Surface is not null;

    /// <summary>The term that was asked for; null for the baseline.</summary>
    internal GlmTerm? Term { get; init; }

    /// <summary>How the coefficients lie.</summary>
    internal CoefficientGrid Grid { get; init; } = CoefficientGrid.Line(0);

    /// <summary>What the effect of a smooth term is made of; null for other terms.</summary>
    internal SmoothSurface? Surface { get; init; }

    /// <summary>P of the term's own coefficients.</summary>
    internal double[,] PenaltyMatrix() => Glm.PenaltyMatrix.Of(Term?.Penalty ?? Penalty.None, Grid);
}
