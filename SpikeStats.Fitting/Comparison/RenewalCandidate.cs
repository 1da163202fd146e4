using SpikeStats.Fitting.Renewal;
using SpikeStats.Models.Renewal;

namespace SpikeStats.Fitting.Comparison;

/// <summary>A renewal process as a candidate, in equilibrium at the start of each observed interval, so that it is defined on all spikes.</summary>
/// <param name="Name">What tables and figures call it.</param>
/// <param name="Specification">What to fit; its start is not used.</param>
public sealed record RenewalCandidate(string Name, RenewalSpecification Specification) : ModelCandidate(Name)
{
    /// <summary>How the process is fitted.</summary>
    public RenewalFitOptions Options { get; init; } = new();

    /// <inheritdoc/>
    public override FittedModel Fit(Recording recording, CancellationToken cancellationToken = default)
    {
        RenewalFit fit = (Specification with { Start = RenewalStart.Equilibrium, CountsOpenIntervals = true }).Fit(recording, Options, null, cancellationToken);
        return new FittedModel(Name, fit.Model) { Certificate = fit.Certificate };
    }
}
