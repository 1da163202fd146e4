using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>What <see cref="DecaySearch"/> found.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Point">The profile at the last decays.</param>
/// <param name="Iterations">Newton steps in the decays.</param>
/// <param name="Decrement">½ gᵀH⁻¹g of the profile, in nats.</param>
/// <param name="IsConcave">Whether the profile is strictly concave at the last decays, so that they are identified.</param>
/// <param name="AtLimit">Decays that left the range that the data can tell: at its lower end, because beyond the shortest interval the likelihood falls.</param>
internal sealed record DecaySearchResult(FitStatus Status, ProfilePoint Point, int Iterations, double Decrement, bool IsConcave, bool[] AtLimit);
