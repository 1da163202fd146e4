using SpikeStats.Fitting.Comparison;
using SpikeStats.Models.PointProcesses;

namespace SpikeStats.Tests.Fitting.Comparison;

/// <summary>A candidate that is not fitted at all and remembers what it was shown.</summary>
internal sealed record GivenModel(string Title, IPointProcess Model) : ModelCandidate(Title)
{
    public List<Recording> Shown { get; } = [];

    public override double? BinWidth => (Model as IBinnedPointProcess)?.BinWidth;

    public bool RefusesTraining { get; init; }

    public override FittedModel Fit(Recording recording, CancellationToken cancellationToken = default)
    {
        Shown.Add(recording);
        return new FittedModel(Name, Model);
    }

    public override FittedModel FitToTraining(Recording recording, CancellationToken cancellationToken = default) =>
        RefusesTraining ? throw new InvalidOperationException("the model wants all or nothing") : Fit(recording, cancellationToken);
}
