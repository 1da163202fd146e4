using SpikeStats.Fitting.Comparison;

namespace SpikeStats.Cli.Options;

/// <summary>A model that takes part in a comparison.</summary>
/// <param name="Name">What the command line and the documents call it.</param>
/// <param name="Create">Makes it for a unit.</param>
internal sealed record ModelChoice(string Name, Func<ModelRequest, ModelCandidate> Create);
