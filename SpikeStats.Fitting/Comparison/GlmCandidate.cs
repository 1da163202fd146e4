using SpikeStats.Fitting.Glm;
using SpikeStats.Models.Glm;

namespace SpikeStats.Fitting.Comparison;

/// <summary>A point-process GLM as a candidate.</summary>
/// <remarks>
/// The whole recording is fitted with silence before each observed interval (<see cref="EdgePolicy.Zero"/>), so that every model sees all spikes.
/// Training data are fitted without the bins that lack a full history: silence before a cut would be a lie.
/// </remarks>
/// <param name="Name">What tables and figures call it.</param>
/// <param name="Specification">What to fit; its edge policy is not used.</param>
public sealed record GlmCandidate(string Name, GlmSpecification Specification) : ModelCandidate(Name)
{
    /// <summary>How the GLM is fitted.</summary>
    public GlmFitOptions Options { get; init; } = new();

    /// <inheritdoc/>
    public override double? BinWidth => Specification.BinWidth;

    /// <inheritdoc/>
    public override double LongestLag =>
        Specification.BinWidth * Specification.Terms.Select(term => GlmLayout.Sample(term, Specification.BinWidth)?.LastLag ?? 0).DefaultIfEmpty(0).Max();

    /// <inheritdoc/>
    public override FittedModel Fit(Recording recording, CancellationToken cancellationToken = default) => Fit(recording, EdgePolicy.Zero, cancellationToken);

    /// <inheritdoc/>
    public override FittedModel FitToTraining(Recording recording, CancellationToken cancellationToken = default) => Fit(recording, EdgePolicy.Drop, cancellationToken);

    private FittedModel Fit(Recording recording, EdgePolicy edge, CancellationToken cancellationToken)
    {
        GlmFit fit = (Specification with { Edge = edge }).Fit(recording, Options, null, cancellationToken);
        return new FittedModel(Name, fit.Model with { Edge = EdgePolicy.Zero }, fit.EffectiveDegreesOfFreedom) { Certificate = fit.Certificate };
    }
}
