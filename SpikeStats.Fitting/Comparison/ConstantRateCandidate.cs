using SpikeStats.Models.PointProcesses;

namespace SpikeStats.Fitting.Comparison;

/// <summary>A Poisson process of constant rate as a candidate: what bits per spike are counted from.</summary>
/// <param name="Name">What tables and figures call it.</param>
/// <param name="Unit">Identifier of the unit.</param>
public sealed record ConstantRateCandidate(string Name, string Unit) : ModelCandidate(Name)
{
    /// <inheritdoc/>
    public override FittedModel Fit(Recording recording, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recording);
        SpikeTrain train = recording[Unit];
        if (train.Count == 0) throw new InvalidRecordingException("the unit has no spike, so that its rate has no estimate", "choose another unit", unit: Unit);
        return new FittedModel(Name, new PoissonProcess(Unit, train.Count / train.Observed.Duration, parameterCount: 1));
    }
}
