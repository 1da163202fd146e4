namespace SpikeStats.Fitting.Comparison;

/// <summary>Why a candidate has no score, or none on held-out time.</summary>
/// <param name="Name">What the candidate is called.</param>
/// <param name="Reason">The reason and the remedy.</param>
public sealed record CandidateFailure(string Name, string Reason);
