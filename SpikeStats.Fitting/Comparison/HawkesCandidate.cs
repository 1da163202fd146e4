using SpikeStats.Fitting.Hawkes;

namespace SpikeStats.Fitting.Comparison;

/// <summary>A Hawkes process of one unit as a candidate.</summary>
/// <param name="Name">What tables and figures call it.</param>
/// <param name="Specification">What to fit; of one unit.</param>
public sealed record HawkesCandidate(string Name, HawkesSpecification Specification) : ModelCandidate(Name)
{
    /// <summary>How the process is fitted.</summary>
    public HawkesFitOptions Options { get; init; } = new();

    /// <inheritdoc/>
    public override FittedModel Fit(Recording recording, CancellationToken cancellationToken = default)
    {
        HawkesFit fit = Specification.Fit(recording, Options, null, cancellationToken);
        return new FittedModel(Name, fit.Model, fit.Parameters.Count) { Certificate = fit.Certificate };
    }
}
