using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Hawkes;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>Where expectation and maximisation over the branching structure arrived.</summary>
/// <param name="Model">The model after the last iteration.</param>
/// <param name="LogLikelihoods">Log-likelihood at the start and after every iteration, in nats; a target that has ended keeps its value.</param>
/// <param name="Status">Whether the rises fell below the tolerance, or the iterations ran out. The first is no certificate: the optimum may be farther than the last rise.</param>
public sealed record BranchingEmResult(BasisHawkesModel Model, IReadOnlyList<double> LogLikelihoods, FitStatus Status);
